# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The three dates of a clock: `nominal_end` un-rolled, `act_by` the earliest reading, `due_at` the latest reading.

Whoever acts before `act_by` is in time under every reading of the text; silence counts only from `due_at`. All
three are exclusive ends in China time: the 24:00 of a day is the 00:00 of the next one. The rules, with their
articles and worked tables, are written down in docs/rules/deadlines.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from recourse.core.calendar import CHINA, Calendar
from recourse.core.deadline.display import show_end
from recourse.core.deadline.explain import explain
from recourse.core.deadline.horizon import Reading
from recourse.core.deadline.length import Length, Unit
from recourse.core.deadline.reckon import Leg, Way, count, last_day
from recourse.core.deadline.regime import RULES, Regime
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Suspension, SuspensionCause, merged
from recourse.core.text import Text
from recourse.core.values import replace


@dataclass(frozen=True, slots=True)
class Computed:
    """What one count gives. `counted` are ISO dates: each day counted, for months and years each corresponding
    day, for hours none. `steps` is the arithmetic for a reader, one sentence each.
    """

    start: datetime
    nominal_end: datetime
    act_by: datetime
    due_at: datetime
    counted: tuple[str, ...]
    calendar_version: str
    provisional: bool
    steps: tuple[Text, ...]


def compute(
    start: datetime,
    *,
    length: Length,
    regime: Regime,
    calendar: Calendar,
    service: ServiceHours | None = None,
    suspensions: tuple[Suspension, ...] = (),
    extension: Length | None = None,
    detention: bool = False,
    explained: bool = True,
) -> Computed:
    """Count `length` from `start` under `regime`, then `extension` on from where that ends.

    `service` ends days at close of business (civil and platform only), `suspensions` must all have an end,
    `detention` keeps a police period from rolling, without `explained` the steps are left out (they take half of
    the time). Raises ValueError for a start without a zone, an open suspension, or an option that the regime does
    not know.
    """
    return _computed(start, length, regime, calendar, service, suspensions, extension, detention, explained)


# A sweep starts the same clocks at the same moment for hundreds of cases. Few counts are kept, for one of years names
# every day of them.
@lru_cache(maxsize=256)
def _computed(
    start: datetime,
    length: Length,
    regime: Regime,
    calendar: Calendar,
    service: ServiceHours | None,
    suspensions: tuple[Suspension, ...],
    extension: Length | None,
    detention: bool,
    explained: bool,
) -> Computed:
    rule = RULES[regime]
    _check(start, regime=regime, service=service, detention=detention)
    local = start.astimezone(CHINA)
    spans = merged(suspensions) if suspensions else ()
    way = Way(rule, calendar, Reading.plain, service, spans, rule.rolls and not detention)
    first, plain = _legs(local, length=length, extension=extension, way=way)
    early = plain
    # The early reading differs from the plain one only over unsettled days and half-suspended days.
    if plain.guessed or spans:
        early = _legs(local, length=length, extension=extension, way=replace(way, reading=Reading.early))[1]
    late = _legs(local, length=length, extension=extension, way=replace(way, reading=Reading.late))[1]
    # A date on an unsettled day is marked even where the count did not need the calendar: no precision is claimed
    # beyond the last notice.
    open_end = not (calendar.settled(last_day(late.end)) and calendar.settled(last_day(plain.end)))
    provisional = open_end or early.guessed or plain.guessed or late.guessed
    steps: tuple[Text, ...] = ()
    if explained:
        steps = explain(
            local,
            length=length,
            rule=rule,
            calendar=calendar,
            service=service,
            spans=spans,
            tested=any(item.cause is SuspensionCause.testing for item in suspensions),
            extension=extension,
            plain=plain,
            first=first,
            ends=(early.end, plain.end, late.end),
            provisional=provisional,
        )
    return Computed(
        start=local,
        nominal_end=plain.end,
        act_by=early.end,
        due_at=late.end,
        counted=plain.counted,
        calendar_version=calendar.version,
        provisional=provisional,
        steps=steps,
    )


def compute_until(
    start: datetime,
    *,
    until: datetime,
    regime: Regime,
    calendar: Calendar,
    suspensions: tuple[Suspension, ...] = (),
    extension: Length | None = None,
) -> Computed:
    """The dates of a moment that someone named: itself, later by suspended time, then by an extension.

    An extension in days goes on from the day that the moment lies in, one in hours from the moment itself.
    """
    end = until.astimezone(CHINA)
    for since, back in merged(suspensions):
        if since < end and back > start:
            end += back - max(since, start)
    shown = show_end(end, near=start.astimezone(CHINA).year)
    steps = (Text(f"说好的时间：{shown.zh}。", f"The moment that was named: {shown.en}."),)
    if extension is not None:
        last_instant = end if extension.unit is Unit.h else end - timedelta(microseconds=1)
        more = compute(last_instant, length=extension, regime=regime, calendar=calendar)
        return replace(more, start=start.astimezone(CHINA), steps=steps + more.steps)
    return Computed(
        start=start.astimezone(CHINA),
        nominal_end=end,
        act_by=end,
        due_at=end,
        counted=(),
        calendar_version=calendar.version,
        provisional=False,
        steps=steps,
    )


def _check(start: datetime, *, regime: Regime, service: ServiceHours | None, detention: bool) -> None:
    if start.tzinfo is None:
        raise ValueError("a start needs its zone")
    if service is not None and not RULES[regime].closes:
        raise ValueError(f"service hours do not end a period under {regime.value}")
    if detention and regime is not Regime.police:
        raise ValueError("detention is a matter of the police regime")


def _legs(start: datetime, *, length: Length, extension: Length | None, way: Way) -> tuple[Leg, Leg]:
    """The period itself, and the whole with its extension; the same twice when there is none."""
    leg = count(start, length=length, way=way)
    if extension is None:
        return leg, leg
    further = count(start, length=extension, way=way, continued=leg)
    counted, guessed = leg.counted + further.counted, leg.guessed or further.guessed
    return leg, Leg(further.last, further.rolled, further.end, counted, guessed)
