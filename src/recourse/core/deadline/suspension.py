# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Suspensions 中止: spans of time that a deadline does not count, such as testing (Order 121 art. 22)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from recourse.core.deadline.horizon import Reading
from recourse.core.deadline.length import china_day

Runs = tuple[tuple[int, int], ...]


class SuspensionCause(StrEnum):
    """Why the clock stands still. The reason in a person's own words is kept with the event, not here."""

    testing = "testing"
    transit = "transit"
    agreed = "agreed"
    other = "other"


@dataclass(frozen=True, slots=True)
class Suspension:
    """From `since` (counted out) until `until` (counted again); `until` None means: not yet said."""

    since: datetime
    until: datetime | None
    cause: SuspensionCause = SuspensionCause.other

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or (self.until is not None and self.until.tzinfo is None):
            raise ValueError("a suspension needs moments with a zone")
        if self.until is not None and self.until <= self.since:
            raise ValueError("a suspension ends after it begins")


def merged(spans: Iterable[Suspension]) -> tuple[tuple[datetime, datetime], ...]:
    """The closed spans, ascending, overlapping ones joined. Raises ValueError while one has no end."""
    joined: list[tuple[datetime, datetime]] = []
    for span in sorted(spans, key=lambda item: item.since):
        if span.until is None:
            raise ValueError("a suspension without an end has no dates to compute")
        if joined and span.since <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span.until))
        else:
            joined.append((span.since, span.until))
    return tuple(joined)


def whole_days(spans: tuple[tuple[datetime, datetime], ...], *, reading: Reading) -> Runs:
    """The day numbers that spans take out of a count of days, as ascending runs.

    The early reading leaves out only days that are suspended from 0:00 to 24:00, the others every day touched.
    """
    runs: list[tuple[int, int]] = []
    for since, until in spans:
        first = china_day(since).toordinal()
        last = china_day(until - timedelta(microseconds=1)).toordinal()
        if reading is Reading.early:
            first += 1 if china_day(since - timedelta(microseconds=1)).toordinal() == first else 0
            last -= 1 if china_day(until).toordinal() == last else 0
        if runs and first <= runs[-1][1]:
            first = runs[-1][1] + 1
        if first <= last:
            runs.append((first, last))
    return tuple(runs)
