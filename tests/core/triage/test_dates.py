# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dates in people's words, seen from a Sunday, 22 November 2026; what is not surely a date gives nothing."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.triage.dates import DateFound, find_dates
from recourse.core.triage.folding import fold

TODAY = date(2026, 11, 22)


def dates(text: str, today: date = TODAY) -> tuple[DateFound, ...]:
    return find_dates(fold(text, variants={}), today=today)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("9月20号下的单", date(2026, 9, 20)),
        ("上周五", date(2026, 11, 13)),
        ("下周周六", date(2026, 11, 28)),
        ("上个星期天", date(2026, 11, 15)),
        ("前天晚上", date(2026, 11, 20)),
        ("2024-05-10", date(2024, 5, 10)),
        ("2020.10.1号", date(2020, 10, 1)),
        ("二〇二四年五月十日", date(2024, 5, 10)),
        ("24年5月3日", date(2024, 5, 3)),
        ("98年5月3日", date(1998, 5, 3)),
        ("去年双十一", date(2025, 11, 11)),
        ("上个月15号", date(2026, 10, 15)),
        ("三天前", date(2026, 11, 19)),
        ("两周前", date(2026, 11, 8)),
        ("12月1日", date(2026, 12, 1)),
        ("12月30日", date(2026, 12, 30)),
        ("明年1月5日", date(2027, 1, 5)),
        ("10.12日", date(2026, 10, 12)),
    ],
)
def test_one_day(text: str, day: date) -> None:
    (found,) = dates(text)
    assert found.exact == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("上周", date(2026, 11, 9), date(2026, 11, 15)),
        ("上周末", date(2026, 11, 14), date(2026, 11, 15)),
        ("去年6月上旬", date(2025, 6, 1), date(2025, 6, 10)),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("9月中旬", date(2026, 9, 11), date(2026, 9, 20)),
        ("9月下旬", date(2026, 9, 21), date(2026, 9, 30)),
        ("本月", date(2026, 11, 1), date(2026, 11, 30)),
        ("国庆前", None, date(2026, 9, 30)),
        ("国庆后", date(2026, 10, 1), None),
        ("2023年", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_several_days(text: str, first: date | None, last: date | None) -> None:
    (found,) = dates(text)
    assert (found.first, found.last, found.exact) == (first, last, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("一个月前", date(2026, 10, 22)),
        ("半个月前", date(2026, 11, 7)),
        ("半年前", date(2026, 5, 22)),
        ("9月2号左右", date(2026, 9, 2)),
    ],
)
def test_a_loose_date_is_about_and_never_exact(text: str, day: date) -> None:
    (found,) = dates(text)
    assert (found.first, found.is_about, found.exact) == (day, True, None)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("昨天9点20", time(9, 20)),
        ("10月8日下午3点半", time(15, 30)),
        ("今天20:15", time(20, 15)),
        ("昨天中午1点", time(13)),
        ("昨天", None),
        ("昨天25点", None),
    ],
)
def test_the_time_of_day_goes_with_its_date(text: str, at: time | None) -> None:
    (found,) = dates(text)
    assert found.at == at


@pytest.mark.parametrize(
    "text",
    ["五月廿二", "农历8月15日", "每月4号", "20号", "2月30日", "两个半月前", "15个工作日", "48小时", "17天后", "三月底", "七天前后", "周五", "618元", "10:13", "13天—8周", "四个星期",
     "2012年正月初8", "2月份第二周", "半天前", "9999年99月99日", ""],
)  # fmt: skip
def test_what_is_not_surely_a_date_is_left_alone(text: str) -> None:
    assert dates(text) == ()


def test_the_longer_reading_stays() -> None:
    (found,) = dates("去年9月20号")
    assert found.span.text == "去年9月20号"


def test_a_shifted_month_keeps_to_its_last_day() -> None:
    (found,) = dates("一个月前", today=date(2026, 3, 31))
    assert found.first == date(2026, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2027, 12, 31)))
def test_every_full_date_is_read_back(day: date) -> None:
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日"):
        (found,) = dates(f"我在{text}下单")
        assert found.exact == day


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_is_near_today(today: date, month: int, day: int) -> None:
    (found,) = dates(f"{month}月{day}日", today=today)
    assert found.exact is not None
    assert -305 <= (found.exact - today).days <= 61
