# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Performance: remedies are ordered, carried out step by step, confirmed or disputed (ISO 10003, implementation)."""

from recourse.core.case import clocks, ladder
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft, ladder_of
from recourse.core.claim import Term
from recourse.core.problem import Problems, refuse
from recourse.core.remedy import Remedy, Step
from recourse.core.vocabulary import (
    OnMiss,
    Outcome,
    Party,
    RemedyState,
    Stage,
    StartsWhen,
    entitlement_group,
)


def order(draft: Draft, terms: tuple[Term, ...], *, basis: str) -> None:
    """Order what was agreed or decided. A value that another case is already giving is barred, never given twice."""
    for term in terms:
        group = entitlement_group(term.kind)
        if group in draft.facts.locked:
            draft.add(e.RemedyBarred(kind=term.kind, group=group, at=draft.now))
            continue
        remedy = _remedy(draft, term, basis)
        draft.add(e.RemedyOrdered(remedy=remedy, at=draft.now))
        _clock_next_step(draft, remedy)
    if not draft.case.open_remedies:
        _close(draft, "remedied_elsewhere" if terms else "nothing_granted")


def _remedy(draft: Draft, term: Term, basis: str) -> Remedy:
    spec = draft.remedy(term.kind)
    assert spec is not None, "terms are checked against the playbook before they are ordered"
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
    return Remedy(
        id=f"r{len(draft.case.remedies) + 1}",
        kind=term.kind,
        amount_fen=term.amount_fen,
        steps=steps,
        state=RemedyState.ordered,
        basis=basis,
    )


def _clock_next_step(draft: Draft, remedy: Remedy) -> None:
    """Start the clock of the remedy's next step, or of its confirmation when every step is done."""
    spec = draft.remedy(remedy.kind)
    index = remedy.next_step()
    if spec is None:
        return
    if index is None:
        clocks.start_new(
            draft,
            act="confirm",
            who=Party.complainant,
            length=spec.confirm_within,
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
    """Received, and right. A remedy that fell silent may still be confirmed later."""
    remedy = _find(draft, command.remedy)
    if remedy is None or remedy.state not in {
        RemedyState.performed,
        RemedyState.silent,
        RemedyState.performing,
    }:
        return _no_remedy()
    clocks.close_scope(draft, f"remedy:{remedy.id}", met=True)
    draft.add(e.RemedyConfirmed(remedy=remedy.id, at=draft.now))
    close_if_nothing_open(draft)
    return None


def dispute_remedy(draft: Draft, command: c.DisputeRemedy) -> Problems | None:
    """Not received, or not right: the remedy is disputed, the case is open again and a person looks."""
    remedy = _find(draft, command.remedy)
    disputable = {RemedyState.performing, RemedyState.performed, RemedyState.silent}
    if remedy is None or remedy.state not in disputable:
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
    clocks.close_scope(draft, f"remedy:{remedy.id}", met=True)
    draft.add(e.RemedyDisputed(remedy=remedy.id, reason=command.reason, text=command.text, at=draft.now))
    draft.add(e.CaseReopened(because=command.reason, reason=command.text, at=draft.now))
    to_review(draft, why="disputed")
    return None


def to_review(draft: Draft, *, why: str) -> None:
    """Back to a person: the operator's first operated rung of review or decision, else up the ladder."""
    for spec in ladder_of(draft):
        looks = spec.stage in {Stage.reviewing, Stage.adjudicating} and not spec.outside_only
        if looks and spec.rung in draft.case.operated:
            ladder.enter(draft, spec, why=why)
            return
    if not ladder.climb(draft, why=why):
        _close(draft, "ladder_ended", outcome=Outcome.expired)


def fell_silent(draft: Draft, remedy_id: str) -> None:
    """Nobody confirmed in time. The file closes once nothing is open, and this is not counted as resolved."""
    draft.add(e.RemedyFellSilent(remedy=remedy_id, at=draft.now))
    close_if_nothing_open(draft)


def close_if_nothing_open(draft: Draft) -> None:
    """Close the file once no remedy binds anybody any more."""
    if not draft.case.open_remedies and not draft.case.closed:
        states = {remedy.state for remedy in draft.case.remedies}
        _close(
            draft,
            "not_confirmed" if RemedyState.silent in states else "remedies_confirmed",
        )


def broken(draft: Draft, remedy_id: str) -> None:
    """Whoever had to perform did not: the entitlement is free again and the case moves up."""
    draft.add(e.RemedyBroken(remedy=remedy_id, at=draft.now))
    clocks.cancel(draft, scopes=("remedy:",))
    if not ladder.climb(draft, why="remedy_broken"):
        _close(draft, "ladder_ended", outcome=Outcome.expired)


def _close(draft: Draft, because: str, outcome: Outcome | None = None) -> None:
    clocks.cancel(draft, scopes=("",))
    how = outcome or (Outcome.settled if draft.case.settled_at is not None else Outcome.decided)
    draft.add(e.CaseClosed(outcome=how, because=because, at=draft.now))
