# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every deed that can be put to a case, with arguments drawn from what the case holds: sensible ones and senseless ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from recourse.actions.accept_decision import accept_decision
from recourse.actions.accept_offer import accept_offer
from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.add_note import add_note
from recourse.actions.answer_claim import answer_claim
from recourse.actions.answer_evidence_request import answer_evidence_request
from recourse.actions.appeal_decision import appeal_decision
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.assign_case import assign_case
from recourse.actions.confirm_problems import confirm_problems
from recourse.actions.confirm_remedy import confirm_remedy
from recourse.actions.decide_case import decide_case
from recourse.actions.dispute_remedy import dispute_remedy
from recourse.actions.escalate_case import escalate_case
from recourse.actions.extend_deadline import extend_deadline
from recourse.actions.log_contact import log_contact
from recourse.actions.make_offer import make_offer
from recourse.actions.open_filing import open_filing
from recourse.actions.perform_step import perform_step
from recourse.actions.post_message import post_message
from recourse.actions.prove_contact import prove_contact
from recourse.actions.refuse_offer import refuse_offer
from recourse.actions.reopen_case import reopen_case
from recourse.actions.set_capture import set_capture
from recourse.actions.set_points import set_points
from recourse.actions.state_evidence import state_evidence
from recourse.actions.suspend_deadline import suspend_deadline
from recourse.actions.take_back_offer import take_back_offer
from recourse.actions.update_filing import update_filing
from recourse.actions.withdraw_case import withdraw_case
from recourse.actions.withdraw_exhibit import withdraw_exhibit
from recourse.core.case import commands as c
from recourse.core.case.permission import PERMISSIONS
from recourse.core.case.state import Case, Point
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import FilingState
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceState,
    Party,
    RungName,
)
from recourse.simulation.dice import Dice
from recourse.simulation.playbill import Playbill

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a person has before their eyes when they choose."""

    dice: Dice
    case: Case
    bill: Playbill
    now: datetime

    def one(self, items: Any, otherwise: str) -> str:
        """The id of one of these, the newest most often; now and then one that does not exist."""
        ids = [item.id for item in items]
        if not ids or self.dice.percent(4):
            return otherwise
        return ids[-1] if self.dice.percent(60) else self.dice.pick(ids)

    def words(self) -> str:
        """A sentence; now and then nothing, or what nobody can store."""
        return self.dice.weighted(
            (("因为住院，迟了几天。", 90), ("", 6), ("  ", 2), ("字\x00", 1), ("长" * 5_001, 1))
        )

    def terms(self) -> Any:
        """Terms for this case."""
        return self.bill.terms(
            self.dice, self.case.answers_given, self.case.claims, self.case.subject.amount_fen
        )


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of deed: the command it puts, the action that puts it, and how its arguments are drawn."""

    command: type
    action: Callable[..., Any]
    draw: Callable[[Scene], Arguments]


def _answer(s: Scene) -> Arguments:
    kind = s.dice.pick(tuple(AnswerKind))
    days = s.dice.pick((1, 3, 10, 10, 59, 61, -1))
    promised = s.now + timedelta(days=days) if kind is AnswerKind.promise or s.dice.percent(5) else None
    return {"kind": kind, "text": s.words(), "promised_at": promised}


def _step(s: Scene) -> Arguments:
    remedy = s.one(s.case.remedies, "r9")
    found = next((item for item in s.case.remedies if item.id == remedy), None)
    index = found.next_step() if found is not None else 0
    return {"remedy": remedy, "index": (index or 0) if s.dice.percent(90) else 1, "note": s.words()}


def _escalate(s: Scene) -> Arguments:
    names = [spec.rung for spec in s.bill.playbook.ladder]
    rung = None if s.dice.percent(50) else s.dice.pick(names if s.dice.percent(90) else tuple(RungName))
    return {"rung": rung, "gate_confirmed": s.dice.percent(70), "why": "没有解决"}


def _open_filing(s: Scene) -> Arguments:
    doors = s.bill.doors(s.case.rung, s.case.answers_given)
    channel = s.dice.pick(doors[:3] if s.dice.percent(70) else doors).id if doors else "none.ch.x"
    at = s.now - timedelta(hours=s.dice.pick((0, 1, 30, 30))) + timedelta(hours=2 * s.dice.percent(4))
    return {
        "channel": channel if s.dice.percent(96) else "none.ch.x",
        "filed_at": at,
        "receipt_no": s.dice.pick(("", "GZ-123")),
        "warned": s.dice.percent(50),
    }


def _points(s: Scene) -> Arguments:
    about = s.words()[:20] or "发没发货"
    return {"points": (Point("p1", about, "没发", "发了", (), s.dice.percent(50)),) * s.dice.between(0, 2)}


def _extend(s: Scene) -> Arguments:
    running = [item for item in s.case.deadlines if item.state == "running"] or s.case.deadlines
    return {
        "deadline": s.one(running, "d99"),
        "length": s.dice.pick(("3d", "2wd", "24h", "1month", "9year", "never")),
        "reason": s.words(),
    }


def _suspend(s: Scene) -> Arguments:
    running = [item for item in s.case.deadlines if item.state == "running"] or s.case.deadlines
    return {
        "deadline": s.one(running, "d99"),
        "until": s.now + timedelta(days=s.dice.pick((1, 5, 5, 100, -1))),
        "reason": s.words(),
        "cause": s.dice.pick(tuple(SuspensionCause)),
    }


def _decide(s: Scene) -> Arguments:
    laws = sorted(s.bill.rules.law)
    grounds = (s.dice.pick(laws),) if laws and s.dice.percent(70) else ()
    return {
        "facts": s.words(),
        "reasons": s.words(),
        "terms": s.terms() if s.dice.percent(80) else (),
        "grounds": grounds if s.dice.percent(97) else ("no.1",),
    }


ACTS: dict[str, Act] = {
    "prove_contact": Act(
        c.ProveContact, prove_contact, lambda s: {"method": s.dice.pick(("code", "vouched"))}
    ),
    "confirm_problems": Act(
        c.ConfirmProblems,
        confirm_problems,
        lambda s: {
            "problems": (s.bill.problem(s.dice, s.case.answers_given).id,) if s.dice.percent(95) else ()
        },
    ),
    "assign_case": Act(
        c.AssignCase, assign_case, lambda s: {"agent": s.dice.pick(("agent1", "neutral1", "neutral2"))}
    ),
    "answer_claim": Act(c.RecordAnswer, answer_claim, _answer),
    "make_offer": Act(c.MakeOffer, make_offer, lambda s: {"terms": s.terms(), "text": s.words()}),
    "accept_offer": Act(c.AcceptOffer, accept_offer, lambda s: {"offer": s.one(s.case.offers, "o9")}),
    "refuse_offer": Act(c.RefuseOffer, refuse_offer, lambda s: {"offer": s.one(s.case.offers, "o9")}),
    "take_back_offer": Act(c.TakeBackOffer, take_back_offer, lambda s: {"offer": s.one(s.case.offers, "o9")}),
    "post_message": Act(c.PostMessage, post_message, lambda s: {"text": s.words()}),
    "add_note": Act(c.AddNote, add_note, lambda s: {"text": s.words()}),
    "add_exhibit": Act(
        c.AddExhibit,
        add_exhibit,
        lambda s: {
            "kind": s.bill.evidence(s.dice),
            "chunks": [f"证据 {s.dice.hex(16)}".encode()] if s.dice.percent(95) else [b"\x00\x01"],
            "name": "证据.txt",
            "capture": s.one(s.case.captures, ""),
            "request": s.one([r for r in s.case.requests if r.answered_at is None], ""),
        },
    ),
    "withdraw_exhibit": Act(c.WithdrawExhibit, withdraw_exhibit, lambda s: {"no": s.dice.between(1, 3)}),
    "state_evidence": Act(
        c.StateEvidence,
        state_evidence,
        lambda s: {"states": {s.bill.evidence(s.dice): s.dice.pick(tuple(EvidenceState))}},
    ),
    "ask_for_evidence": Act(
        c.AskForEvidence,
        ask_for_evidence,
        lambda s: {
            "of": s.dice.pick((Party.complainant, Party.respondent, Party.respondent, Party.operator)),
            "kind": s.bill.evidence(s.dice),
            "text": "请补一张",
        },
    ),
    "answer_evidence_request": Act(
        c.AnswerEvidenceRequest,
        answer_evidence_request,
        lambda s: {
            "request": s.one([r for r in s.case.requests if r.answered_at is None], "q9"),
            "exhibits": s.dice.pick(((), (), (1,), (99,))),
            "answer": s.words(),
        },
    ),
    "set_capture": Act(
        c.SetCapture,
        set_capture,
        lambda s: {
            "kind": s.bill.evidence(s.dice),
            "due_at": s.now + timedelta(minutes=s.dice.pick((60, 900, -5))),
            "text": "再截一张",
        },
    ),
    "log_contact": Act(
        c.LogContact,
        log_contact,
        lambda s: {
            "at": s.now + timedelta(hours=s.dice.pick((-1, -50, 0, 3))),
            "channel": s.dice.pick(("电话", "在线客服", "")),
            "result": s.dice.pick(tuple(AttemptResult)),
            "exhibits": s.dice.pick(((), (), (99,))),
        },
    ),
    "set_points": Act(c.SetPoints, set_points, _points),
    "escalate_case": Act(c.EscalateCase, escalate_case, _escalate),
    "extend_deadline": Act(c.ExtendDeadline, extend_deadline, _extend),
    "suspend_deadline": Act(c.SuspendDeadline, suspend_deadline, _suspend),
    "decide_case": Act(c.DecideCase, decide_case, _decide),
    "appeal_decision": Act(c.AppealDecision, appeal_decision, lambda s: {"reasons": s.words()}),
    "accept_decision": Act(c.AcceptDecision, accept_decision, lambda s: {}),
    "perform_step": Act(c.PerformStep, perform_step, _step),
    "confirm_remedy": Act(
        c.ConfirmRemedy, confirm_remedy, lambda s: {"remedy": s.one(s.case.remedies, "r9")}
    ),
    "dispute_remedy": Act(
        c.DisputeRemedy,
        dispute_remedy,
        lambda s: {
            "remedy": s.one(s.case.remedies, "r9"),
            "reason": s.dice.weighted((("not_received", 10), ("wrong_thing", 10), ("?", 1))),
            "text": s.words(),
        },
    ),
    "open_filing": Act(c.OpenFiling, open_filing, _open_filing),
    "update_filing": Act(
        c.UpdateFiling,
        update_filing,
        lambda s: {"filing": s.one(s.case.filings, "f9"), "state": s.dice.pick(tuple(FilingState))},
    ),
    "withdraw_case": Act(c.WithdrawCase, withdraw_case, lambda s: {"reason": s.words()}),
    "reopen_case": Act(c.ReopenCase, reopen_case, lambda s: {"reason": s.words()}),
}

# Ends that would make most stories short are drawn seldom.
SELDOM = frozenset({"withdraw_case"})


def wild(scene: Scene, role: Any) -> tuple[str, Arguments] | None:
    """Some deed: nine times of ten one that this seat has at this stage, else anything."""
    dice, stage = scene.dice, scene.case.stage
    names = list(ACTS)
    if dice.percent(88):
        names = [
            name
            for name, act in ACTS.items()
            if role in PERMISSIONS[act.command].roles and stage in PERMISSIONS[act.command].stages
        ]
    if not names:
        return None
    name = dice.pick(names)
    if name in SELDOM and not dice.percent(10):
        return None
    return name, ACTS[name].draw(scene)
