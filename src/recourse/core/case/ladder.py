# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The ladder: stepping onto rungs, serving the notice, moving up.

One engine, two ways to stand on a rung. *Operated*: parties and the operator act here. *Outside*: the packet is
ready, a person files it, the same clocks run. A rung that needs an answer from the respondent is operated only
while the respondent has a registered contact that can be served; nobody loses unheard.
"""

from recourse.core.actor import Role
from recourse.core.case import clocks
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft, fits, ladder_of
from recourse.core.offer import OfferState
from recourse.core.playbook.types import RungSpec
from recourse.core.problem import Problems, refuse
from recourse.core.vocabulary import Outcome, Party, RungName, Stage, StartsWhen

# These rungs are done before filing or chosen by a person, never entered by the engine.
_NOT_CLIMBED = frozenset({RungName.self_check})


def climb(draft: Draft, *, why: str) -> bool:
    """Step onto the next rung; False when there is none above."""
    case = draft.case
    names = [spec.rung for spec in ladder_of(draft)]
    start = names.index(case.rung) + 1 if case.rung in names else 0
    for spec in list(ladder_of(draft))[start:]:
        if spec.optional or spec.rung in _NOT_CLIMBED:
            continue
        enter(draft, spec, why=why)
        return True
    return False


def enter(draft: Draft, spec: RungSpec, *, why: str) -> None:
    """Stand on this rung: end the old rung's clocks, list the new ones, order the notice if somebody must be told."""
    clocks.cancel(draft, scopes=("rung:", "offer:", "request:"))
    _drop_offer(draft)
    outside = not _operated(draft, spec)
    stage = Stage.outside if outside else Stage(spec.stage)
    draft.add(e.RungEntered(rung=spec.rung, stage=stage, outside=outside, why=why))
    clocks.list_rung(draft, spec, outside=outside)
    clocks.signal(draft, StartsWhen.rung_entered, draft.now, scope=f"rung:{spec.rung}")
    if not outside and draft.case.respondent.registered:
        order_notice(draft, spec.rung)


def _operated(draft: Draft, spec: RungSpec) -> bool:
    case = draft.case
    if spec.outside_only or spec.rung not in case.operated:
        return False
    if _needs_service(spec):
        return bool(case.respondent.registered and draft.facts.contacts)
    return True


def _needs_service(spec: RungSpec) -> bool:
    """Whether the rung's clocks wait for the respondent to have been served."""
    return any(d.starts_when is StartsWhen.notice_served for d in spec.deadlines)


def _drop_offer(draft: Draft) -> None:
    offer = draft.case.open_offer
    if offer is not None:
        draft.add(e.OfferAnswered(id=offer.id, state=OfferState.lapsed, at=draft.now))


def order_notice(draft: Draft, rung: RungName) -> None:
    """Order the notice to the best registered contact that has not bounced on this rung."""
    tried = {n.contact for n in draft.case.notices if n.rung is rung and n.bounced}
    contact = next((item for item in draft.facts.contacts if item not in tried), None)
    if contact is not None:
        draft.add(e.NoticeOrdered(rung=rung, contact=contact, at=draft.now))


def record_served(draft: Draft, command: c.RecordServed) -> Problems | None:
    """The notice arrived: the respondent's clocks start at this moment. A second report changes nothing."""
    for notice in draft.case.notices:
        if notice.contact == command.contact and notice.served_at is None and not notice.bounced:
            draft.add(e.NoticeServed(rung=notice.rung, contact=notice.contact, at=draft.now))
            if notice.rung is draft.case.rung:
                clocks.signal(
                    draft,
                    StartsWhen.notice_served,
                    draft.now,
                    scope=f"rung:{notice.rung}",
                )
    return None


def record_bounce(draft: Draft, command: c.RecordBounce) -> Problems | None:
    """The notice came back: try the next registered contact; with none left the rung is outside."""
    case = draft.case
    notice = next(
        (n for n in case.notices if n.contact == command.contact and n.served_at is None and not n.bounced),
        None,
    )
    if notice is None:
        return None
    draft.add(e.NoticeBounced(rung=notice.rung, contact=notice.contact, reason=command.reason))
    if notice.rung is not case.rung:
        return None
    ordered_before = len(draft.case.notices)
    order_notice(draft, notice.rung)
    spec = draft.rung(notice.rung)
    if len(draft.case.notices) == ordered_before and spec is not None and _needs_service(spec):
        _turn_outside(draft, spec)
    return None


def _turn_outside(draft: Draft, spec: RungSpec) -> None:
    """Nobody can be served here: the same rung goes on outside, with the papers ready."""
    clocks.cancel(draft, scopes=("rung:",))
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
    """Move up by request: to the next rung, or to an optional one that the person names."""
    refused = _too_early(draft) if draft.actor.role is Role.complainant else None
    if refused is not None:
        return refused
    if draft.case.closed:
        draft.add(e.CaseReopened(because="further_step", reason=command.why, at=draft.now))
    if command.rung is None:
        if climb(draft, why="asked"):
            return None
        return refuse(
            "ladder_ends",
            zh="已经是最后一步了。",
            en="This is the last step already.",
            do_zh="可以补充材料，或在法院立案后把结果记到这里。",
            do_en="Add material, or record here what the court says.",
        )
    spec = draft.rung(command.rung)
    if spec is None or not fits(spec.when, draft.case):
        return refuse(
            "rung_unknown",
            zh="这里没有这一步。",
            en="There is no such step here.",
            do_zh="请从页面列出的步骤里选。",
            do_en="Choose from the steps on the page.",
            field="rung",
        )
    if spec.gate and not command.gate_confirmed:
        return refuse(
            "gate_unconfirmed",
            zh="走这一步前请先逐条确认：" + "；".join(item.zh for item in spec.gate),
            en="Confirm each condition first: " + "; ".join(item.en for item in spec.gate),
            do_zh="勾选确认后再提交。",
            do_en="Tick the confirmation and send again.",
            field="gate_confirmed",
        )
    enter(draft, spec, why="asked")
    return None


def _too_early(draft: Draft) -> Problems | None:
    """A complainant moves up once the other side refused or was silent; a clock that still runs is waited for."""
    case = draft.case
    if case.closed and case.outcome not in {
        Outcome.decided,
        Outcome.expired,
        Outcome.settled,
    }:
        return refuse(
            "case_closed",
            zh="这件投诉已经结束。",
            en="This complaint is closed.",
            do_zh="有新证据或新理由，可以再次投诉。",
            do_en="With new evidence or a new ground you can file again.",
        )
    if case.stage is Stage.implementing:
        return refuse(
            "remedy_running",
            zh="方案正在履行，先等它到期。",
            en="The remedy is being performed; wait for its date.",
            do_zh="对方没做到，可以点“没收到”或“东西不对”。",
            do_en="If it is not kept, say “not received” or “not right”.",
        )
    waiting = clocks.waiting_on(case, who={Party.respondent, Party.operator})
    if not case.rung_outside and waiting is not None and not _answered_here(draft):
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
