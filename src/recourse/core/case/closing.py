# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Ends and silence: withdrawing, reopening, erasing, and what the engine does when a clock runs out.

Silence never wins: it moves the case on, or decides under a rule that the respondent accepted, and it is never
counted as resolved.
"""

from recourse.core.actor import Role
from recourse.core.case import clocks, keeping, ladder, performance, ruling
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case import keeping_commands as kc
from recourse.core.case.draft import Draft, ladder_of
from recourse.core.case.terms import claimed, term_problems
from recourse.core.condition import unproven
from recourse.core.deadline.deadline import Deadline
from recourse.core.deadline.display import show_moment
from recourse.core.offer import OfferState
from recourse.core.problem import Problems, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import OnMiss, Outcome, Party, RungName, Stage

# A decision is read years later: its moments carry their year.
_NO_YEAR = 0


def withdraw_case(draft: Draft, command: c.WithdrawCase) -> Problems | None:
    """The complainant takes the complaint back. Leaving never bars 12315, arbitration or a court."""
    if draft.case.open_remedies:
        return refuse(
            "remedy_running",
            zh="方案正在履行，先确认或说明没做到，再结束。",
            en="A remedy is being performed: confirm it or say what is wrong first.",
            do_zh="在方案下面点“收到了”“没收到”或“东西不对”。",
            do_en="Use “received”, “not received” or “not right” below the remedy.",
        )
    draft.add(e.CaseWithdrawn(reason=command.reason, at=draft.now))
    ladder.close(draft, Outcome.withdrawn, because="withdrawn")
    return None


def reopen_case(draft: Draft, command: c.ReopenCase) -> Problems | None:
    """Open a closed file again for a cause, on the operator's review rung or the next rung up."""
    case = draft.case
    if case.outcome is Outcome.withdrawn:
        return refuse(
            "withdrawn",
            zh="已撤回的投诉不能重开。",
            en="A withdrawn complaint is not reopened.",
            do_zh="有新证据或新理由，可以再次投诉。",
            do_en="With new evidence or a new ground you can file again.",
        )
    if not command.reason.strip():
        return refuse(
            "reason_missing",
            zh="请写重新打开的原因。",
            en="Give the reason for reopening.",
            do_zh="写一句再提交。",
            do_en="Write a sentence and send again.",
            field="reason",
        )
    limit = draft.rules.playbook.refiling.times_max
    if draft.actor.role is Role.complainant and case.reopened >= limit:
        return refuse(
            "reopened_too_often",
            zh=f"这件投诉已经重开过{case.reopened}次，不能再自己重开。",
            en=f"This complaint was reopened {case.reopened} times already.",
            do_zh="请联系经办人，或走12315、法院，材料已备好。",
            do_en="Ask the agent in charge, or go to 12315 or a court; the papers are ready.",
        )
    draft.add(e.CaseReopened(because="new_facts", reason=command.reason, at=draft.now))
    performance.to_review(draft, why="reopened")
    return None


def erase_personal_data(draft: Draft, command: kc.ErasePersonalData) -> Problems | None:
    """Destroy the private fields' key. A running case is closed first: nobody can act on what nobody can read."""
    if draft.case.erased:
        return None
    if draft.case.hold is not None:
        return keeping.held()
    if command.announced is not None and command.announced != draft.case.erase_at:
        return None
    if not draft.case.closed:
        ladder.close(draft, Outcome.withdrawn, because="erased")
    for filing in draft.case.filings:
        # Nobody is left to be told what the outside body did.
        clocks.close_scope(draft, f"filing:{filing.id}", met=False)
    draft.add(e.PersonalDataErased(at=draft.now, by=draft.actor.id))
    return None


def run_deadlines(draft: Draft, command: c.RunDeadlines) -> Problems | None:
    """Carry out every clock that ran out, in the order of their moments; later ones may be cancelled by earlier."""
    while True:
        due = clocks.first_due(draft.case, draft.now)
        if due is None:
            return None
        draft.add(e.DeadlineEnded(id=due.id, how="missed", at=due.due_at or draft.now))
        _missed(draft, due)


def _missed(draft: Draft, due: Deadline) -> None:
    kind, _, name = due.scope.partition(":")
    if kind == "remedy":
        _missed_performance(draft, due, name)
    elif kind == "offer":
        _missed_offer(draft, name)
    elif due.act == "appeal":
        ruling.make_final(draft)
    elif due.act == "serve_notice":
        ladder.not_served(draft)
    elif due.on_miss is OnMiss.default:
        _default(draft, due)
    elif due.on_miss is OnMiss.escalate:
        _escalate(draft)
    # remind, propose_next and lapse change nothing in the case: the effects remind, the page proposes.


def _missed_performance(draft: Draft, due: Deadline, remedy: str) -> None:
    if due.act == "confirm" or due.who is Party.complainant:
        # Nobody confirmed, or the complainant left out an own step (sending goods back): what was owed falls silent.
        performance.fell_silent(draft, remedy)
    else:
        performance.broken(draft, remedy)


def _missed_offer(draft: Draft, offer_id: str) -> None:
    """An offer nobody answered lapses; in the talks the complainant then chooses, or the case moves up."""
    draft.add(e.OfferAnswered(id=offer_id, state=OfferState.lapsed, at=draft.now))
    clocks.choose_next(draft)


def _escalate(draft: Draft, *, why: str = "silence") -> None:
    """Move up because somebody was silent. Before the talks, once decided, and outside there is nothing to move."""
    moving = {Stage.assessed, Stage.negotiating, Stage.reviewing, Stage.adjudicating}
    overdue_appeal = draft.case.stage is Stage.appealed
    if overdue_appeal or (draft.case.stage in moving and draft.case.pending_decision is None):
        ladder.go_on(draft, why=why)


# Both languages stand in the decision itself: it is sealed with the case and read without us.
DEFAULT_FACTS = Text(
    "通知于{served}发往登记的联系方式，没有被退回；答复的期限到{until}为止，对方没有答复。导入的记录与投诉一致。",
    "The notice to the registered contact was accepted for delivery on {served}; the time to answer ran until {until}, "
    "and no answer came. The imported records agree with the complaint.",
)
DEFAULT_REASONS = Text(
    "对方事先接受了到期不答复按投诉人请求办理的规则。迟到的答复写明原因的，案件重新打开。",
    "The other side had accepted a rule under which silence grants the claim. "
    "A late answer that names its cause reopens the case.",
)


def _default(draft: Draft, due: Deadline) -> None:
    """Silence decides only under a rule the respondent accepted, after service, and when the evidence check passes."""
    case = draft.case
    served = next(
        (n.served_at for n in case.notices if n.rung is case.rung and n.served_at is not None), None
    )
    terms = claimed(draft)
    proven = _proven(draft) and _shown(draft, due) and next(term_problems(draft, terms), None) is None
    if case.stage is not Stage.negotiating or not (case.respondent.accepts_defaults and served and terms):
        _escalate(draft)
        return
    if not proven:
        _escalate(draft, why="unproven")
        return
    assert served is not None and due.due_at is not None, "a served notice started this clock"
    facts = DEFAULT_FACTS.format(
        served=show_moment(served, near=_NO_YEAR), until=show_moment(due.due_at, near=_NO_YEAR)
    )
    recourse = _next_door(draft)
    ladder.leave(draft)
    ruling.issue(
        draft,
        by="system",
        facts=f"{facts.zh}\n{facts.en}",
        reasons=f"{DEFAULT_REASONS.zh}\n{DEFAULT_REASONS.en}",
        terms=terms,
        grounds=(),
        next_recourse=recourse,
        by_default=True,
    )


def _next_door(draft: Draft) -> str:
    """The first door outside that this case's ladder comes to by itself."""
    outside = (spec.rung for spec in ladder_of(draft) if spec.outside_only and not spec.optional)
    return next(outside, RungName.court).value


def _shown(draft: Draft, due: Deadline) -> bool:
    """What no record can tell was handed in, and the complainant names no condition of the win without proof."""
    spec = draft.rung(draft.case.rung) if draft.case.rung is not None else None
    needs = {
        kind
        for item in (spec.deadlines if spec is not None else ())
        if item.act == due.act
        for kind in item.needs
    }
    handed = {x.kind for x in draft.case.exhibits if x.by is Party.complainant and not x.withdrawn}
    return needs <= handed and not unproven(draft.case.conditions)


def _proven(draft: Draft) -> bool:
    """The subject is in the imported records, and every check that the problems ask for passed."""
    results = {**(draft.case.checks or {}), **draft.facts.checks}
    problems = [draft.problem(item.id) for item in draft.case.problems]
    asked = {name for problem in problems if problem is not None for name in problem.checks}
    return draft.case.subject.proven and asked <= set(results) and all(results.values())
