# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
from datetime import date, datetime
from typing import Any

import pytest

from recourse.core.calendar import CHINA
from recourse.core.day import day_problems, parse_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-09-18", date(2026, 9, 18)),
        (" 1990-01-01 ", date(1990, 1, 1)),
        (date(2199, 12, 31), date(2199, 12, 31)),
        # YAML reads an hour beside the day as a moment; a moment compares with no day.
        (datetime(2026, 9, 18, 10, 30, tzinfo=CHINA), date(2026, 9, 18)),
        *(
            (text, None)
            for text in ("", "昨天", "2026-02-30", "0001-01-01", "1989-12-31", "9999-12-31", None)
        ),
        (date(9999, 12, 31), None),
    ],
)
def test_a_day_is_one_that_somebody_can_mean(given: Any, day: date | None) -> None:
    found = parse_day(given)
    assert found == day and not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("happened", "received", "refused"),
    [
        (None, None, []),
        (date(2026, 11, 22), date(2026, 11, 22), []),
        (date(2026, 11, 8), date(2026, 11, 12), []),
        (date(2026, 11, 8), date(2026, 11, 7), [("received_before", "record.received_on")]),
        (date(2026, 11, 23), None, [("date_future", "record.happened_on")]),
        # One slip is named once: the order in the future is what is wrong, not the receipt before it.
        (date(2062, 11, 8), date(2026, 11, 12), [("date_future", "record.happened_on")]),
        (
            date(2026, 11, 23),
            date(2026, 11, 24),
            [("date_future", "record.happened_on"), ("date_future", "record.received_on")],
        ),
    ],
)
def test_what_cannot_be_of_the_days_of_a_transaction(
    happened: date | None, received: date | None, refused: list[tuple[str, str]]
) -> None:
    found = list(day_problems(happened_on=happened, received_on=received, today=TODAY))
    assert [(item.key, item.field) for item in found] == refused
    assert all(item.message.zh and item.message.en and item.do.zh and item.do.en for item in found)
