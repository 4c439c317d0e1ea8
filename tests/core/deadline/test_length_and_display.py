# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
from datetime import datetime, timedelta

import pytest

from recourse.core.calendar import CHINA
from recourse.core.deadline.display import show_day, show_due, show_end, show_left, show_moment
from recourse.core.deadline.length import Length, Unit, china_day, parse_length, parse_moment
from recourse.core.problem import Problems
from recourse.core.text import Text


@pytest.mark.parametrize(
    ("given", "n", "unit"),
    [
        ("48h", 48, Unit.h),
        (" 7d ", 7, Unit.d),
        ("7wd", 7, Unit.wd),
        ("1month", 1, Unit.month),
        ("3year", 3, Unit.year),
        ({"length": 7, "unit": "wd"}, 7, Unit.wd),
    ],
)
def test_lengths_are_read(given: object, n: int, unit: Unit) -> None:
    assert parse_length(given) == Length(n, unit)


@pytest.mark.parametrize(
    "given",
    [
        *(
            "",
            "7",
            "wd",
            "7 wd",
            "7WD",
            "-7d",
            "1.5d",
            "\uff17d",
            "7days",
            "7wd7d",
            None,
            7,
            True,
            ["7wd"],
            {},
        ),
        *({"length": True, "unit": "d"}, {"length": 7, "unit": "week"}, {"length": "7", "unit": "d"}),
        *({"length": 7, "unit": ["d"]}, {"length": 7}, {"length": 7, "unit": "d", "extra": 1}),
    ],
)
def test_what_is_no_length_is_refused(given: object) -> None:
    found = parse_length(given, field="deadline.length")
    assert isinstance(found, Problems)
    assert [(item.key, item.field) for item in found.items] == [("length_not_understood", "deadline.length")]


@pytest.mark.parametrize("given", ["0d", "36501d", "101year", "999999h", {"length": -1, "unit": "d"}])
def test_lengths_out_of_range_are_refused(given: object) -> None:
    found = parse_length(given)
    assert isinstance(found, Problems) and found.keys() == ("length_out_of_range",)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-09-18", datetime(2026, 9, 18, tzinfo=CHINA)),
        ("2026-09-18T09:30", datetime(2026, 9, 18, 9, 30, tzinfo=CHINA)),
        ("2026-09-18 09:30:15.25", datetime(2026, 9, 18, 9, 30, 15, 250000, tzinfo=CHINA)),
        ("2026-09-17T17:00:00Z", datetime(2026, 9, 18, 1, tzinfo=CHINA)),
        ("2026-09-18T09:30:00+09:00", datetime(2026, 9, 18, 8, 30, tzinfo=CHINA)),
    ],
)
def test_moments_are_read_in_china_time(given: str, expected: datetime) -> None:
    found = parse_moment(given)
    assert isinstance(found, datetime)
    assert found == expected and found.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "given",
    [
        *(
            "",
            "2026-02-30",
            "2026-13-01",
            "2026-9-1",
            "20260918",
            "1949-12-31",
            "2201-01-01",
            "2026-09-18T24:00",
        ),
        *(
            None,
            "2026-09-18T09:30+25:00",
            "0001-01-01T00:00+23:00",
            20260918,
            "2026-\uff10\uff19-18",
            "2026-09-18T09",
        ),
    ],
)
def test_what_is_no_moment_is_refused(given: object) -> None:
    found = parse_moment(given)
    assert isinstance(found, Problems) and found.keys() == ("moment_not_understood",)


def test_a_length_in_words() -> None:
    assert Length(7, Unit.wd).text() == Text("7个工作日", "7 working days")
    assert Length(1, Unit.month).text() == Text("1个月", "1 month")
    with pytest.raises(ValueError, match="out of range"):
        Length(0, Unit.d)
    with pytest.raises(ValueError, match="zone"):
        china_day(datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test


def test_midnight_is_the_24_00_of_the_day_it_ends() -> None:
    assert show_end(datetime(2026, 11, 25, tzinfo=CHINA)) == Text(
        "11月24日（周二）24:00", "Tue 24 Nov, 24:00"
    )
    assert show_moment(datetime(2026, 11, 25, tzinfo=CHINA)) == Text(
        "11月25日（周三）00:00", "Wed 25 Nov, 00:00"
    )
    assert show_due(datetime(2026, 11, 24, 18, tzinfo=CHINA)) == Text(
        "11月24日（周二）18:00截止", "due Tue 24 Nov, 18:00"
    )
    assert show_day("2026-10-08") == Text("10月8日（周四）", "Thu 8 Oct")


def test_another_year_is_written_out() -> None:
    new_year = datetime(2027, 1, 1, tzinfo=CHINA)
    assert show_end(new_year, near=2026).zh == "12月31日（周四）24:00"
    assert show_end(new_year + timedelta(hours=9), near=2026) == Text(
        "2027年1月1日（周五）09:00", "Fri 1 Jan 2027, 09:00"
    )


@pytest.mark.parametrize(
    ("left", "zh", "en"),
    [
        (timedelta(days=1, hours=6, minutes=59), "还剩1天6小时", "1 day 6 hours left"),
        (timedelta(days=2), "还剩2天", "2 days left"),
        (timedelta(hours=1), "还剩1小时", "1 hour left"),
        (timedelta(minutes=59, seconds=30), "还剩59分钟", "59 min left"),
        (timedelta(seconds=30), "还剩不到1分钟", "under a minute left"),
        (timedelta(0), "已到期", "time is up"),
        (timedelta(days=-1), "已到期", "time is up"),
    ],
)
def test_what_is_left(left: timedelta, zh: str, en: str) -> None:
    end = datetime(2026, 11, 24, 18, tzinfo=CHINA)
    assert show_left(end, now=end - left) == Text(zh, en)
