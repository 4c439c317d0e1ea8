# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Working days where the notice is not out yet: how early and how late a count can still fall.

Holidays fall in six seasons of the year. In every year since 2007 no season took more weekdays off, and gave back
no more weekend days as make-up workdays, than the table says (a test recounts it from the calendars). The late
reading takes all of a season's days off as soon as it can, the early reading all of its make-up days; the truth
lies between. The plain reading takes Monday to Friday and is shown as the un-rolled date only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recourse.core.calendar import Calendar, DayKind, is_weekday


class Reading(StrEnum):
    """Which way a doubt is resolved."""

    early = "early"
    plain = "plain"
    late = "late"


@dataclass(frozen=True, slots=True)
class Season:
    """Days (month, day) between which one festival, or two that can merge, may move working days."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    most_off: int  # weekdays taken off
    most_made_up: int  # weekend days worked instead


SEASONS = (
    Season("元旦", (1, 1), (1, 10), 3, 2),
    Season("春节", (1, 15), (3, 5), 7, 2),
    Season("清明节", (3, 28), (4, 12), 3, 2),
    Season("劳动节", (4, 22), (5, 15), 5, 2),
    Season("端午节", (5, 24), (6, 30), 3, 2),
    Season("中秋节、国庆节", (8, 28), (10, 17), 8, 4),
    Season("元旦", (12, 25), (12, 31), 3, 2),
)


def season_of(day: date) -> tuple[Season, int] | None:
    """The season of a day and the year of its festival; late December belongs to the next New Year's Day."""
    at = (day.month, day.day)
    for season in SEASONS:
        if season.first <= at <= season.last:
            if season.first[0] == 12:
                return SEASONS[0], day.year + 1
            return season, day.year
    return None


def walk(
    calendar: Calendar, *, after: int, reading: Reading, skip: tuple[tuple[int, int], ...]
) -> Iterator[int]:
    """The working days after a day number, without the skipped runs, in this reading; endless and ascending.

    Settled days are as published. The early days contain the plain days, the plain days contain the late days.
    """
    used: dict[tuple[str, int], int] = {}
    end = calendar.stretch_end(after + 1)
    ordinal = after
    while True:
        ordinal += 1
        if any(first <= ordinal <= last for first, last in skip):
            continue
        if end is None or ordinal > end:
            end = calendar.stretch_end(ordinal)
        if end is not None:
            kind = calendar.kind_of(ordinal)
            worked = is_weekday(ordinal) if kind is None else kind is DayKind.adjusted_workday
        else:
            worked = _possibly(ordinal, reading=reading, used=used)
        if worked:
            yield ordinal


def _possibly(ordinal: int, *, reading: Reading, used: dict[tuple[str, int], int]) -> bool:
    """Whether an unsettled day counts as worked in this reading; `used` is what each season has taken so far."""
    weekday = is_weekday(ordinal)
    moved = (reading is Reading.late) if weekday else (reading is Reading.early)
    if not moved:
        return weekday
    found = season_of(date.fromordinal(ordinal))
    if found is None:
        return weekday
    season, year = found
    taken = used.get((season.name, year), 0)
    if taken >= (season.most_off if weekday else season.most_made_up):
        return weekday
    used[(season.name, year)] = taken + 1
    return not weekday
