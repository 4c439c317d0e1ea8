# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What must hold of every count, whatever the day, the length and the regime."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from recourse.core.calendar import CHINA, Calendar, make_calendar
from recourse.core.deadline.compute import Computed, compute
from recourse.core.deadline.length import Length, Unit, parse_length
from recourse.core.deadline.regime import RULES, Regime
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Suspension
from recourse.core.problem import Problems
from recourse.gateways.calendar_files import load_calendar

_loaded = load_calendar(Path(__file__).parents[3] / "calendars")
assert not isinstance(_loaded, Problems)
FULL: Calendar = _loaded
# The calendar as it stood at the end of 2018 to 2025, one with a hole, and an empty one.
CALENDARS = [
    FULL,
    *(make_calendar(item for item in FULL.years if item.year <= last) for last in range(2018, 2026)),
    make_calendar(item for item in FULL.years if item.year not in (2020, 2024)),
    make_calendar(()),
]
MOST = {Unit.h: 400, Unit.d: 200, Unit.wd: 90, Unit.month: 14, Unit.year: 4}

moments = st.integers(0, 12 * 365 * 24 * 60).map(
    lambda minutes: datetime(2016, 1, 1, tzinfo=CHINA) + timedelta(minutes=minutes)
)
lengths = st.sampled_from(Unit).flatmap(
    lambda unit: st.integers(1, MOST[unit]).map(lambda n: Length(n, unit))
)
regimes = st.sampled_from(Regime)
calendars = st.sampled_from(CALENDARS)
services = st.none() | st.builds(
    lambda opens, hours, every: ServiceHours(time(opens), time(opens + hours), every),
    st.integers(6, 11),
    st.integers(1, 12),
    st.booleans(),
)


def ends(found: Computed) -> tuple[datetime, datetime, datetime]:
    return found.act_by, found.nominal_end, found.due_at


def dates(start: datetime, length: Length, regime: Regime, calendar: Calendar, **more: object) -> Computed:
    if not RULES[regime].closes:
        more.pop("service", None)
    return compute(start, length=length, regime=regime, calendar=calendar, explained=False, **more)  # type: ignore[arg-type]


@given(moments, lengths, regimes, calendars, services)
def test_early_plain_late_are_in_this_order_after_the_start(
    start: datetime, length: Length, regime: Regime, calendar: Calendar, service: ServiceHours | None
) -> None:
    found = dates(start, length, regime, calendar, service=service)
    assert start < found.act_by <= found.nominal_end <= found.due_at


@given(moments, st.integers(1, 60 * 24 * 40), lengths, regimes, calendars, services)
def test_a_later_start_never_ends_earlier(
    start: datetime,
    later: int,
    length: Length,
    regime: Regime,
    calendar: Calendar,
    service: ServiceHours | None,
) -> None:
    first = dates(start, length, regime, calendar, service=service)
    second = dates(start + timedelta(minutes=later), length, regime, calendar, service=service)
    assert all(a <= b for a, b in zip(ends(first), ends(second), strict=True))


@given(moments, lengths, regimes, calendars, services)
def test_a_longer_length_never_ends_earlier(
    start: datetime, length: Length, regime: Regime, calendar: Calendar, service: ServiceHours | None
) -> None:
    first = dates(start, length, regime, calendar, service=service)
    second = dates(start, Length(length.n + 1, length.unit), regime, calendar, service=service)
    assert all(a <= b for a, b in zip(ends(first), ends(second), strict=True))


@given(moments, lengths, regimes, calendars, st.integers(-2000, 9000), st.integers(1, 20000))
def test_a_suspension_only_gives_time(
    start: datetime, length: Length, regime: Regime, calendar: Calendar, offset: int, minutes: int
) -> None:
    since = start + timedelta(minutes=offset)
    span = Suspension(since, since + timedelta(minutes=minutes))
    plain = dates(start, length, regime, calendar)
    stopped = dates(start, length, regime, calendar, suspensions=(span,))
    assert all(a <= b for a, b in zip(ends(plain), ends(stopped), strict=True))
    assert stopped.act_by <= stopped.nominal_end <= stopped.due_at


@given(moments, st.integers(1, 300), st.integers(0, 200), st.integers(1, 20000))
def test_suspended_hours_shift_by_exactly_their_length(
    start: datetime, n: int, offset: int, minutes: int
) -> None:
    since = start + timedelta(minutes=offset)
    assume(since < start + timedelta(hours=n))
    span = Suspension(since, since + timedelta(minutes=minutes))
    found = dates(start, Length(n, Unit.h), Regime.civil, FULL, suspensions=(span,))
    assert found.due_at == start + timedelta(hours=n, minutes=minutes)


@given(moments, lengths, lengths, regimes, calendars)
def test_an_extension_always_gives_time(
    start: datetime, length: Length, more: Length, regime: Regime, calendar: Calendar
) -> None:
    plain = dates(start, length, regime, calendar)
    longer = dates(start, length, regime, calendar, extension=more)
    assert all(a < b for a, b in zip(ends(plain), ends(longer), strict=True))
    assert longer.act_by <= longer.nominal_end <= longer.due_at


@given(lengths)
def test_a_length_is_read_back_as_written(length: Length) -> None:
    assert parse_length(str(length)) == length
    assert parse_length({"length": length.n, "unit": length.unit.value}) == length


@settings(max_examples=400)
@given(st.integers(2008, 2026), st.integers(-120, 365), lengths, regimes)
def test_what_the_notice_later_says_lies_between_the_two_readings(
    year: int, offset: int, length: Length, regime: Regime
) -> None:
    """Take away the notices from a year on, count, and compare with what really came."""
    before = make_calendar(item for item in FULL.years if item.year < year)
    start = datetime.combine(date(year, 1, 1) + timedelta(days=offset), time(11), CHINA)
    guessed, known = dates(start, length, regime, before), dates(start, length, regime, FULL)
    assume(not known.provisional)
    assert guessed.act_by <= known.act_by
    assert known.due_at <= guessed.due_at
    assert guessed.provisional or ends(guessed) == ends(known)
