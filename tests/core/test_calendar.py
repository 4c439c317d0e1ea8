# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
from datetime import date

import msgspec
import pytest

from recourse.core.calendar import Calendar, CalendarDay, CalendarYear, DayKind, DayNotSettled, make_calendar


def year(number: int, *days: tuple[str, str]) -> CalendarYear:
    return CalendarYear(
        number,
        tuple(CalendarDay(date.fromisoformat(day), DayKind(kind), "元旦") for day, kind in days),
        ("https://www.gov.cn/notice",),
    )


TWO = make_calendar(
    [
        year(2018, ("2018-01-01", "holiday")),
        year(2019, ("2018-12-29", "adjusted_workday"), ("2018-12-31", "holiday"), ("2019-01-01", "holiday")),
    ]
)
ONE = make_calendar([year(2018, ("2018-01-01", "holiday"))])


def test_days_are_worked_as_the_notice_says() -> None:
    assert TWO.is_rest_day(date(2018, 1, 1)) and TWO.is_statutory_holiday_block(date(2018, 1, 1))
    assert TWO.is_workday(date(2018, 1, 2))
    assert TWO.is_rest_day(date(2018, 1, 6)) and not TWO.is_statutory_holiday_block(date(2018, 1, 6))
    assert TWO.name_of(date(2018, 1, 1)) == "元旦" and TWO.name_of(date(2018, 1, 2)) == ""


def test_the_next_notice_reaches_back_into_december() -> None:
    assert TWO.is_workday(date(2018, 12, 29)) and TWO.is_rest_day(date(2018, 12, 31))
    assert ONE.settled(date(2018, 12, 24)) and not ONE.settled(date(2018, 12, 25))


@pytest.mark.parametrize("day", [date(2017, 12, 31), date(2018, 12, 31), date(2019, 3, 1)])
def test_unsettled_days_are_not_guessed(day: date) -> None:
    for ask in (ONE.is_workday, ONE.is_rest_day, ONE.is_statutory_holiday_block):
        with pytest.raises(DayNotSettled) as refused:
            ask(day)
        assert refused.value.day == day


def test_an_empty_year_is_missing() -> None:
    with_empty = make_calendar([*ONE.years, CalendarYear(2019, (), ("https://www.gov.cn/notice",))])
    assert not with_empty.known(2019) and not with_empty.settled(date(2019, 5, 6))
    assert with_empty == ONE


def test_the_version_follows_the_content() -> None:
    assert TWO.version.startswith("2019-") and ONE.version.startswith("2018-")
    assert make_calendar(reversed(TWO.years)) == TWO
    moved = make_calendar([year(2018, ("2018-01-02", "holiday"))])
    assert moved.version != ONE.version
    assert make_calendar(()) == Calendar("none", ())


def test_a_year_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        make_calendar([*ONE.years, *ONE.years])


def test_a_hole_between_years_stays_a_hole() -> None:
    holey = make_calendar([year(2018, ("2018-01-01", "holiday")), year(2020, ("2020-01-01", "holiday"))])
    assert holey.settled(date(2018, 6, 1)) and holey.settled(date(2020, 6, 1))
    assert not holey.settled(date(2019, 6, 1)) and not holey.settled(date(2018, 12, 28))
    assert holey.known(2020) and not holey.known(2019)


def test_a_calendar_survives_being_stored() -> None:
    assert TWO.is_workday(date(2018, 1, 2))  # what was looked up before must not be stored with it
    plain = msgspec.to_builtins(TWO)
    assert set(plain) == {"version", "years"}
    assert msgspec.convert(plain, Calendar) == TWO
