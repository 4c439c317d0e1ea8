# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What moves a deadline, and what never does."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.calendar import CHINA, Calendar, CalendarDay, CalendarYear, DayKind, make_calendar
from recourse.core.deadline.deadline import (
    Deadline,
    DeadlineState,
    end,
    extend,
    is_due,
    listed,
    next_instant,
    resume,
    revise,
    start,
    start_until,
    suspend,
)
from recourse.core.deadline.json_shape import deadline_from_json, deadline_to_json
from recourse.core.deadline.length import Length, Unit, parse_length
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.playbook.types import Basis, DeadlineSpec
from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.core.vocabulary import OnMiss, Party, StartsWhen

NINE = datetime(2026, 11, 23, 9, 30, tzinfo=CHINA)
OFFICE = ServiceHours(time(9), time(18))


def waiting(
    length: str = "3d", regime: str = "platform", *, extendable: bool = True, hours: bool = False
) -> Deadline:
    spec = DeadlineSpec(
        act="answer",
        who=Party.respondent,
        starts_when=StartsWhen.notice_served,
        length=length,
        basis=Basis(playbook="merchant_answer", note=Text("平台设定", "set by the operator")),
        on_miss=OnMiss.escalate,
        regime=regime,
        service_hours=hours,
        extendable=extendable,
    )
    found = parse_length(length)
    assert isinstance(found, Length)
    return listed(spec, id="d1", scope="rung:negotiate", length=found, service=OFFICE)


def running(calendar: Calendar, length: str = "3d", regime: str = "platform", **more: bool) -> Deadline:
    return start(waiting(length, regime, **more), at=NINE, by="notice n1", calendar=calendar)


def keys(found: Deadline | Problems) -> tuple[str, ...]:
    assert isinstance(found, Problems)
    return found.keys()


def moved(found: Deadline | Problems) -> Deadline:
    assert isinstance(found, Deadline), found
    return found


def test_a_deadline_has_no_dates_until_it_starts(calendar: Calendar) -> None:
    before = waiting()
    assert (before.state, before.act_by, before.due_at, before.counted) == (
        DeadlineState.waiting,
        None,
        None,
        (),
    )
    assert next_instant(before) is None and not is_due(before, now=NINE + timedelta(days=999))
    after = start(before, at=NINE, by="notice n1", calendar=calendar)
    assert after.due_at == after.act_by == datetime(2026, 11, 27, tzinfo=CHINA)
    assert after.counted == ("2026-11-24", "2026-11-25", "2026-11-26")
    assert (after.started_at, after.started_by, after.state) == (NINE, "notice n1", DeadlineState.running)
    with pytest.raises(ValueError, match="already started"):
        start(after, at=NINE, by="again", calendar=calendar)


def test_silence_counts_from_the_latest_reading_on(calendar: Calendar) -> None:
    clock = running(calendar, "5d", "civil")  # ends on Saturday 28 November, rolls to Monday
    assert clock.act_by == datetime(2026, 11, 29, tzinfo=CHINA)
    due = datetime(2026, 12, 1, tzinfo=CHINA)
    assert clock.due_at == next_instant(clock) == due
    assert not is_due(clock, now=due - timedelta(microseconds=1))
    assert is_due(clock, now=due)
    assert not is_due(end(clock, state=DeadlineState.met), now=due)


def test_service_hours_are_kept_only_where_they_are_asked_for_and_apply(calendar: Calendar) -> None:
    assert waiting().service is None
    assert waiting("7wd", "samr", hours=True).service is None
    assert running(calendar, "1d", hours=True).due_at == datetime(2026, 11, 24, 18, tzinfo=CHINA)


def test_a_deadline_ends_once(calendar: Calendar) -> None:
    clock = running(calendar)
    assert end(waiting(), state=DeadlineState.cancelled).state is DeadlineState.cancelled
    for state in (DeadlineState.waiting, DeadlineState.running):
        with pytest.raises(ValueError, match="met, missed or cancelled"):
            end(clock, state=state)
    with pytest.raises(ValueError, match="already ended"):
        end(end(clock, state=DeadlineState.missed), state=DeadlineState.met)


def test_a_suspension_with_an_end_resumes_by_itself(calendar: Calendar) -> None:
    clock = running(calendar, "60d", "samr")
    span = {"since": NINE + timedelta(days=7), "until": NINE + timedelta(days=10)}
    found = moved(suspend(clock, **span, cause=SuspensionCause.testing, now=NINE, calendar=calendar))
    assert found.due_at is not None and clock.due_at is not None and found.due_at > clock.due_at
    assert not found.paused() and next_instant(found) == found.due_at
    assert keys(resume(found, at=NINE + timedelta(days=8), calendar=calendar)) == ("not_suspended",)


def test_an_open_suspension_stands_still_until_it_is_ended(calendar: Calendar) -> None:
    clock = running(calendar, "48h")
    stopped = moved(
        suspend(
            clock,
            since=NINE + timedelta(hours=1),
            until=None,
            cause=SuspensionCause.agreed,
            now=NINE + timedelta(hours=1),
            calendar=calendar,
        )
    )
    assert stopped.paused() and next_instant(stopped) is None
    assert not is_due(stopped, now=NINE + timedelta(days=400))
    again = suspend(stopped, since=NINE, until=None, cause=SuspensionCause.other, now=NINE, calendar=calendar)
    assert keys(again) == ("already_suspended",)
    assert revise(stopped, calendar=make_calendar(())) == stopped
    assert keys(resume(stopped, at=NINE, calendar=calendar)) == ("not_suspended",)
    going = moved(resume(stopped, at=NINE + timedelta(hours=11), calendar=calendar))
    assert not going.paused() and going.due_at == NINE + timedelta(hours=58)


def test_a_refused_suspension_says_everything_at_once(calendar: Calendar) -> None:
    found = suspend(
        waiting(), since=NINE, until=NINE, cause=SuspensionCause.other, now=NINE, calendar=calendar
    )
    assert keys(found) == ("deadline_not_running", "suspension_order")


def test_an_extension_is_given_once_with_a_reason(calendar: Calendar) -> None:
    clock = running(calendar)
    longer = moved(extend(clock, by=Length(3, Unit.d), reason="等快递回单", now=NINE, calendar=calendar))
    assert longer.due_at == datetime(2026, 11, 30, tzinfo=CHINA) and longer.extended_by == Length(3, Unit.d)
    assert "等快递回单" not in json.dumps(deadline_to_json(longer), ensure_ascii=False)
    again = extend(longer, by=Length(3, Unit.d), reason=" ", now=NINE, calendar=calendar)
    assert keys(again) == ("already_extended", "reason_missing")


def test_an_extension_comes_too_late_or_not_at_all(calendar: Calendar) -> None:
    clock = running(calendar)
    assert clock.due_at is not None
    more = {"by": Length(3, Unit.d), "reason": "在路上", "calendar": calendar}
    assert keys(extend(clock, **more, now=clock.due_at)) == ("deadline_over",)  # type: ignore[arg-type]
    assert keys(extend(waiting(), **more, now=NINE)) == ("deadline_not_running",)  # type: ignore[arg-type]
    fixed = running(calendar, extendable=False)
    assert keys(extend(fixed, **more, now=NINE)) == ("not_extendable",)  # type: ignore[arg-type]


def notice_2027(*days: tuple[str, str]) -> CalendarYear:
    named = tuple(CalendarDay(date.fromisoformat(day), DayKind(kind)) for day, kind in days)
    return CalendarYear(2027, named, ("https://www.gov.cn/a-notice-for-the-test",))


def test_a_new_notice_makes_dates_firm_and_never_shorter(calendar: Calendar) -> None:
    clock = start(
        waiting("7wd", "samr"), at=datetime(2026, 12, 28, 9, tzinfo=CHINA), by="x", calendar=calendar
    )
    assert clock.provisional and clock.act_by is not None and clock.due_at is not None
    newer = make_calendar([*calendar.years, notice_2027(("2027-01-01", "holiday"))])
    fresh = revise(clock, calendar=newer)
    assert not fresh.provisional and fresh.calendar_version == newer.version
    assert fresh.nominal_end == datetime(2027, 1, 8, tzinfo=CHINA)
    assert fresh.act_by == datetime(2027, 1, 8, tzinfo=CHINA) > clock.act_by
    assert fresh.due_at == clock.due_at > fresh.nominal_end
    assert fresh.why[-1].zh.startswith("以前告诉过你的日子更晚")
    assert revise(fresh, calendar=newer) is fresh


def test_a_revision_that_changes_nothing_is_the_same_value(calendar: Calendar) -> None:
    clock = running(calendar)
    newer = make_calendar([*calendar.years, notice_2027(("2027-01-01", "holiday"))])
    assert revise(clock, calendar=newer) is clock
    assert revise(waiting(), calendar=newer) == waiting()
    ended = end(
        start(waiting("7wd"), at=NINE + timedelta(days=35), by="x", calendar=calendar),
        state=DeadlineState.missed,
    )
    assert revise(ended, calendar=newer) is ended


def test_a_day_made_up_later_does_not_bring_the_end_forward(calendar: Calendar) -> None:
    clock = start(
        waiting("7wd", "samr"), at=datetime(2026, 11, 13, 9, tzinfo=CHINA), by="x", calendar=calendar
    )
    last = calendar.years[-1]
    more = replace(last, days=(*last.days, CalendarDay(date(2026, 11, 14), DayKind.adjusted_workday)))
    fresh = revise(clock, calendar=make_calendar([*calendar.years[:-1], more]))
    assert fresh.nominal_end == datetime(2026, 11, 24, tzinfo=CHINA)
    assert (fresh.act_by, fresh.due_at) == (clock.act_by, clock.due_at)


@given(
    st.integers(2008, 2026),
    st.integers(-60, 360),
    st.sampled_from(["3d", "7d", "7wd", "15wd", "60d", "1month"]),
    st.sampled_from(["civil", "samr", "police", "platform", "civil_procedure"]),
)
def test_no_revision_ever_shortens(
    calendar: Calendar, year: int, offset: int, length: str, regime: str
) -> None:
    moment = datetime(year, 1, 1, 10, tzinfo=CHINA) + timedelta(days=offset)
    before = make_calendar(item for item in calendar.years if item.year < year)
    clock = start(waiting(length, regime), at=moment, by="x", calendar=before)
    fresh = revise(clock, calendar=calendar)
    assert clock.act_by is not None and fresh.act_by is not None and fresh.act_by >= clock.act_by
    assert clock.due_at is not None and fresh.due_at is not None and fresh.due_at >= clock.due_at
    assert (
        fresh.nominal_end is not None and fresh.nominal_end <= fresh.due_at and fresh.act_by <= fresh.due_at
    )


def test_a_promised_moment_is_kept_as_it_was_named(calendar: Calendar) -> None:
    until = NINE + timedelta(days=40)  # 2 January 2027, of which no notice is known
    clock = start_until(waiting("1h"), until=until, at=NINE, by="promise", calendar=calendar)
    assert clock.nominal_end == clock.act_by == clock.due_at == until and not clock.provisional
    assert "2027年1月2日（周六）09:30" in clock.why[0].zh
    newer = make_calendar([*calendar.years, notice_2027(("2027-01-02", "holiday"))])
    assert revise(clock, calendar=newer) is clock
    assert deadline_from_json(deadline_to_json(clock)) == clock
    with pytest.raises(ValueError, match="after the start"):
        start_until(waiting("1h"), until=NINE, at=NINE, by="promise", calendar=calendar)
    with pytest.raises(ValueError, match="already started"):
        start_until(clock, until=until, at=NINE, by="promise", calendar=calendar)


def test_a_promised_moment_can_be_suspended_and_extended(calendar: Calendar) -> None:
    until = datetime(2026, 11, 26, tzinfo=CHINA)  # the 24:00 of the 25th
    clock = start_until(waiting("1h"), until=until, at=NINE, by="promise", calendar=calendar)
    span = {"since": NINE + timedelta(hours=1), "until": NINE + timedelta(hours=25)}
    later = moved(suspend(clock, **span, cause=SuspensionCause.agreed, now=NINE, calendar=calendar))
    assert later.due_at == until + timedelta(days=1)
    by_days = moved(extend(clock, by=Length(3, Unit.d), reason="还在路上", now=NINE, calendar=calendar))
    assert by_days.due_at == datetime(2026, 11, 29, tzinfo=CHINA)
    by_hours = moved(extend(clock, by=Length(3, Unit.h), reason="还在路上", now=NINE, calendar=calendar))
    assert by_hours.due_at == until + timedelta(hours=3)


def test_a_deadline_survives_being_written(calendar: Calendar) -> None:
    first = running(calendar, "5d", "civil", hours=True)
    extended = moved(extend(first, by=Length(2, Unit.wd), reason="有理由", now=NINE, calendar=calendar))
    stopped = moved(
        suspend(extended, since=NINE, until=None, cause=SuspensionCause.transit, now=NINE, calendar=calendar)
    )
    for clock in (waiting(), first, extended, stopped, replace(first, text=Text("请答复", "Please answer"))):
        assert deadline_from_json(json.loads(json.dumps(deadline_to_json(clock)))) == clock
        assert msgspec.convert(msgspec.to_builtins(clock), Deadline) == clock
        assert msgspec.json.decode(msgspec.json.encode(clock), type=Deadline) == clock
