# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A day as somebody wrote it down, and which days of a transaction cannot be meant."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from recourse.core.problem import Problem
from recourse.core.text import Text

# No complaint is about a day outside; a slip of the year lands there, and the arithmetic of deadlines ends there.
_YEARS = range(1990, 2200)
_DO = Text(
    "看看年份和月份有没有写错；不记得就空着。", "Check year and month; leave it empty if you do not remember."
)


def parse_day(given: Any) -> date | None:
    """A day from YYYY-MM-DD or from a date, between 1990 and 2199; None when it is none."""
    if isinstance(given, date):
        day = given.date() if isinstance(given, datetime) else given
    else:
        try:
            day = date.fromisoformat(str(given).strip())
        except ValueError:
            return None
    return day if day.year in _YEARS else None


def day_problems(*, happened_on: date | None, received_on: date | None, today: date) -> Iterator[Problem]:
    """What cannot be of a transaction's days: one that has not come, or a receipt before there was anything to receive.

    A promised day may lie anywhere. `today` is the day in China.
    """
    for name, day in (("happened_on", happened_on), ("received_on", received_on)):
        if day is not None and day > today:
            words = Text("这个日期还没到。", "This day has not come yet.")
            yield Problem("date_future", f"record.{name}", words, _DO)
    if happened_on is not None and received_on is not None and received_on < happened_on <= today:
        words = Text(
            f"收到的日期早于{happened_on.isoformat()}，那时还没有这笔交易。",
            f"This is before {happened_on.isoformat()}, when there was nothing to receive yet.",
        )
        yield Problem("received_before", "record.received_on", words, _DO)
