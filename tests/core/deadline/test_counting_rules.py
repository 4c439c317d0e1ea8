# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The rules of counting, each with the date a lawyer would give."""

from datetime import datetime, time, timedelta

import pytest

from recourse.core.calendar import CHINA, Calendar, make_calendar
from recourse.core.deadline.compute import Computed, compute
from recourse.core.deadline.display import show_end
from recourse.core.deadline.length import Length, Unit, parse_length, parse_moment
from recourse.core.deadline.regime import Regime
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Suspension, SuspensionCause

OFFICE = ServiceHours(time(9), time(18))
ALWAYS_NINE_TO_SIX = ServiceHours(time(9), time(18), every_day=True)


def moment(text: str) -> datetime:
    found = parse_moment(text)
    assert isinstance(found, datetime), found
    return found


def length(text: str) -> Length:
    found = parse_length(text)
    assert isinstance(found, Length), found
    return found


def count(start: str, size: str, regime: str, calendar: Calendar, **more: object) -> Computed:
    return compute(moment(start), length=length(size), regime=Regime(regime), calendar=calendar, **more)  # type: ignore[arg-type]


def day_24(text: str) -> datetime:
    """The 24:00 of a day, as the exclusive end that stands for it."""
    return moment(text) + timedelta(days=1)


# start, length, regime -> nominal, act_by, due_at
TABLE = [
    # Seven working days across a make-up Sunday and the Mid-Autumn block (Order 121 art. 15).
    ("2026-09-18", "7wd", "samr", "2026-09-29", "2026-09-29", "2026-09-29"),
    # A Saturday worked instead counts, in every regime.
    ("2026-02-13", "1wd", "samr", "2026-02-14", "2026-02-14", "2026-02-14"),
    ("2026-02-13", "1wd", "platform", "2026-02-14", "2026-02-14", "2026-02-14"),
    ("2026-09-30", "1wd", "civil", "2026-10-08", "2026-10-08", "2026-10-08"),
    # Goods signed for on 25 September: the safe day is un-rolled, the last day is after the holiday.
    ("2026-09-25", "7d", "civil", "2026-10-02", "2026-10-02", "2026-10-08"),
    ("2026-09-25", "7d", "civil_procedure", "2026-10-02", "2026-10-02", "2026-10-08"),
    ("2026-09-25", "7d", "samr", "2026-10-02", "2026-10-02", "2026-10-08"),
    ("2026-09-25", "7d", "police", "2026-10-02", "2026-10-02", "2026-10-08"),
    ("2026-09-25", "7d", "platform", "2026-10-02", "2026-10-02", "2026-10-02"),
    # A plain Saturday: whether Order 121 rolls is read both ways.
    ("2026-11-14", "7d", "samr", "2026-11-21", "2026-11-21", "2026-11-23"),
    # A Saturday that is worked is no day of rest: nothing rolls.
    ("2026-05-02", "7d", "civil", "2026-05-09", "2026-05-09", "2026-05-09"),
    # The corresponding day, or the last day of the month (Civil Code art. 202).
    ("2026-08-31", "1month", "civil", "2026-09-30", "2026-09-30", "2026-09-30"),
    ("2024-01-31", "1month", "platform", "2024-02-29", "2024-02-29", "2024-02-29"),
    ("2024-02-29", "1year", "platform", "2025-02-28", "2025-02-28", "2025-02-28"),
    ("2023-11-22", "3year", "civil", "2026-11-22", "2026-11-22", "2026-11-23"),
    ("2026-10-31", "1month", "civil", "2026-11-30", "2026-11-30", "2026-11-30"),
]


@pytest.mark.parametrize(("start", "size", "regime", "nominal", "act_by", "due_at"), TABLE)
def test_days_working_days_months_and_years(
    calendar: Calendar, start: str, size: str, regime: str, nominal: str, act_by: str, due_at: str
) -> None:
    found = count(start, size, regime, calendar)
    assert (found.nominal_end, found.act_by, found.due_at) == (
        day_24(nominal),
        day_24(act_by),
        day_24(due_at),
    )
    assert not found.provisional


@pytest.mark.parametrize(
    ("regime", "start", "nominal", "due_at"),
    [
        ("civil", "2026-05-01T09:30", "2026-05-02T09:30", "2026-05-02T09:30"),
        ("platform", "2026-05-01T09:30", "2026-05-02T09:30", "2026-05-02T09:30"),
        ("civil_procedure", "2026-05-01T09:30", "2026-05-02T10:00", "2026-05-02T10:00"),
        ("civil_procedure", "2026-05-01T10:00", "2026-05-02T11:00", "2026-05-02T11:00"),
        ("samr", "2026-05-01T09:30", "2026-05-02T09:30", "2026-05-02T10:00"),
        ("police", "2026-05-01T09:30", "2026-05-02T09:30", "2026-05-02T10:00"),
    ],
)
def test_hours_begin_where_the_regime_says_and_never_roll(
    calendar: Calendar, regime: str, start: str, nominal: str, due_at: str
) -> None:
    found = count(start, "24h", regime, calendar)
    assert (found.nominal_end, found.act_by, found.due_at) == (
        moment(nominal),
        moment(nominal),
        moment(due_at),
    )
    assert found.counted == ()


def test_counted_days_are_the_working_days_themselves(calendar: Calendar) -> None:
    found = count("2026-09-18", "7wd", "samr", calendar)
    assert found.counted == (
        "2026-09-20",
        "2026-09-21",
        "2026-09-22",
        "2026-09-23",
        "2026-09-24",
        "2026-09-28",
        "2026-09-29",
    )


def test_the_start_is_read_in_china_time(calendar: Calendar) -> None:
    assert count("2026-09-17T16:00:00Z", "7wd", "samr", calendar) == count(
        "2026-09-18", "7wd", "samr", calendar
    )


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("size", ["24h", "7d", "7wd", "1month", "3year"])
def test_after_the_last_published_year_everything_is_provisional(
    calendar: Calendar, regime: Regime, size: str
) -> None:
    found = count("2026-12-31", size, regime.value, calendar)
    assert found.provisional
    assert any("还没有公布" in step.zh and "not out yet" in step.en for step in found.steps)


def test_detention_does_not_roll(calendar: Calendar) -> None:
    assert count("2026-09-25", "7d", "police", calendar, detention=True).due_at == day_24("2026-10-02")


def test_close_of_business_ends_the_day(calendar: Calendar) -> None:
    found = count("2026-11-20", "2wd", "civil", calendar, service=OFFICE)
    assert found.nominal_end == found.act_by == found.due_at == moment("2026-11-24T18:00")
    assert show_end(found.due_at).zh == "11月24日（周二）18:00"


def test_a_platform_day_without_service_moves_to_the_next_service_day(calendar: Calendar) -> None:
    found = count("2026-11-19", "2d", "platform", calendar, service=OFFICE)
    assert (found.act_by, found.due_at) == (moment("2026-11-21T18:00"), moment("2026-11-23T18:00"))


@pytest.mark.parametrize(
    ("start", "size", "act_by", "due_at"),
    [
        ("2026-11-23T10:00", "4h", "2026-11-23T14:00", "2026-11-23T14:00"),  # all within one day
        (
            "2026-11-23T10:00",
            "8h",
            "2026-11-23T18:00",
            "2026-11-23T18:00",
        ),  # the closing instant is still open
        ("2026-11-23T17:00", "2h", "2026-11-23T19:00", "2026-11-24T09:00"),  # ends after closing
        ("2026-11-23T18:00", "2h", "2026-11-23T20:00", "2026-11-24T11:00"),  # begins after closing
        ("2026-11-23T07:00", "4h", "2026-11-23T11:00", "2026-11-23T13:00"),  # begins before opening
    ],
)
def test_hours_outside_service_move_to_the_next_opening(
    calendar: Calendar, start: str, size: str, act_by: str, due_at: str
) -> None:
    found = count(start, size, "platform", calendar, service=ALWAYS_NINE_TO_SIX)
    assert (found.act_by, found.due_at) == (moment(act_by), moment(due_at))


def test_testing_time_is_left_out_of_the_sixty_days(calendar: Calendar) -> None:
    span = Suspension(moment("2026-06-10"), moment("2026-06-20"), SuspensionCause.testing)
    plain = count("2026-06-01", "60d", "samr", calendar)
    longer = count("2026-06-01", "60d", "samr", calendar, suspensions=(span,))
    assert longer.nominal_end - plain.nominal_end == timedelta(days=10)
    assert "2026-06-10" not in longer.counted and "2026-06-20" in longer.counted and len(longer.counted) == 60


def test_a_half_suspended_day_is_counted_on_the_early_reading_only(calendar: Calendar) -> None:
    span = Suspension(moment("2026-06-10T15:00"), moment("2026-06-12T11:00"))
    found = count("2026-06-08", "7d", "platform", calendar, suspensions=(span,))
    assert (found.act_by, found.due_at) == (day_24("2026-06-16"), day_24("2026-06-18"))


def test_overlapping_suspensions_are_left_out_once(calendar: Calendar) -> None:
    spans = (
        Suspension(moment("2026-06-10"), moment("2026-06-13")),
        Suspension(moment("2026-06-12"), moment("2026-06-15")),
    )
    found = count("2026-06-08", "7d", "platform", calendar, suspensions=spans)
    assert found.due_at == day_24("2026-06-20")


def test_suspended_working_days_and_hours(calendar: Calendar) -> None:
    span = Suspension(moment("2026-06-10T00:00"), moment("2026-06-12T00:00"))  # a Wednesday and a Thursday
    assert count("2026-06-08", "3wd", "platform", calendar, suspensions=(span,)).due_at == day_24(
        "2026-06-15"
    )
    assert count("2026-06-09T12:00", "24h", "platform", calendar, suspensions=(span,)).due_at == moment(
        "2026-06-12T12:00"
    )


def test_an_extension_runs_on_from_where_the_period_ends(calendar: Calendar) -> None:
    found = count("2026-09-25", "7d", "civil", calendar, extension=Length(3, Unit.d))
    assert (found.act_by, found.due_at) == (
        day_24("2026-10-05"),
        day_24("2026-10-12"),
    )  # 8 Oct + 3 = Sunday 11th
    assert len(found.counted) == 10
    hours = count("2026-11-24T14:00", "48h", "platform", calendar, extension=Length(3, Unit.d))
    assert hours.due_at == day_24("2026-11-29")


def test_a_year_that_is_absent_is_never_counted_as_without_holidays(calendar: Calendar) -> None:
    holey = make_calendar(item for item in calendar.years if item.year != 2026)
    full, found = count("2026-09-28", "7wd", "samr", calendar), count("2026-09-28", "7wd", "samr", holey)
    assert found.provisional and not full.provisional
    assert found.act_by < full.due_at <= found.due_at


def test_wrong_options_are_refused_loudly(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="zone"):
        compute(datetime(2026, 1, 5), length=Length(1, Unit.d), regime=Regime.civil, calendar=calendar)  # noqa: DTZ001 - the point of the test
    with pytest.raises(ValueError, match="service hours"):
        count("2026-01-05", "1d", "samr", calendar, service=OFFICE)
    with pytest.raises(ValueError, match="detention"):
        count("2026-01-05", "1d", "civil", calendar, detention=True)
    with pytest.raises(ValueError, match="without an end"):
        count("2026-01-05", "1d", "civil", calendar, suspensions=(Suspension(moment("2026-01-06"), None),))


def test_steps_name_articles_make_up_days_and_holidays(calendar: Calendar) -> None:
    said = " ".join(step.zh for step in count("2026-09-18T10:00", "7wd", "samr", calendar).steps)
    assert "第45条" in said and "9月20日（周日）调休上班" in said and "9月25日（周五）放假" in said
    weekend = " ".join(step.zh for step in count("2026-11-14", "7d", "samr", calendar).steps)
    block = " ".join(step.zh for step in count("2026-09-25", "7d", "samr", calendar).steps)
    assert "两种读法" in weekend and "两种读法" not in block
    far = " ".join(step.zh for step in count("2023-11-22", "3year", "civil", calendar).steps)
    assert "2026年11月22日（周日）是休息日，顺延到2026年11月23日（周一）24:00（民法典第203条）" in far


def test_due_dates_are_in_china_time(calendar: Calendar) -> None:
    assert count("2026-09-17T16:00:00Z", "48h", "platform", calendar).due_at.utcoffset() == CHINA.utcoffset(
        None
    )


def test_a_count_is_kept_for_its_own_calendar_alone(calendar: Calendar) -> None:
    known = count("2026-09-30", "3wd", "platform", calendar)
    shorter = make_calendar(year for year in calendar.years if year.year < 2026)
    assert count("2026-09-30", "3wd", "platform", shorter).provisional
    assert count("2026-09-30", "3wd", "platform", calendar) is known
    equal = make_calendar(calendar.years)
    assert hash(equal) == hash(calendar) != hash(shorter)
    assert count("2026-09-30", "3wd", "platform", equal) == known
