# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Ends and silence: withdrawing, reopening, erasing, and what the engine does when a clock runs out.

Silence never wins: it moves the case on, or decides under a rule that the respondent accepted, and it is never
counted as resolved.
"""

from recourse.core.case import clocks, ladder, performance, ruling
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.claim import Term
from recourse.core.deadline.deadline import Deadline
from recourse.core.offer import OfferState
from recourse.core.problem import Problems, refuse
from recourse.core.vocabulary import OnMiss, Outcome, Party, Stage


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
    offer = draft.case.open_offer
    if offer is not None:
        draft.add(e.OfferAnswered(id=offer.id, state=OfferState.lapsed, at=draft.now))
    clocks.cancel(draft, scopes=("",))
    draft.add(
        e.CaseWithdrawn(reason=command.reason, at=draft.now),
        e.CaseClosed(outcome=Outcome.withdrawn, because="withdrawn", at=draft.now),
    )
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
    draft.add(e.CaseReopened(because="new_facts", reason=command.reason, at=draft.now))
    performance.to_review(draft, why="reopened")
    return None


def erase_personal_data(draft: Draft, command: c.ErasePersonalData) -> Problems | None:
    """Destroy the private fields' key. A running case is closed first: nobody can act on what nobody can read."""
    if draft.case.erased:
        return None
    if not draft.case.closed:
        clocks.cancel(draft, scopes=("",))
        draft.add(e.CaseClosed(outcome=Outcome.withdrawn, because="erased", at=draft.now))
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
    elif due.on_miss is OnMiss.default:
        _default(draft)
    elif due.on_miss is OnMiss.escalate:
        _escalate(draft)
    # remind, propose_next and lapse change nothing in the case: the effects remind, the page proposes.


def _missed_performance(draft: Draft, due: Deadline, remedy: str) -> None:
    if due.act == "confirm":
        performance.fell_silent(draft, remedy)
    elif due.who is Party.complainant:
        # The complainant did not do their own step (sending goods back): what was owed for it lapses.
        draft.add(e.RemedyFellSilent(remedy=remedy, at=draft.now))
        performance.close_if_nothing_open(draft)
    else:
        performance.broken(draft, remedy)


def _missed_offer(draft: Draft, offer_id: str) -> None:
    """An offer nobody answered lapses. If it was the respondent's only answer, the case moves up."""
    offer = next((item for item in draft.case.offers if item.id == offer_id), None)
    if offer is None or offer.state is not OfferState.open:
        return
    draft.add(e.OfferAnswered(id=offer_id, state=OfferState.lapsed, at=draft.now))
    if not draft.case.rung_outside:
        if offer.by is Party.respondent:
            clocks.start_case_clock(draft, "choose_next")
        else:
            _escalate(draft)


def _escalate(draft: Draft) -> None:
    if draft.case.stage in {Stage.closed, Stage.implementing}:
        return
    if not ladder.climb(draft, why="silence"):
        clocks.cancel(draft, scopes=("",))
        draft.add(e.CaseClosed(outcome=Outcome.expired, because="ladder_ended", at=draft.now))


def _default(draft: Draft) -> None:
    """Silence decides only under a rule the respondent accepted, after service, and when the evidence check passes."""
    case = draft.case
    served = case.rung is not None and case.served(case.rung)
    proven = case.subject.proven and all(draft.facts.checks.values())
    if not (case.respondent.accepts_defaults and served and proven):
        _escalate(draft)
        return
    terms = tuple(Term(claim.kind, claim.amount_fen) for claim in case.claims)
    clocks.cancel(draft, scopes=("rung:", "offer:", "request:"))
    ruling.issue(
        draft,
        by="system",
        facts="对方收到通知后，到期没有答复；导入的记录与投诉一致。",
        reasons="对方事先接受了到期不答复按投诉人请求办理的规则。迟到的答复写明原因的，案件重新打开。",
        terms=terms,
        grounds=(),
        next_recourse="official_complaint",
        by_default=True,
    )
