# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which days are worked in China: the yearly holiday notices of the State Council as one value.

A notice names days off (放假) and make-up workdays (调休上班); every other Monday to Friday is worked. A notice may
reach back into the last days of the year before (2018-12-29 was moved by the notice for 2019), so the end of a
year is settled only when the next notice is out. A year without days is a year without a notice: missing, never
"a year without holidays". Questions about days that are not settled raise DayNotSettled instead of guessing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from enum import StrEnum
from functools import cached_property

from recourse.core.canonical import digest

CHINA = timezone(timedelta(hours=8), "+08:00")

# Until the next notice is out, a year is settled up to and including this day. The earliest day that any notice
# since 2007 moved in the year before is 29 December; the margin covers a weekend before such a block.
REACH_BACK = (12, 25)


class DayKind(StrEnum):
    """What a notice says of a day. `holiday` is any day off of a block, weekend days inside it included."""

    holiday = "holiday"
    adjusted_workday = "adjusted_workday"


class DayNotSettled(LookupError):
    """The notice that settles this day is not in the calendar."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no published notice settles {day.isoformat()}")
        self.day = day


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day named by a notice; `name` is the festival in Chinese."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year's notice as data. `source_urls` are the notices, the first one and its corrections."""

    year: int
    days: tuple[CalendarDay, ...]
    source_urls: tuple[str, ...]
    published_on: date | None = None
    status: str = "official"


@dataclass(frozen=True)
class _Index:
    """What the questions look up: the kinds by day number, and all settled working days in order."""

    kinds: dict[int, DayKind]
    workdays: tuple[int, ...]
    workdays_iso: tuple[str, ...]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]


@dataclass(frozen=True)
class Calendar:
    """All published years under one version. Build it with `make_calendar`, which drops empty years."""

    version: str
    years: tuple[CalendarYear, ...]

    def __hash__(self) -> int:
        # The version is made from the years; hashing twenty years of days would cost more than most counts.
        return hash(self.version)

    def known(self, year: int) -> bool:
        """Whether the notice for this year is in the calendar."""
        return year in self._known

    def settled(self, day: date) -> bool:
        """Whether every notice that could name this day is in the calendar."""
        return self.stretch_end(day.toordinal()) is not None

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day, make-up workdays included. Raises DayNotSettled."""
        if not self.settled(day):
            raise DayNotSettled(day)
        kind = self._index.kinds.get(day.toordinal())
        return day.weekday() < 5 if kind is None else kind is DayKind.adjusted_workday

    def is_rest_day(self, day: date) -> bool:
        """Whether this is a day of rest: weekend or block, but no make-up workday. Raises DayNotSettled."""
        return not self.is_workday(day)

    def is_statutory_holiday_block(self, day: date) -> bool:
        """Whether a notice names this day as off. An ordinary weekend is not. Raises DayNotSettled."""
        if not self.settled(day):
            raise DayNotSettled(day)
        return self._index.kinds.get(day.toordinal()) is DayKind.holiday

    def name_of(self, day: date) -> str:
        """The festival that a notice gives for this day, or nothing."""
        return self._names.get(day.toordinal(), "")

    def stretch_end(self, ordinal: int) -> int | None:
        """The last settled day number of the stretch that holds this day number, or None when it is unsettled."""
        index = self._index
        at = bisect_right(index.firsts, ordinal) - 1
        return index.lasts[at] if at >= 0 and ordinal <= index.lasts[at] else None

    def kind_of(self, ordinal: int) -> DayKind | None:
        """What the notices say of this day number, settled or not."""
        return self._index.kinds.get(ordinal)

    def workdays_from(self, ordinal: int) -> int:
        """The position, among all settled working days, of the first one on or after this day number."""
        return bisect_left(self._index.workdays, ordinal)

    @property
    def workdays(self) -> tuple[int, ...]:
        """All settled working days as day numbers, ascending."""
        return self._index.workdays

    @property
    def workdays_iso(self) -> tuple[str, ...]:
        """The same days as ISO dates."""
        return self._index.workdays_iso

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(item.year for item in self.years)

    @cached_property
    def _names(self) -> dict[int, str]:
        return {item.day.toordinal(): item.name for year in self.years for item in year.days}

    @cached_property
    def _index(self) -> _Index:
        # Years ascend, so that where two notices name one day the later notice stands.
        kinds = {item.day.toordinal(): item.kind for year in self.years for item in year.days}
        stretches = _stretches(self._known)
        workdays = tuple(
            ordinal
            for first, last in stretches
            for ordinal in range(first, last + 1)
            if _worked(ordinal, kinds.get(ordinal))
        )
        return _Index(
            kinds=kinds,
            workdays=workdays,
            workdays_iso=tuple(date.fromordinal(item).isoformat() for item in workdays),
            firsts=tuple(first for first, _ in stretches),
            lasts=tuple(last for _, last in stretches),
        )


def make_calendar(years: Iterable[CalendarYear]) -> Calendar:
    """A calendar of these years, ascending, under a version made from their content. Empty years are left out.

    Raises ValueError when two years have the same number: one of them would vanish silently.
    """
    kept = tuple(sorted((item for item in years if item.days), key=lambda item: item.year))
    numbers = [item.year for item in kept]
    if len(set(numbers)) != len(numbers):
        raise ValueError(f"a year is given twice: {numbers}")
    if not kept:
        return Calendar(version="none", years=())
    content = [
        {
            "year": item.year,
            "days": [[day.day.isoformat(), day.kind.value, day.name] for day in item.days],
            "source_urls": list(item.source_urls),
            "published_on": item.published_on.isoformat() if item.published_on else None,
            "status": item.status,
        }
        for item in kept
    ]
    return Calendar(version=f"{kept[-1].year}-{digest(content)[:12]}", years=kept)


def is_weekday(ordinal: int) -> bool:
    """Whether a day number is Monday to Friday."""
    return (ordinal + 6) % 7 < 5


def _worked(ordinal: int, kind: DayKind | None) -> bool:
    return is_weekday(ordinal) if kind is None else kind is DayKind.adjusted_workday


def _stretches(known: frozenset[int]) -> list[tuple[int, int]]:
    """The settled days as ascending runs of day numbers, one run per unbroken row of published years."""
    runs: list[tuple[int, int]] = []
    for year in sorted(known):
        first = date(year, 1, 1).toordinal()
        last = date(year, 12, 31) if year + 1 in known else date(year, *REACH_BACK) - timedelta(days=1)
        if runs and runs[-1][1] == first - 1:
            runs[-1] = (runs[-1][0], last.toordinal())
        else:
            runs.append((first, last.toordinal()))
    return runs
