# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Judge a command: events, or a refusal that names every problem at once.

The one entrance to the rules. It checks the seat and the stage, hands over to the deed, and returns what happened
together with the case as it then stands. Pure: time, rules and facts are arguments.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recourse.core.actor import Actor
from recourse.core.case import (
    clocks,
    closing,
    doors,
    intake,
    ladder,
    performance,
    proof,
    ruling,
    talk,
)
from recourse.core.case import commands as c
from recourse.core.case.draft import Draft
from recourse.core.case.facts import Facts
from recourse.core.case.permission import FILING_ROLES, refusals
from recourse.core.case.state import Case
from recourse.core.problem import Problems, refuse
from recourse.core.rulebook import Rulebook

Deed = Callable[[Draft, Any], Problems | None]

_DEEDS: dict[type, Deed] = {
    c.ProveContact: intake.prove_contact,
    c.ConfirmProblems: intake.confirm_problems,
    c.RecordServed: ladder.record_served,
    c.RecordBounce: ladder.record_bounce,
    c.AssignCase: ladder.assign_case,
    c.EscalateCase: ladder.escalate_case,
    c.RecordAnswer: talk.record_answer,
    c.MakeOffer: talk.make_offer,
    c.AcceptOffer: talk.accept_offer,
    c.RefuseOffer: talk.refuse_offer,
    c.TakeBackOffer: talk.take_back_offer,
    c.PostMessage: talk.post_message,
    c.AddNote: talk.add_note,
    c.AddExhibit: proof.add_exhibit,
    c.WithdrawExhibit: proof.withdraw_exhibit,
    c.StateEvidence: proof.state_evidence,
    c.AskForEvidence: proof.ask_for_evidence,
    c.AnswerEvidenceRequest: proof.answer_evidence_request,
    c.SetCapture: proof.set_capture,
    c.LogContact: proof.log_contact,
    c.SetPoints: proof.set_points,
    c.ExtendDeadline: clocks.extend_deadline,
    c.SuspendDeadline: clocks.suspend_deadline,
    c.ReviseDeadlines: clocks.revise_deadlines,
    c.DecideCase: ruling.decide_case,
    c.AppealDecision: ruling.appeal_decision,
    c.AcceptDecision: ruling.accept_decision,
    c.PerformStep: performance.perform_step,
    c.ConfirmRemedy: performance.confirm_remedy,
    c.DisputeRemedy: performance.dispute_remedy,
    c.OpenFiling: doors.open_filing,
    c.UpdateFiling: doors.update_filing,
    c.WithdrawCase: closing.withdraw_case,
    c.ReopenCase: closing.reopen_case,
    c.ErasePersonalData: closing.erase_personal_data,
    c.RunDeadlines: closing.run_deadlines,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What a command led to: the events in order, and the case after them."""

    events: tuple[Any, ...]
    case: Case


def decide(
    case: Case | None,
    command: Any,
    *,
    actor: Actor,
    rules: Rulebook,
    facts: Facts,
    now: datetime,
) -> Decided | Problems:
    """Judge one command against the case (None before filing). No events means that nothing had to change."""
    draft = Draft(case, actor=actor, rules=rules, facts=facts, now=now)
    if isinstance(command, c.FileComplaint):
        if actor.role not in FILING_ROLES:
            return refuse(
                "not_allowed",
                zh="你的身份不能提交投诉。",
                en="Your seat cannot file a complaint.",
                do_zh="请以投诉人身份提交，或请经办人代为登记。",
                do_en="File as the complainant, or ask an agent to take it down.",
            )
        refused = intake.file_complaint(draft, command)
    else:
        assert case is not None, "only FileComplaint begins a case"
        problems = refusals(actor, command, case.stage)
        if problems:
            return Problems(problems)
        refused = _DEEDS[type(command)](draft, command)
    return refused if refused is not None else Decided(tuple(draft.events), draft.case)
