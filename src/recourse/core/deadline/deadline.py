# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Deadline 期限: an act, who owes it, its basis, its dates and what happens when it is missed.

The value carries every computed date, so that a case can be replayed without a calendar. What moves a deadline
(start, suspension, extension, revision) is a function that returns a new value; a date once announced never moves
earlier.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from recourse.core.calendar import Calendar
from recourse.core.deadline.compute import compute, compute_until
from recourse.core.deadline.length import Length, Unit
from recourse.core.deadline.regime import RULES, Regime
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Suspension, SuspensionCause
from recourse.core.playbook.types import Basis, DeadlineSpec
from recourse.core.problem import Problem, Problems, gather
from recourse.core.text import Text
from recourse.core.values import replace
from recourse.core.vocabulary import OnMiss, Party, StartsWhen


class DeadlineState(StrEnum):
    """Where a deadline is. `waiting` has no dates yet; the last three are final."""

    waiting = "waiting"
    running = "running"
    met = "met"
    missed = "missed"
    cancelled = "cancelled"


def of_a_filing(scope: str) -> bool:
    """Whether a scope is an outside filing's: its clocks are the complainant's own business."""
    return scope.startswith("filing:")


@dataclass(frozen=True)  # no slots: copied for every event, see `values.replace`
class Deadline:
    """One clock of a case. Dates are exclusive ends in China time and None until it starts."""

    id: str
    scope: str  # "case", "rung:negotiate", "filing:f1", "remedy:r1", "offer:o1", "request:q1"
    act: str
    who: Party
    starts_when: StartsWhen
    length: int
    unit: Unit
    regime: Regime
    basis: Basis
    on_miss: OnMiss
    text: Text | None = None
    service: ServiceHours | None = None
    extendable: bool = False
    soft: bool = False
    state: DeadlineState = DeadlineState.waiting
    started_at: datetime | None = None
    started_by: str = ""  # what started it, such as the id of an event or an offer
    until: datetime | None = (
        None  # a moment that someone named, such as a promise; then `length` is not counted
    )
    nominal_end: datetime | None = None
    act_by: datetime | None = None
    due_at: datetime | None = None
    counted: tuple[str, ...] = ()
    calendar_version: str = ""
    provisional: bool = False
    suspensions: tuple[Suspension, ...] = ()
    extended_by: Length | None = None
    why: tuple[Text, ...] = ()

    def period(self) -> Length:
        """The length as one value."""
        return Length(self.length, self.unit)

    def paused(self) -> bool:
        """Whether the clock stands still with no stated end: its dates are not valid until it resumes."""
        return any(item.until is None for item in self.suspensions)


def listed(
    spec: DeadlineSpec, *, id: str, scope: str, length: Length, service: ServiceHours | None = None
) -> Deadline:
    """A deadline that has not started, from a playbook's spec; `length` is the spec's length, already parsed.

    Service hours are kept only where the spec asks for them and the regime knows close of business.
    """
    regime = Regime(spec.regime)
    return Deadline(
        id=id,
        scope=scope,
        act=spec.act,
        who=spec.who,
        starts_when=spec.starts_when,
        length=length.n,
        unit=length.unit,
        regime=regime,
        basis=spec.basis,
        on_miss=spec.on_miss,
        text=spec.text,
        service=service if spec.service_hours and RULES[regime].closes else None,
        extendable=spec.extendable,
        soft=spec.soft,
    )


def start(deadline: Deadline, *, at: datetime, by: str, calendar: Calendar) -> Deadline:
    """Start the clock at a moment. Raises ValueError unless it is waiting: starting twice would move a right."""
    if deadline.state is not DeadlineState.waiting:
        raise ValueError(f"deadline {deadline.id} has already started")
    begun = replace(deadline, state=DeadlineState.running, started_at=at, started_by=by)
    return _counted(begun, calendar=calendar)


def start_until(
    deadline: Deadline, *, until: datetime, at: datetime, by: str, calendar: Calendar
) -> Deadline:
    """Start the clock towards a moment that someone named, such as a promise. No calendar moves such a moment.

    Raises ValueError unless the deadline is waiting and the moment lies after the start.
    """
    if deadline.state is not DeadlineState.waiting:
        raise ValueError(f"deadline {deadline.id} has already started")
    if until <= at:
        raise ValueError("a named moment lies after the start")
    begun = replace(deadline, state=DeadlineState.running, started_at=at, started_by=by, until=until)
    return _counted(begun, calendar=calendar)


def is_due(deadline: Deadline, *, now: datetime) -> bool:
    """Whether silence counts: the latest reading has passed and the clock does not stand still."""
    due = next_instant(deadline)
    return due is not None and now >= due


def next_instant(deadline: Deadline) -> datetime | None:
    """When the engine must look at it next, or None while it waits, stands still or has ended."""
    return deadline.due_at if deadline.state is DeadlineState.running and not deadline.paused() else None


def end(deadline: Deadline, *, state: DeadlineState) -> Deadline:
    """Met, missed or cancelled. Raises ValueError for a state that is not final, or when it has ended already."""
    if state in (DeadlineState.waiting, DeadlineState.running):
        raise ValueError("a deadline ends met, missed or cancelled")
    if deadline.state not in (DeadlineState.waiting, DeadlineState.running):
        raise ValueError(f"deadline {deadline.id} has already ended")
    return replace(deadline, state=state)


def suspend(
    deadline: Deadline,
    *,
    since: datetime,
    until: datetime | None,
    cause: SuspensionCause,
    now: datetime,
    calendar: Calendar,
) -> Deadline | Problems:
    """Leave a span out of the count. With `until` the clock resumes by itself and the new dates stand at once."""
    found = [*_not_running(deadline, now=now)]
    if until is not None and until <= since:
        found.append(
            _problem(
                "suspension_order",
                "until",
                "恢复的时间要晚于中止的时间。",
                "It must resume after it stops.",
                "请改恢复时间。",
                "Change the end.",
            )
        )
    if deadline.paused():
        found.append(
            _problem(
                "already_suspended",
                "",
                "计时已经中止。",
                "The clock already stands still.",
                "先恢复计时。",
                "Resume it first.",
            )
        )
    refusal = gather(found)
    if refusal:
        return refusal
    span = Suspension(since, until, cause)
    stopped = replace(deadline, suspensions=(*deadline.suspensions, span))
    return stopped if until is None else _counted(stopped, calendar=calendar)


def resume(deadline: Deadline, *, at: datetime, calendar: Calendar) -> Deadline | Problems:
    """End a suspension that had no stated end; one that has an end resumes by itself and stays as announced."""
    open_one = next((item for item in deadline.suspensions if item.until is None), None)
    if open_one is None or at <= open_one.since:
        return Problems(
            (
                _problem(
                    "not_suspended",
                    "",
                    "这个期限现在没有等待恢复的中止。",
                    "No suspension of this deadline is waiting to be ended.",
                    "写明了恢复时间的中止会自己恢复，不用操作。",
                    "A suspension with a stated end resumes by itself.",
                ),
            )
        )
    closed = tuple(replace(item, until=at) if item is open_one else item for item in deadline.suspensions)
    return _counted(replace(deadline, suspensions=closed), calendar=calendar)


def extend(
    deadline: Deadline, *, by: Length, reason: str, now: datetime, calendar: Calendar
) -> Deadline | Problems:
    """Give more time, once, with a reason, while the clock runs. The time is added to where the period ends.

    The reason's words belong to the event, as they may be personal; here it only has to be there.
    """
    found = [*_not_running(deadline, now=now)]
    if not deadline.extendable:
        found.append(
            _problem(
                "not_extendable",
                "",
                "这个期限不能延长。",
                "This deadline cannot be extended.",
                "请在期限内办。",
                "Act within it.",
            )
        )
    if deadline.extended_by is not None:
        found.append(
            _problem(
                "already_extended",
                "",
                "已经延长过一次。",
                "It was already extended once.",
                "请在延长后的期限内办。",
                "Act within the extended time.",
            )
        )
    if not reason.strip():
        found.append(
            _problem(
                "reason_missing",
                "reason",
                "延长要写明理由。",
                "An extension needs a reason.",
                "请写一句为什么。",
                "Say why in one sentence.",
            )
        )
    refusal = gather(found)
    if refusal:
        return refusal
    return _counted(replace(deadline, extended_by=by), calendar=calendar)


def revise(deadline: Deadline, *, calendar: Calendar) -> Deadline:
    """Recount with a newer calendar; the very same value when no date and no doubt changes.

    Neither `act_by` nor `due_at` moves earlier than was announced. A clock that stands still is recounted when it
    resumes, one that has ended keeps the dates it ended with.
    """
    if deadline.state is not DeadlineState.running or deadline.paused():
        return deadline
    if deadline.until is not None or deadline.calendar_version == calendar.version:
        return deadline
    fresh = _counted(deadline, calendar=calendar)
    kept = replace(fresh, calendar_version=deadline.calendar_version, why=deadline.why)
    return deadline if kept == deadline else fresh


def _counted(deadline: Deadline, *, calendar: Calendar) -> Deadline:
    """The dates of a started deadline, none earlier than the announced ones."""
    if deadline.started_at is None:
        raise ValueError(f"deadline {deadline.id} has not started")
    if deadline.until is not None:
        found = compute_until(
            deadline.started_at,
            until=deadline.until,
            regime=deadline.regime,
            calendar=calendar,
            suspensions=deadline.suspensions,
            extension=deadline.extended_by,
        )
    else:
        found = compute(
            deadline.started_at,
            length=deadline.period(),
            regime=deadline.regime,
            calendar=calendar,
            service=deadline.service,
            suspensions=deadline.suspensions,
            extension=deadline.extended_by,
        )
    act_by, due_at = _later(deadline.act_by, found.act_by), _later(deadline.due_at, found.due_at)
    why = found.steps
    if (act_by, due_at) != (found.act_by, found.due_at):
        why = (*why, _KEPT)
    return replace(
        deadline,
        started_at=found.start,
        nominal_end=found.nominal_end,
        act_by=act_by,
        due_at=due_at,
        counted=found.counted,
        calendar_version=found.calendar_version,
        provisional=found.provisional,
        why=why,
    )


_KEPT = Text(
    "以前告诉过你的日子更晚，按以前的算，不缩短。",
    "You were told a later date before; that date stands and is not shortened.",
)


def _later(announced: datetime | None, found: datetime) -> datetime:
    return found if announced is None or announced <= found else announced


def _not_running(deadline: Deadline, *, now: datetime) -> list[Problem]:
    if deadline.state is not DeadlineState.running:
        return [
            _problem(
                "deadline_not_running",
                "",
                "这个期限没有在计时。",
                "This deadline is not running.",
                "请刷新后再看。",
                "Reload and look again.",
            )
        ]
    if is_due(deadline, now=now):
        return [
            _problem(
                "deadline_over",
                "",
                "这个期限已经到期。",
                "This deadline has passed.",
                "请看下一步。",
                "See the next step.",
            )
        ]
    return []


def _problem(key: str, field: str, zh: str, en: str, do_zh: str, do_en: str) -> Problem:
    return Problem(key, field, Text(zh, en), Text(do_zh, do_en))
