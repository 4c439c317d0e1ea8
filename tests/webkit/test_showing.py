# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dates, spans, money and names as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.webkit.showing import CHINA, mask, show_day, show_left, show_moment, show_money, show_span

TUESDAY = datetime(2026, 11, 24, 18, 0, tzinfo=CHINA)


def test_a_date_always_has_its_weekday_and_hour():
    assert show_moment(TUESDAY, lang="zh", this_year=2026) == "11月24日（周二）18:00"
    assert show_moment(TUESDAY, lang="en", this_year=2026) == "Tue 24 Nov, 18:00"


def test_another_year_is_written_out():
    assert show_day(date(2027, 1, 4), lang="zh", this_year=2026) == "2027年1月4日（周一）"
    assert show_day(date(2027, 1, 4), lang="en", this_year=2026) == "Mon 4 Jan 2027"


def test_the_clock_on_the_wall_is_chinas():
    assert (
        show_moment(datetime(2026, 11, 24, 10, 0, tzinfo=UTC), lang="zh", this_year=2026)
        == "11月24日（周二）18:00"
    )


def test_the_end_of_a_day_is_twenty_four_o_clock():
    midnight = datetime(2026, 11, 25, tzinfo=CHINA)
    assert show_moment(midnight, lang="zh", this_year=2026, ends=True) == "11月24日（周二）24:00"
    assert show_moment(midnight, lang="zh", this_year=2026) == "11月25日（周三）00:00"
    assert show_moment(TUESDAY, lang="zh", this_year=2026, ends=True) == "11月24日（周二）18:00"


@pytest.mark.parametrize(
    "delta, zh, en",
    [
        (timedelta(days=1, hours=6), "还剩1天6小时", "1 day 6 hours left"),
        (timedelta(days=2), "还剩2天", "2 days left"),
        (timedelta(hours=3, minutes=5), "还剩3小时5分钟", "3 hours 5 minutes left"),
        (timedelta(seconds=20), "还剩1分钟", "1 minute left"),
        (timedelta(hours=-2), "已超过2小时", "2 hours over"),
    ],
)
def test_what_is_left(delta, zh, en):
    assert show_left(TUESDAY + delta, now=TUESDAY, lang="zh") == zh
    assert show_left(TUESDAY + delta, now=TUESDAY, lang="en") == en


@given(st.integers(0, 10**9))
def test_a_span_is_never_empty(seconds):
    assert show_span(seconds, lang="zh")
    assert show_span(seconds, lang="en")


@pytest.mark.parametrize("fen, shown", [(131400, "¥1,314.00"), (5, "¥0.05"), (0, "¥0.00"), (-990, "−¥9.90")])
def test_money(fen, shown):
    assert show_money(fen) == shown


@pytest.mark.parametrize(
    "value, hidden",
    [
        ("13812345678", "138****5678"),
        ("+86 138 1234 5678", "861****5678"),
        ("张三丰", "张**"),
        ("欧阳", "欧*"),
        ("zhang.san@example.cn", "z***@example.cn"),
        ("", ""),
    ],
)
def test_the_middle_is_hidden(value, hidden):
    assert mask(value) == hidden


# The sign that hides is no part of what is hidden.
@given(st.text(st.characters(exclude_characters="*", exclude_categories=["Cs"]), min_size=2, max_size=40))
def test_a_mask_never_shows_the_whole(value):
    plain = value.strip()
    assert len(plain) < 2 or mask(value) != plain
