# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One period under one reading: from a start to its last day and its end."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from recourse.core.calendar import CHINA, Calendar
from recourse.core.deadline.horizon import Reading, walk
from recourse.core.deadline.length import Length, Unit
from recourse.core.deadline.regime import HourStart, RegimeRule
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Runs, whole_days

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Way:
    """How to count: the rule, the calendar, the reading of doubts, service hours and spans not counted."""

    rule: RegimeRule
    calendar: Calendar
    reading: Reading
    service: ServiceHours | None
    spans: tuple[tuple[datetime, datetime], ...]
    rolls: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """A counted period: the un-rolled last day, the last day it may end on, the exclusive end, what was counted.

    `guessed` says that an unsettled day was consulted. Only the plain reading lists the days it counted.
    """

    last: int
    rolled: int
    end: datetime
    counted: tuple[str, ...]
    guessed: bool


def count(start: datetime, *, length: Length, way: Way, continued: "Leg | None" = None) -> Leg:
    """Count one length from a moment in China time, or on from the end of an earlier leg."""
    if length.unit is Unit.h:
        return _hours(start, length=length, way=way, continued=continued)
    first = continued.rolled if continued else start.toordinal()
    skip = whole_days(way.spans, reading=way.reading) if way.spans else ()
    if length.unit is Unit.wd:
        last, counted, guessed = _working_days(first, n=length.n, way=way, skip=skip)
    elif length.unit is Unit.d:
        last = _past(first, first + length.n, skip)
        counted, guessed = _days_between(first, last, skip) if way.reading is Reading.plain else (), False
    else:
        last, counted = _months(first, length=length, skip=skip)
        guessed = False
    rolled = last
    if way.rolls and way.reading is Reading.late and length.unit is not Unit.wd:
        rolled, doubt = next_workday(way.calendar, last, reading=Reading.late)
        guessed = guessed or doubt
    return _closed(last, rolled, counted=counted, guessed=guessed, way=way)


def next_workday(calendar: Calendar, ordinal: int, *, reading: Reading) -> tuple[int, bool]:
    """The first working day on or after a day, and whether it had to be guessed."""
    end = calendar.stretch_end(ordinal)
    if end is not None:
        at = calendar.workdays_from(ordinal)
        if at < len(calendar.workdays) and calendar.workdays[at] <= end:
            return calendar.workdays[at], False
    return next(walk(calendar, after=ordinal - 1, reading=reading, skip=())), True


def _working_days(first: int, *, n: int, way: Way, skip: Runs) -> tuple[int, tuple[str, ...], bool]:
    calendar = way.calendar
    if not skip:
        end = calendar.stretch_end(first + 1)
        at = bisect_right(calendar.workdays, first)
        if end is not None and at + n <= len(calendar.workdays) and calendar.workdays[at + n - 1] <= end:
            return calendar.workdays[at + n - 1], calendar.workdays_iso[at : at + n], False
    days = walk(calendar, after=first, reading=way.reading, skip=skip)
    found = [next(days) for _ in range(n)]
    settled = calendar.stretch_end(first + 1)
    guessed = settled is None or found[-1] > settled
    return found[-1], tuple(date.fromordinal(item).isoformat() for item in found), guessed


def _past(first: int, last: int, skip: Runs) -> int:
    """Push a last day out by the skipped days that lie in the count; the runs ascend, so one pass is enough."""
    for begin, end in skip:
        if begin <= last and end > first:
            last += end - max(begin, first + 1) + 1
    return last


def _days_between(first: int, last: int, skip: Runs) -> tuple[str, ...]:
    days = range(first + 1, last + 1)
    if skip:
        return tuple(
            date.fromordinal(item).isoformat()
            for item in days
            if not any(begin <= item <= end for begin, end in skip)
        )
    return tuple([date.fromordinal(item).isoformat() for item in days])


def _months(first: int, *, length: Length, skip: Runs) -> tuple[int, tuple[str, ...]]:
    """The corresponding day of the last month, or that month's last day when there is none (Civil Code art. 202)."""
    step = 12 if length.unit is Unit.year else 1
    ends = [same_day(date.fromordinal(first), months=step * k) for k in range(1, length.n + 1)]
    last = _past(first, ends[-1].toordinal(), skip)
    counted = [item.isoformat() for item in ends]
    counted[-1] = date.fromordinal(last).isoformat()
    return last, tuple(counted)


def same_day(day: date, *, months: int) -> date:
    """The corresponding day so many months later (sooner below 0), or that month's last day when there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    next_year, next_month = divmod(year * 12 + month + 1, 12)
    month_end = date(next_year, next_month + 1, 1) - _DAY
    return month_end.replace(day=min(day.day, month_end.day))


def _closed(last: int, rolled: int, *, counted: tuple[str, ...], guessed: bool, way: Way) -> Leg:
    """End the last day at 24:00, or at close of business where the desk has service hours (Civil Code art. 203)."""
    service = way.service
    if service is None:
        end = datetime.combine(date.fromordinal(rolled), time(), CHINA) + _DAY
        return Leg(last, rolled, end, counted, guessed)
    if way.reading is Reading.late and not service.every_day:
        rolled, doubt = next_workday(way.calendar, rolled, reading=Reading.late)
        guessed = guessed or doubt
    end = datetime.combine(date.fromordinal(rolled), service.closes, CHINA)
    return Leg(last, rolled, end, counted, guessed)


def _hours(start: datetime, *, length: Length, way: Way, continued: Leg | None) -> Leg:
    guessed = continued.guessed if continued else False
    base = continued.end if continued else start
    late = way.reading is Reading.late
    if continued is None:
        hours = way.rule.hours
        if hours is HourStart.next_hour or (hours is HourStart.unclear and late):
            base = base.replace(minute=0, second=0, microsecond=0) + _HOUR
        elif way.service is not None and late:
            base, guessed = _opening(base, service=way.service, way=way, at_close=False)
    end = base + _HOUR * length.n
    for since, until in way.spans:
        if since < end and until > base:
            end += until - max(since, base)
    if way.service is not None and late:
        end, doubt = _opening(end, service=way.service, way=way, at_close=True)
        guessed = guessed or doubt
    end = end.astimezone(CHINA)
    day = last_day(end)
    return Leg(day.toordinal(), day.toordinal(), end, (), guessed)


def _opening(moment: datetime, *, service: ServiceHours, way: Way, at_close: bool) -> tuple[datetime, bool]:
    """The moment itself while the desk is open, else its next opening. The closing instant is open for an end."""
    moment = moment.astimezone(CHINA)
    clock = moment.time()
    day = moment.toordinal()
    if clock > service.closes or (clock == service.closes and not at_close):
        day += 1
    open_day, guessed = (
        (day, False) if service.every_day else next_workday(way.calendar, day, reading=way.reading)
    )
    if open_day == moment.toordinal() and clock >= service.opens:
        return moment, guessed
    return datetime.combine(date.fromordinal(open_day), service.opens, CHINA), guessed


def last_day(end: datetime) -> date:
    """The day that an exclusive end closes: 00:00 belongs to the day before, as its 24:00."""
    return (end - timedelta(microseconds=1)).astimezone(CHINA).date()
