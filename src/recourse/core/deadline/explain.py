# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of a date for a reader: 为什么是这天？ One sentence a step, each with its article."""

from datetime import date, datetime

from recourse.core.calendar import Calendar, DayKind, is_weekday
from recourse.core.deadline.display import show_day, show_end, show_moment
from recourse.core.deadline.length import Length, Unit
from recourse.core.deadline.reckon import Leg
from recourse.core.deadline.regime import HourStart, RegimeRule
from recourse.core.deadline.service import ServiceHours
from recourse.core.text import Text

_NAMED_AT_MOST = 6  # days spelled out in one sentence before it is cut short


def explain(
    start: datetime,
    *,
    length: Length,
    rule: RegimeRule,
    calendar: Calendar,
    service: ServiceHours | None,
    spans: tuple[tuple[datetime, datetime], ...],
    tested: bool,
    extension: Length | None,
    plain: Leg,
    first: Leg,
    ends: tuple[datetime, datetime, datetime],
    provisional: bool,
) -> tuple[Text, ...]:
    """The steps from start to the three dates. `ends` are act_by, nominal_end and due_at."""
    act_by, nominal, due_at = ends
    near = start.year
    steps = [_start(start, length=length, rule=rule)]
    if length.unit is Unit.wd:
        steps += _passed_over(start, plain=plain, calendar=calendar)
    elif length.unit is Unit.h and rule.hours is not HourStart.instant:
        steps.append(Text("小时数不因休息日顺延。", "Hours do not move for days of rest."))
    steps += _moved(spans, first=first, extension=extension, near=near)
    if tested and rule.testing is not None:
        steps.append(Text(f"{rule.testing.zh}。", f"{rule.testing.en}.").capitalised())
    n = show_end(nominal, near=near)
    steps.append(Text(f"算到{n.zh}。", f"The count ends {n.en}."))
    if due_at > nominal:
        steps.append(
            _later(
                nominal,
                due_at,
                near=near,
                last=plain.last,
                rule=rule,
                length=length,
                service=service,
                calendar=calendar,
            )
        )
    if service is not None:
        steps.append(_service(service, unit=length.unit))
    if provisional:
        steps.append(_not_published(calendar))
    if act_by < due_at:
        a, d = show_end(act_by, near=near), show_end(due_at, near=near)
        steps.append(
            Text(
                f"稳妥起见，请在{a.zh}前办；过了{d.zh}才算到期。",
                f"To be safe, act before {a.en}; the time is over only after {d.en}.",
            )
        )
    return tuple(steps)


def _moved(
    spans: tuple[tuple[datetime, datetime], ...], *, first: Leg, extension: Length | None, near: int
) -> list[Text]:
    """The times left out and the time added."""
    steps = []
    for since, until in spans:
        a, b = show_moment(since, near=near), show_end(until, near=near)
        steps.append(
            Text(
                f"{a.zh}到{b.zh}中止，不计入。",
                f"From {a.en} to {b.en} the clock stood still; that time is not counted.",
            )
        )
    if extension is not None:
        e, f = extension.text(), show_end(first.end, near=near)
        steps.append(
            Text(f"原来到{f.zh}，延长{e.zh}。", f"First it ran to {f.en}; it was extended by {e.en}.")
        )
    return steps


def _start(start: datetime, *, length: Length, rule: RegimeRule) -> Text:
    s, n = show_moment(start), length.text()
    if length.unit is Unit.h:
        return Text(
            f"{s.zh}起{n.zh}（{rule.hour_basis.zh}）。",
            f"{n.en} from {s.en} ({rule.hour_basis.en}).",
        )
    return Text(
        f"{s.zh}起{n.zh}，当天不计入（{rule.start_basis.zh}）。",
        f"{n.en} from {s.en}; that day itself is not counted ({rule.start_basis.en}).",
    )


def _passed_over(start: datetime, *, plain: Leg, calendar: Calendar) -> list[Text]:
    """Name what made this count special: holidays skipped on weekdays and weekend days worked instead."""
    off, made_up = [], []
    for ordinal in range(start.toordinal() + 1, plain.last + 1):
        kind = calendar.kind_of(ordinal)
        if kind is None:
            continue
        if kind is DayKind.holiday and is_weekday(ordinal):
            off.append(ordinal)
        elif kind is DayKind.adjusted_workday and not is_weekday(ordinal):
            made_up.append(ordinal)
    steps = []
    if made_up:
        days = _list(made_up, near=start.year)
        steps.append(Text(f"{days.zh}调休上班，算工作日。", f"{days.en}: make-up working day, counted."))
    if off:
        days = _list(off, near=start.year)
        steps.append(Text(f"{days.zh}放假，跳过。", f"{days.en}: public holiday, passed over."))
    return steps


def _list(ordinals: list[int], *, near: int) -> Text:
    shown = [show_day(date.fromordinal(item).isoformat(), near=near) for item in ordinals[:_NAMED_AT_MOST]]
    more = len(ordinals) - len(shown)
    return Text(
        "、".join(item.zh for item in shown) + (f"等{len(ordinals)}天" if more else ""),
        ", ".join(item.en for item in shown) + (f" and {more} more" if more else ""),
    )


def _later(
    nominal: datetime,
    due_at: datetime,
    *,
    near: int,
    last: int,
    rule: RegimeRule,
    length: Length,
    service: ServiceHours | None,
    calendar: Calendar,
) -> Text:
    """Why the latest reading ends after the plain count."""
    d = show_end(due_at, near=near)
    if length.unit is Unit.h:
        if service is None:
            return Text(
                f"按从下一个整点起算的读法，到{d.zh}。", f"Counted from the next full hour, it ends {d.en}."
            )
        return Text(f"不在服务时间的，顺延到{d.zh}。", f"Outside service hours it moves to {d.en}.")
    day = date.fromordinal(last)
    shown = show_day(day.isoformat(), near=near)
    if length.unit is Unit.wd or not calendar.settled(day):
        return Text(f"遇上放假，最晚会到{d.zh}。", f"With holidays in between it can end as late as {d.en}.")
    if calendar.is_workday(day):
        return Text(f"按最晚的读法，到{d.zh}。", f"On the latest reading it ends {d.en}.")
    if not rule.rolls:
        return Text(
            f"{shown.zh}没有服务，顺延到{d.zh}。", f"There is no service on {shown.en}; it moves to {d.en}."
        )
    basis = rule.roll_basis
    if rule.weekend_doubt is not None and not calendar.is_statutory_holiday_block(day):
        basis = rule.weekend_doubt
    return Text(
        f"{shown.zh}是休息日，顺延到{d.zh}（{basis.zh}）。",
        f"{shown.en} is a day of rest; the end moves to {d.en} ({basis.en}).",
    )


def _service(service: ServiceHours, *, unit: Unit) -> Text:
    span = f"{service.opens:%H:%M}–{service.closes:%H:%M}"
    zh = f"服务时间{span}{'' if service.every_day else '（工作日）'}"
    en = f"Service hours {span}{'' if service.every_day else ' on working days'}"
    if unit is Unit.h:
        return Text(f"{zh}。", f"{en}.")
    return Text(
        f"{zh}，到停止业务的时间截止（民法典第203条第2款）。",
        f"{en}; the day ends at close of business (Civil Code art. 203(2)).",
    )


def _not_published(calendar: Calendar) -> Text:
    if not calendar.years:
        return Text(
            "手头没有放假安排，日期是暂定的。", "No holiday notice is at hand; the dates are provisional."
        )
    last = calendar.years[-1].year
    return Text(
        f"算到了放假安排还没有公布的日子（已公布到{last}年），日期是暂定的：公布后重算，已经告诉你的日子不会缩短。",
        f"The count reaches days whose holiday notice is not out yet (published up to {last}); the dates are "
        "provisional. They are recounted once it is out, and never become shorter than what you were told.",
    )
