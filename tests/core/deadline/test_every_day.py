# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every day from 2007 to 2026, every regime, every unit, against a counter that shares no line with the core.

The counter reads the notices itself, writes down for each day whether it is worked, and counts by stepping. Two
calendar packages of other authors are compared with it day by day; where they differ, a table says why.
"""

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from recourse.core.calendar import Calendar
from recourse.core.deadline.compute import compute
from recourse.core.deadline.length import Length, Unit
from recourse.core.deadline.regime import Regime

CALENDARS = Path(__file__).parents[3] / "calendars"
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
SETTLED = date(2026, 12, 24)  # the notice for 2027 may still move the days after it
EAST = timezone(timedelta(hours=8))
DAYS = [FIRST + timedelta(days=k) for k in range((LAST - FIRST).days + 1)]

LENGTHS = {
    "h": (1, 24, 48),
    "d": (1, 7, 15, 60),
    "wd": (1, 3, 7, 15, 45),
    "month": (1, 6),
    "year": (1, 3),
}

# Days on which a package disagrees on work or rest, with the reason. None was found in 7,305 days.
WORK_DIFFERS: dict[date, str] = {}

_WEEKEND_AFTER = (
    "the notice names the festival day and says it joins the weekend; the package lists the weekend too"
)
_WEEKEND_INSIDE = (
    "the notice names this weekend day as part of the block; the package leaves it to the weekend"
)
# Days that chinesecalendar and the notices book differently as part of a holiday block; all are weekend days, so
# that nobody's working day is touched.
BLOCK_DIFFERS = {
    date(2011, 6, 5): _WEEKEND_INSIDE,
    date(2012, 6, 23): _WEEKEND_INSIDE,
    date(2015, 9, 5): _WEEKEND_INSIDE,
    date(2014, 4, 6): _WEEKEND_AFTER,
    date(2019, 4, 6): _WEEKEND_AFTER,
    date(2019, 4, 7): _WEEKEND_AFTER,
    date(2019, 6, 8): _WEEKEND_AFTER,
    date(2019, 6, 9): _WEEKEND_AFTER,
    date(2019, 9, 14): _WEEKEND_AFTER,
    date(2019, 9, 15): _WEEKEND_AFTER,
    date(
        2023, 12, 30
    ): "the notice for 2024 names 1 January only; the package lists the weekend before it too",
    date(
        2023, 12, 31
    ): "the notice for 2024 names 1 January only; the package lists the weekend before it too",
}


def read_notices() -> dict[date, str]:
    named: dict[date, str] = {}
    for path in sorted(CALENDARS.glob("*.json")):
        for item in json.loads(path.read_text(encoding="utf-8"))["days"]:
            named[date.fromisoformat(item["date"])] = item["kind"]
    return named


NOTICES = read_notices()


def worked(day: date) -> bool:
    kind = NOTICES.get(day)
    return kind == "adjusted_workday" if kind else day.weekday() <= 4


WORKED = {day: worked(day) for day in DAYS}


def next_worked_table() -> dict[date, date]:
    """For each day the first working day on or after it, stepping back from the end."""
    table, following = {}, LAST
    for day in reversed(DAYS):
        following = day if WORKED[day] else following
        table[day] = following
    return table


NEXT_WORKED = next_worked_table()


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=EAST) + timedelta(days=1)


def same_day_of_month(day: date, months: int) -> date:
    """Step month by month; when the month is too short, step back from its 31st until a day exists."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def test_working_days_of_every_start(calendar: Calendar) -> None:
    """One moving list of the next 45 working days serves every start; each regime must agree with it."""
    for at, start in enumerate(DAYS):
        ahead: list[date] = []
        for day in DAYS[at + 1 : at + 90]:
            if WORKED[day]:
                ahead.append(day)
        moment = datetime(start.year, start.month, start.day, at % 24, at % 60, tzinfo=EAST)
        for n in LENGTHS["wd"]:
            length, counted = Length(n, Unit.wd), tuple(day.isoformat() for day in ahead[:n])
            for regime in Regime:
                found = compute(moment, length=length, regime=regime, calendar=calendar, explained=False)
                if len(ahead) < n or ahead[n - 1] > SETTLED:
                    assert found.provisional, (start, n, regime)
                    continue
                end = midnight_after(ahead[n - 1])
                assert (found.nominal_end, found.act_by, found.due_at) == (end, end, end), (start, n, regime)
                assert found.counted == counted
                assert not found.provisional


@pytest.mark.parametrize("unit", ["d", "month", "year"])
def test_calendar_units_of_every_start(calendar: Calendar, unit: str) -> None:
    for at, start in enumerate(DAYS):
        moment = datetime(start.year, start.month, start.day, at % 24, at % 60, tzinfo=EAST)
        for n in LENGTHS[unit]:
            months = {"month": n, "year": 12 * n}.get(unit)
            nominal = start + timedelta(days=n) if months is None else same_day_of_month(start, months)
            for regime in Regime:
                found = compute(
                    moment, length=Length(n, Unit(unit)), regime=regime, calendar=calendar, explained=False
                )
                where = (start, n, unit, regime)
                assert found.nominal_end == found.act_by == midnight_after(nominal), where
                if regime is Regime.platform:
                    assert found.due_at == found.nominal_end, where
                    assert found.provisional == (nominal > SETTLED), where
                elif nominal > SETTLED or NEXT_WORKED[nominal] > SETTLED:
                    assert found.provisional and found.due_at >= found.act_by, where
                else:
                    assert found.due_at == midnight_after(NEXT_WORKED[nominal]), where
                    assert not found.provisional, where


def test_hours_of_every_start(calendar: Calendar) -> None:
    for at, start in enumerate(DAYS):
        moment = datetime(start.year, start.month, start.day, at % 24, at % 60, tzinfo=EAST)
        minutes_to_next_hour = 60 - moment.minute
        for n in LENGTHS["h"]:
            exact = moment + timedelta(hours=n)
            later = exact + timedelta(minutes=minutes_to_next_hour)
            for regime, ends in {
                Regime.civil: (exact, exact),
                Regime.platform: (exact, exact),
                Regime.civil_procedure: (later, later),
                Regime.samr: (exact, later),
                Regime.police: (exact, later),
            }.items():
                found = compute(
                    moment, length=Length(n, Unit.h), regime=regime, calendar=calendar, explained=False
                )
                assert (found.act_by, found.due_at) == ends and found.nominal_end == ends[0], (
                    start,
                    n,
                    regime,
                )
                assert found.provisional == ((ends[1] - timedelta(microseconds=1)).date() > SETTLED)


def test_work_and_rest_agree_with_two_other_packages(calendar: Calendar) -> None:
    other = holidays.country_holidays("CN", years=range(2007, 2027))
    differs = {
        day
        for day in DAYS
        if not (WORKED[day] == chinese_calendar.is_workday(day) == other.is_working_day(day))
    }
    assert differs == set(WORK_DIFFERS)
    assert all(calendar.is_workday(day) == WORKED[day] for day in DAYS if day <= SETTLED)


def test_blocks_agree_with_other_packages_but_for_named_weekend_days(calendar: Calendar) -> None:
    ours = {day for day in DAYS if day <= SETTLED and calendar.is_statutory_holiday_block(day)}
    theirs = {day for day in chinese_calendar.holidays if FIRST <= day <= SETTLED}
    assert ours ^ theirs == set(BLOCK_DIFFERS)
    assert all(day.weekday() >= 5 for day in BLOCK_DIFFERS)
    # The other package lists no weekend day that is merely inside a block; on weekdays both must be equal.
    other = {
        day for day in holidays.country_holidays("CN", years=range(2007, 2027)) if FIRST <= day <= SETTLED
    }
    assert other <= ours
    assert all(day.weekday() >= 5 for day in ours - other)


@pytest.mark.parametrize("n", LENGTHS["wd"])
def test_working_day_periods_agree_with_another_package(calendar: Calendar, n: int) -> None:
    """The same periods counted on the other package's days alone."""
    theirs = [day for day in DAYS if chinese_calendar.is_workday(day)]
    at = 0
    for start in DAYS:
        while at < len(theirs) and theirs[at] <= start:
            at += 1
        if at + n > len(theirs) or theirs[at + n - 1] > SETTLED:
            break
        moment = datetime(start.year, start.month, start.day, tzinfo=EAST)
        found = compute(
            moment, length=Length(n, Unit.wd), regime=Regime.samr, calendar=calendar, explained=False
        )
        assert found.due_at == midnight_after(theirs[at + n - 1])
