# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Performance: remedies are ordered, carried out step by step, confirmed or disputed (ISO 10003, implementation)."""

from collections.abc import Iterable

from recourse.core.case import clocks, ladder
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft, ladder_of
from recourse.core.case.proof import unknown_exhibits
from recourse.core.case.terms import paid_fen
from recourse.core.claim import Term
from recourse.core.problem import Problems, refuse
from recourse.core.remedy import HOLDING_STATES, OPEN_STATES, Remedy, Step
from recourse.core.vocabulary import (
    OnMiss,
    Outcome,
    Party,
    RemedyKind,
    RemedyState,
    Stage,
    StartsWhen,
    entitlement_group,
)


def order(draft: Draft, terms: tuple[Term, ...], *, basis: str) -> None:
    """Order what was agreed or decided. A value that is given already, here or in another case, is not given twice."""
    for term in terms:
        if _given_already(draft, term):
            group = entitlement_group(term.kind)
            draft.add(e.RemedyBarred(kind=term.kind, group=group, at=draft.now))
        else:
            remedy = _remedy(draft, term, basis)
            draft.add(e.RemedyOrdered(remedy=remedy, at=draft.now))
            _clock_next_step(draft, remedy)
    if not draft.case.open_remedies:
        _close(draft, "remedied_elsewhere" if terms else "nothing_granted")


def _held(draft: Draft, group: str) -> list[Remedy]:
    return [r for r in draft.case.remedies if r.group == group and r.state in HOLDING_STATES]


def _is_part(draft: Draft, term: Term) -> bool:
    """Whether this gives back a part of what was paid, so that another part may follow."""
    paid = paid_fen(draft)
    if term.kind is not RemedyKind.refund or term.amount_fen is None or paid is None:
        return False
    return term.amount_fen < paid or bool(_held(draft, entitlement_group(term.kind)))


def _given_already(draft: Draft, term: Term) -> bool:
    group = entitlement_group(term.kind)
    if draft.facts.locked.get(group, draft.case.number) != draft.case.number:
        return True
    held = _held(draft, group)
    if not held:
        return False
    if not _is_part(draft, term) or any(r.state in OPEN_STATES or not r.part for r in held):
        return True
    total = sum(r.amount_fen or 0 for r in held) + (term.amount_fen or 0)
    return total > (paid_fen(draft) or 0)


def _remedy(draft: Draft, term: Term, basis: str) -> Remedy:
    spec = draft.agreed_remedy(term.kind)
    steps = tuple(
        Step(
            act=item.act,
            who=item.who,
            text=item.text,
            length=(term.within or item.length) if item.who is Party.respondent else item.length,
            regime=item.regime,
        )
        for item in spec.steps
    )
    number = len(draft.case.remedies) + 1
    return Remedy(
        id=f"r{number}",
        kind=term.kind,
        amount_fen=term.amount_fen,
        points=term.points,
        steps=steps,
        state=RemedyState.ordered,
        basis=basis,
        part=number if _is_part(draft, term) else 0,
    )


def _clock_next_step(draft: Draft, remedy: Remedy) -> None:
    """Start the clock of the remedy's next step, or of its confirmation when every step is done."""
    spec = draft.agreed_remedy(remedy.kind)
    index = remedy.next_step()
    if index is None:
        stated = draft.case_clock("confirm")
        clocks.start_new(
            draft,
            act="confirm",
            who=Party.complainant,
            length=spec.confirm_within,
            basis=stated.basis if stated is not None else None,
            on_miss=OnMiss.lapse,
            starts_when=StartsWhen.performed,
            scope=f"remedy:{remedy.id}",
        )
        return
    step = remedy.steps[index]
    clocks.start_new(
        draft,
        act=step.act,
        who=step.who,
        length=step.length,
        regime=step.regime,
        basis=spec.steps[index].basis,
        text=step.text,
        on_miss=OnMiss.escalate if step.who is not Party.complainant else OnMiss.lapse,
        starts_when=StartsWhen.ordered if index == 0 else StartsWhen.step_done,
        scope=f"remedy:{remedy.id}",
    )


def _find(draft: Draft, id: str) -> Remedy | None:
    return next((remedy for remedy in draft.case.remedies if remedy.id == id), None)


def _no_remedy() -> Problems:
    return refuse(
        "remedy_unknown",
        zh="没有这一项，或它已经不能这样操作。",
        en="There is no such remedy, or it can no longer be changed this way.",
        do_zh="请刷新页面再看。",
        do_en="Reload the page and look again.",
        field="remedy",
    )


def perform_step(draft: Draft, command: c.PerformStep) -> Problems | None:
    """Report the next step done. Steps go in order, each by whoever must do it."""
    remedy = _find(draft, command.remedy)
    if remedy is None or remedy.state not in {
        RemedyState.ordered,
        RemedyState.performing,
    }:
        return _no_remedy()
    index = remedy.next_step()
    if index != command.index:
        return refuse(
            "step_out_of_order",
            zh="要按顺序来，这一步还没到或已经做过。",
            en="Steps go in order: this one is not due yet or already done.",
            do_zh="请刷新页面，做标出的那一步。",
            do_en="Reload the page and do the step that is marked.",
            field="index",
        )
    if draft.side is not Party.operator and draft.side is not remedy.steps[index].who:
        return refuse(
            "not_your_step",
            zh="这一步要由对方来做。",
            en="This step is the other side's.",
            do_zh="等对方完成；到期没做会自动往下走。",
            do_en="Wait for them; if the date passes the case moves on by itself.",
        )
    if not command.note.strip() and not command.exhibits:
        return refuse(
            "proof_missing",
            zh="请写一句凭证（如快递单号、退款流水号），或上传截图。",
            en="Give a proof: a tracking or refund number, or a picture.",
            do_zh="填好再提交。",
            do_en="Fill it in and send again.",
            field="note",
        )
    refused = unknown_exhibits(draft, command.exhibits)
    if refused is not None:
        return refused
    clocks.close_scope(draft, f"remedy:{remedy.id}", met=True)
    draft.add(
        e.StepPerformed(
            remedy=remedy.id,
            index=command.index,
            note=command.note,
            exhibits=command.exhibits,
            at=draft.now,
        )
    )
    after = _find(draft, remedy.id)
    assert after is not None
    _clock_next_step(draft, after)
    return None


def confirm_remedy(draft: Draft, command: c.ConfirmRemedy) -> Problems | None:
    """Received, and right: that counts even where nobody reported it done, or after the remedy fell silent."""
    remedy = _find(draft, command.remedy)
    if remedy is None or remedy.state not in OPEN_STATES | {RemedyState.silent}:
        return _no_remedy()
    clocks.close_scope(draft, f"remedy:{remedy.id}", met=True)
    draft.add(e.RemedyConfirmed(remedy=remedy.id, at=draft.now))
    close_if_nothing_open(draft)
    return None


def dispute_remedy(draft: Draft, command: c.DisputeRemedy) -> Problems | None:
    """Not received, or not right: the remedy is disputed, the case is open again and a person looks."""
    remedy = _find(draft, command.remedy)
    if remedy is None or remedy.state not in {
        RemedyState.performing,
        RemedyState.performed,
        RemedyState.silent,
    }:
        return _no_remedy()
    if command.reason not in {"not_received", "wrong_thing"}:
        return refuse(
            "reason_unknown",
            zh="请选“没收到”或“东西不对”。",
            en="Choose “not received” or “not right”.",
            do_zh="选好再提交。",
            do_en="Choose and send again.",
            field="reason",
        )
    if remedy.state is RemedyState.performing and not _something_came(remedy, command.reason):
        return refuse(
            "still_in_time",
            zh="对方还在期限内，这一步还没到期。",
            en="The other side is still within its time for the next step.",
            do_zh="到期没做会自动往下走，你不用操作。",
            do_en="If the date passes the case moves on by itself.",
            field="reason",
        )
    clocks.close_scope(draft, f"remedy:{remedy.id}", met=True)
    draft.add(e.RemedyDisputed(remedy=remedy.id, reason=command.reason, text=command.text, at=draft.now))
    if draft.case.stage in {Stage.implementing, Stage.closed}:
        draft.add(e.CaseReopened(because=command.reason, reason=command.text, at=draft.now))
        to_review(draft, why="disputed")
    return None


def _something_came(remedy: Remedy, reason: str) -> bool:
    """Half way only the wrong thing can be disputed: what is not due yet cannot be missing yet."""
    return reason == "wrong_thing" and any(
        step.done_at is not None and step.who is not Party.complainant for step in remedy.steps
    )


def to_review(draft: Draft, *, why: str) -> None:
    """Back to a person: the operator's first rung of review or decision, else up the ladder, else where it stood."""
    for spec in ladder_of(draft):
        if spec.stage in {Stage.reviewing, Stage.adjudicating} and ladder.operated(draft, spec):
            ladder.enter(draft, spec, why=why)
            return
    here = draft.rung(draft.case.rung) if draft.case.rung is not None else None
    if not ladder.climb(draft, why=why) and here is not None:
        ladder.enter(draft, here, why=why)


def fell_silent(draft: Draft, remedy_id: str) -> None:
    """Nobody confirmed in time. The file closes once nothing is open, and this is not counted as resolved."""
    draft.add(e.RemedyFellSilent(remedy=remedy_id, at=draft.now))
    close_if_nothing_open(draft)


def close_if_nothing_open(draft: Draft) -> None:
    """Close the file once no remedy binds anybody any more, unless the case has gone on elsewhere meanwhile."""
    if draft.case.open_remedies or draft.case.stage is not Stage.implementing:
        return
    states = {state for _, state in _latest(draft)}
    if states & {RemedyState.broken, RemedyState.disputed}:
        ladder.close(draft, Outcome.expired, because="ladder_ended")
    else:
        _close(draft, "not_confirmed" if RemedyState.silent in states else "remedies_confirmed")


def _latest(draft: Draft) -> Iterable[tuple[str, RemedyState]]:
    """What became of each value in the end: a broken remedy may have been made good by a later one."""
    return {remedy.group: remedy.state for remedy in draft.case.remedies}.items()


def broken(draft: Draft, remedy_id: str) -> None:
    """Whoever had to perform did not: the entitlement is free again and the case moves up.

    Other remedies of the case stay owed, and their clocks go on.
    """
    clocks.close_scope(draft, f"remedy:{remedy_id}", met=False)
    draft.add(e.RemedyBroken(remedy=remedy_id, at=draft.now))
    if draft.case.stage is not Stage.implementing:
        return
    if not draft.case.open_remedies:
        ladder.go_on(draft, why="remedy_broken")
    else:
        ladder.climb(draft, why="remedy_broken")


def _close(draft: Draft, because: str) -> None:
    ladder.close(
        draft,
        Outcome.settled if draft.case.settled_at is not None else Outcome.decided,
        because=because,
    )
