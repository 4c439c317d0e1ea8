# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Clocks are moved: more time is given, a span is left out of the count, a newer calendar is read."""

from collections.abc import Iterable
from datetime import timedelta

from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline, DeadlineState, extend, of_a_filing, revise, suspend
from recourse.core.deadline.length import Unit, parse_length
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.problem import Problem, Problems, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import OnMiss, Party

# More time is given once, and a month of it is the most: nobody is put off for ever.
EXTENSION_HOURS_MAX = 31 * 24
_HOURS = {Unit.h: 1, Unit.d: 24, Unit.wd: 34, Unit.month: 31 * 24, Unit.year: 366 * 24}
SUSPENSION_MAX = timedelta(days=90)


def givable(case: Case, *, side: Party) -> tuple[Deadline, ...]:
    """The other side's running clocks that this side may lengthen once."""
    return tuple(
        item
        for item in case.deadlines
        if item.state is DeadlineState.running
        and item.extendable
        and item.extended_by is None
        and not any(_not_theirs_to_give(side, item))
    )


def _find(draft: Draft, id: str) -> Deadline | None:
    return next((item for item in draft.case.deadlines if item.id == id), None)


def _no_deadline() -> Problems:
    return refuse(
        "deadline_unknown",
        zh="没有这个期限。",
        en="There is no such deadline.",
        do_zh="请刷新页面再看。",
        do_en="Reload the page and look again.",
        field="deadline",
    )


def extend_deadline(draft: Draft, command: c.ExtendDeadline) -> Problems | None:
    """Give more time, once. The parties may give it to the other side only; the operator tells why to both."""
    deadline = _find(draft, command.deadline)
    if deadline is None:
        return _no_deadline()
    found: list[Problem] = []
    if draft.side is not Party.operator:
        found.extend(_not_theirs_to_give(draft.side, deadline))
    length = parse_length(command.length)
    if isinstance(length, Problems):
        found.extend(length.items)
        return Problems(tuple(found))
    if length.n * _HOURS[length.unit] > EXTENSION_HOURS_MAX:
        found.append(
            Problem(
                "extension_too_long",
                "length",
                Text("最多再给一个月。", "At most one month more can be given."),
                Text("请改短一些。", "Give a shorter time."),
            )
        )
    moved = extend(
        deadline,
        by=length,
        reason=command.reason,
        now=draft.now,
        calendar=draft.calendar,
    )
    if isinstance(moved, Problems):
        found.extend(moved.items)
        return Problems(tuple(found))
    if found:
        return Problems(tuple(found))
    draft.add(e.DeadlineMoved(deadline=moved, why="extended", by=draft.side, reason=command.reason))
    return None


def _not_theirs_to_give(side: Party, deadline: Deadline) -> Iterable[Problem]:
    """A party may give time to the other party: not to itself, and not on behalf of whoever decides."""
    if deadline.who is side:
        yield Problem(
            "own_deadline",
            "deadline",
            Text("自己的期限不能自己延长。", "Nobody extends their own deadline."),
            Text("请对方或平台同意延长。", "Ask the other side or the platform for more time."),
        )
    elif deadline.who not in {Party.complainant, Party.respondent}:
        yield Problem(
            "not_your_deadline",
            "deadline",
            Text("这个期限不归你延长。", "This deadline is not yours to extend."),
            Text("只能给对方延长。", "You can give more time to the other side only."),
        )
    elif side is Party.respondent and deadline.on_miss is not OnMiss.lapse:
        # More time is a favour: it must not keep a complaint from moving up against whoever gives it.
        yield Problem(
            "delays_the_complaint",
            "deadline",
            Text("延长这个期限会拖慢投诉。", "More time here would hold the complaint up."),
            Text("由对方自己决定什么时候走下一步。", "The other side decides when to go on."),
        )


def causes(deadline: Deadline) -> tuple[SuspensionCause, ...]:
    """Why this clock may stand still: a body that has not yet said whether it takes the matter tests nothing."""
    return tuple(
        item
        for item in SuspensionCause
        if item is not SuspensionCause.testing
        or not (of_a_filing(deadline.scope) and deadline.act == "accept")
    )


def suspendable(case: Case, *, side: Party) -> tuple[Deadline, ...]:
    """The running clocks that this side may leave a span out of."""
    return tuple(
        item
        for item in case.deadlines
        if item.state is DeadlineState.running and not item.paused() and not _not_theirs_to_stop(side, item)
    )


def _not_theirs_to_stop(side: Party, deadline: Deadline) -> list[Problem]:
    """What an outside body says of its own time, the complainant is told; clocks that run here the operator stops."""
    if side is Party.operator or of_a_filing(deadline.scope):
        return []
    return [
        Problem(
            "not_yours_to_suspend",
            "deadline",
            Text("这里的期限要由平台暂停。", "Clocks that run here are suspended by the platform."),
            Text("把情况告诉经办人。", "Tell the agent in charge what has come up."),
        )
    ]


def suspend_deadline(draft: Draft, command: c.SuspendDeadline) -> Problems | None:
    """Leave a span out of the count, until a stated moment; the clock then goes on by itself."""
    deadline = _find(draft, command.deadline)
    if deadline is None:
        return _no_deadline()
    found = [*_not_theirs_to_stop(draft.side, deadline), *_bad_suspension(draft, command, deadline)]
    if found:
        return Problems(tuple(found))
    moved = suspend(
        deadline,
        since=draft.now,
        until=command.until,
        cause=command.cause,
        now=draft.now,
        calendar=draft.calendar,
    )
    if isinstance(moved, Problems):
        return moved
    draft.add(e.DeadlineMoved(deadline=moved, why="suspended", by=draft.side, reason=command.reason))
    return None


def _bad_suspension(draft: Draft, command: c.SuspendDeadline, deadline: Deadline) -> Iterable[Problem]:
    if command.cause not in causes(deadline):
        yield Problem(
            "testing_comes_later",
            "cause",
            Text("受理之后才会送检。", "Testing comes after admission."),
            Text("先记下受理；别的原因请选“其他”。", "Record the admission first; else choose “other”."),
        )
    if command.cause is not SuspensionCause.testing and not command.reason.strip():
        yield Problem(
            "reason_missing",
            "reason",
            Text("中止要写明理由。", "A suspension needs a reason."),
            Text("请写一句为什么。", "Say why in one sentence."),
        )
    if command.until > draft.now + SUSPENSION_MAX:
        yield Problem(
            "suspension_too_long",
            "until",
            Text(
                f"一次最多中止{SUSPENSION_MAX.days}天。",
                f"One suspension lasts {SUSPENSION_MAX.days} days at most.",
            ),
            Text(
                "请改早一些；到时还没好，可以再中止一次。",
                "Name an earlier moment; if it takes longer, suspend again then.",
            ),
        )


def revise_deadlines(draft: Draft, command: c.ReviseDeadlines) -> Problems | None:
    """A newer calendar is here: recount every running clock. No date announced before moves earlier."""
    for deadline in draft.case.deadlines:
        moved = revise(deadline, calendar=command.calendar)
        if moved != deadline:
            draft.add(e.DeadlineMoved(deadline=moved, why="revised", by=Party.operator, reason=""))
    return None
