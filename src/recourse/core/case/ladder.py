# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The ladder: stepping onto rungs, serving the notice, moving up.

One engine, two ways to stand on a rung. *Operated*: parties and the operator act here. *Outside*: the packet is
ready, a person files it, the same clocks run. A rung that needs an answer from the respondent is operated only
while the respondent has a registered contact that can be served; nobody loses unheard.
"""

from recourse.core.actor import Role
from recourse.core.case import clocks, repeats
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft, ladder_of
from recourse.core.case.state import Notice
from recourse.core.offer import OfferState
from recourse.core.playbook.types import RungSpec
from recourse.core.problem import Problems, refuse
from recourse.core.vocabulary import Outcome, Party, RungName, Stage, StartsWhen

# These rungs are done before filing or chosen by a person, never entered by the engine.
_NOT_CLIMBED = frozenset({RungName.self_check})
# In these stages nobody waits for the notice of the rung any more.
_PAST_TALKS = frozenset({Stage.implementing, Stage.appealed, Stage.closed})


def climb(draft: Draft, *, why: str) -> bool:
    """Step onto the next rung; False when there is none above."""
    spec = _above(draft)
    if spec is not None:
        enter(draft, spec, why=why)
    return spec is not None


def go_on(draft: Draft, *, why: str) -> None:
    """Step onto the next rung. Above the last one the person goes on outside, or the file is closed unsolved."""
    if climb(draft, why=why):
        return
    last = draft.rung(draft.case.rung) if draft.case.rung is not None else None
    if last is not None and draft.case.rung_outside:
        enter(draft, last, why=why)
    else:
        close(draft, Outcome.expired, because="ladder_ended")


def close(draft: Draft, outcome: Outcome, *, because: str) -> None:
    """Close the file with nothing left hanging: no offer on the table, no clock of ours, no remedy half open.

    What was still owed falls silent: the complainant can yet confirm or dispute it. An outside body's clocks go on.
    """
    _drop_offer(draft)
    clocks.cancel(draft, scopes=("",))
    for remedy in draft.case.open_remedies:
        draft.add(e.RemedyFellSilent(remedy=remedy.id, at=draft.now))
    draft.add(e.CaseClosed(outcome=outcome, because=because, at=draft.now))


def _above(draft: Draft) -> RungSpec | None:
    """The next rung that a case climbs by itself. After an optional rung the ladder goes on where it was left."""
    case = draft.case
    ladder = list(ladder_of(draft))
    names = [spec.rung for spec in ladder]
    here = names.index(case.rung) if case.rung in names else -1
    if here >= 0 and ladder[here].optional:
        here = max([here, *(names.index(name) for name in case.rungs_passed if name in names)])
    return next((s for s in ladder[here + 1 :] if not s.optional and s.rung not in _NOT_CLIMBED), None)


def enter(draft: Draft, spec: RungSpec, *, why: str) -> None:
    """Stand on this rung: end the old rung's clocks, list the new ones, order the notice if somebody must be told."""
    leave(draft)
    outside = not operated(draft, spec)
    stage = Stage.outside if outside else Stage(spec.stage)
    draft.add(e.RungEntered(rung=spec.rung, stage=stage, outside=outside, why=why))
    clocks.list_rung(draft, spec, outside=outside)
    clocks.signal(draft, StartsWhen.rung_entered, draft.now, scope=f"rung:{spec.rung}")
    repeats.tell_repeats(draft)
    if not outside and draft.case.respondent.registered:
        order_notice(draft, spec.rung)


def leave(draft: Draft) -> None:
    """Whatever was under way on this rung ends: its clocks, the offer on the table, the time to appeal."""
    clocks.cancel(draft, scopes=("rung:", "offer:", "request:", "decision:"))
    _drop_offer(draft)


def operated(draft: Draft, spec: RungSpec) -> bool:
    """Whether the parties and the operator act on this rung here; else a person files it outside."""
    case = draft.case
    if spec.outside_only or spec.rung not in case.operated:
        return False
    return not _needs_service(spec) or (
        bool(case.respondent.registered) and _contact(draft, spec.rung) is not None
    )


def _contact(draft: Draft, rung: RungName) -> str | None:
    """The best registered contact that has not sent a notice of this rung back."""
    tried = {n.contact for n in draft.case.notices if n.rung is rung and n.bounced}
    return next((item for item in draft.facts.contacts if item not in tried), None)


def _needs_service(spec: RungSpec) -> bool:
    """Whether the rung's clocks wait for the respondent to have been served."""
    return any(d.starts_when is StartsWhen.notice_served for d in spec.deadlines)


def _drop_offer(draft: Draft) -> None:
    offer = draft.case.open_offer
    if offer is not None:
        draft.add(e.OfferAnswered(id=offer.id, state=OfferState.lapsed, at=draft.now))


def order_notice(draft: Draft, rung: RungName) -> None:
    """Order the notice to the best registered contact that has not bounced on this rung."""
    contact = _contact(draft, rung)
    if contact is None:
        return
    draft.add(e.NoticeOrdered(rung=rung, contact=contact, at=draft.now))
    spec = draft.rung(rung)
    if spec is not None and _needs_service(spec):
        # A notice that neither arrives nor comes back must not hold the case up for ever.
        clocks.start_case_clock(draft, "serve_notice", scope=f"rung:{rung}")


def record_served(draft: Draft, command: c.RecordServed) -> Problems | None:
    """The notice arrived: the respondent's clocks start at this moment. A second report changes nothing."""
    for notice in draft.case.notices:
        mine = notice.contact == command.contact and command.rung in {None, notice.rung}
        if mine and notice.on_its_way:
            _served(draft, notice)
    return None


def _served(draft: Draft, notice: Notice) -> None:
    if notice not in draft.case.notices:
        return  # An earlier notice of the same rung and contact arrived with it.
    draft.add(e.NoticeServed(rung=notice.rung, contact=notice.contact, at=draft.now))
    if notice.rung is draft.case.rung and not draft.case.rung_outside:
        scope = f"rung:{notice.rung}"
        clocks.finish(draft, act="serve_notice", who=None, scope=scope)
        clocks.signal(draft, StartsWhen.notice_served, draft.now, scope=scope)


def record_bounce(draft: Draft, command: c.RecordBounce) -> Problems | None:
    """The notice came back: try the next registered contact; with none left the rung is outside."""
    notice = next(
        (
            n
            for n in draft.case.notices
            if n.contact == command.contact and n.on_its_way and command.rung in {None, n.rung}
        ),
        None,
    )
    if notice is not None:
        returned(draft, notice, reason=command.reason)
    return None


def returned(draft: Draft, notice: Notice, *, reason: str) -> None:
    """A notice did not reach its contact: the next contact is tried, and with none left the rung goes on outside."""
    draft.add(e.NoticeBounced(rung=notice.rung, contact=notice.contact, reason=reason))
    if notice.rung is not draft.case.rung or draft.case.rung_outside or draft.case.stage in _PAST_TALKS:
        return
    clocks.finish(draft, act="serve_notice", who=None, scope=f"rung:{notice.rung}")
    ordered_before = len(draft.case.notices)
    order_notice(draft, notice.rung)
    spec = draft.rung(notice.rung)
    if len(draft.case.notices) == ordered_before and spec is not None and _needs_service(spec):
        _turn_outside(draft, spec)


def not_served(draft: Draft) -> None:
    """The time to deliver the notice ran out: it counts as returned."""
    notice = next(n for n in draft.case.notices if n.rung is draft.case.rung and n.on_its_way)
    returned(draft, notice, reason="not_delivered")


def _turn_outside(draft: Draft, spec: RungSpec) -> None:
    """Nobody can be served here: the same rung goes on outside, with the papers ready."""
    leave(draft)
    draft.add(e.RungEntered(rung=spec.rung, stage=Stage.outside, outside=True, why="bounced"))
    clocks.list_rung(draft, spec, outside=True)


def assign_case(draft: Draft, command: c.AssignCase) -> Problems | None:
    """Put the case into somebody's hands. An appeal never goes to whoever decided."""
    case = draft.case
    if case.stage is Stage.appealed and case.decision is not None and case.decision.by == command.agent:
        return refuse(
            "same_person",
            zh="申诉不能交给作出原决定的人。",
            en="An appeal cannot go to whoever made the decision.",
            do_zh="请换一位中立人。",
            do_en="Choose another neutral.",
            field="agent",
        )
    if case.agent != command.agent:
        draft.add(e.CaseAssigned(agent=command.agent))
    return None


def escalate_case(draft: Draft, command: c.EscalateCase) -> Problems | None:
    """Move up by request: to the next rung, or to an optional or later one that the person names."""
    refused = _closed_for_good(draft) or _too_early(draft)
    if refused is not None:
        return refused
    spec = _above(draft) if command.rung is None else _named(draft, command.rung)
    if spec is None:
        return _no_such_rung() if command.rung is not None else _ladder_ends()
    if spec.gate and not command.gate_confirmed:
        return refuse(
            "gate_unconfirmed",
            zh="走这一步前请先逐条确认：" + "；".join(item.zh for item in spec.gate),
            en="Confirm each condition first: " + "; ".join(item.en for item in spec.gate),
            do_zh="勾选确认后再提交。",
            do_en="Tick the confirmation and send again.",
            field="gate_confirmed",
        )
    if draft.case.closed:
        draft.add(e.CaseReopened(because="further_step", reason=command.why, at=draft.now))
    enter(draft, spec, why="asked")
    return None


def _named(draft: Draft, name: RungName) -> RungSpec | None:
    """The rung of this name if one may go there: any optional one, else one that lies ahead. Nobody goes back."""
    ladder = list(ladder_of(draft))
    names = [spec.rung for spec in ladder]
    if name not in names or name is draft.case.rung or name in _NOT_CLIMBED:
        return None
    spec = ladder[names.index(name)]
    done = max(
        (names.index(rung) for rung in (draft.case.rung, *draft.case.rungs_passed) if rung in names),
        default=-1,
    )
    return spec if spec.optional or names.index(name) > done else None


def _ladder_ends() -> Problems:
    return refuse(
        "ladder_ends",
        zh="已经是最后一步了。",
        en="This is the last step already.",
        do_zh="可以补充材料，或在法院立案后把结果记到这里。",
        do_en="Add material, or record here what the court says.",
    )


def _no_such_rung() -> Problems:
    return refuse(
        "rung_unknown",
        zh="这里没有这一步，或者已经走过了。",
        en="There is no such step here, or it was taken before.",
        do_zh="请从页面列出的步骤里选。",
        do_en="Choose from the steps on the page.",
        field="rung",
    )


def _closed_for_good(draft: Draft) -> Problems | None:
    """A closed file goes on only where the matter was left unsolved."""
    case = draft.case
    if not case.closed:
        return None
    if case.resolved or case.outcome not in {Outcome.decided, Outcome.expired, Outcome.settled}:
        return refuse(
            "case_closed",
            zh="这件投诉已经结束。",
            en="This complaint is closed.",
            do_zh="有新证据或新理由，可以再次投诉。",
            do_en="With new evidence or a new ground you can file again.",
        )
    return None


def _too_early(draft: Draft) -> Problems | None:
    """A case moves up once the other side refused or was silent: nobody, the operator's people included, cuts its time.

    The operator's own clock binds the complainant to wait; the operator may be quicker.
    """
    case = draft.case
    if case.stage is Stage.implementing:
        return refuse(
            "remedy_running",
            zh="方案正在履行，先等它到期。",
            en="The remedy is being performed; wait for its date.",
            do_zh="到期没做会自动往下走；做了但不对，点“没收到”或“东西不对”。",
            do_en="If it is not kept the case moves on by itself; if it is wrong, say “not received” or “not right”.",
        )
    if case.pending_decision is not None:
        return refuse(
            "decision_pending",
            zh="已有决定，还在申诉期内或正在复核。",
            en="There is a decision that can still be appealed, or is under appeal.",
            do_zh="不服可以申诉；决定生效或到期后可以走下一步。12315和法院随时可以去。",
            do_en="Appeal it, or go on once it is final. 12315 and the courts are open at any time.",
        )
    asks = draft.actor.role is Role.complainant
    waited = {Party.respondent, Party.operator} if asks else {Party.respondent}
    if not case.rung_outside and clocks.waiting_on(case, who=waited) and not _answered_here(draft):
        return refuse(
            "too_early",
            zh="对方还有时间答复，到期没答复会自动转下一步。",
            en="The other side still has time to answer; after that the case moves on by itself.",
            do_zh="可以先补充证据，或等到页面上的日期。",
            do_en="Add evidence meanwhile, or wait for the date on the page.",
        )
    return None


def _answered_here(draft: Draft) -> bool:
    case = draft.case
    return case.stage is Stage.negotiating and any(
        reply.rung is case.rung and reply.kind != "holding" for reply in case.replies
    )
