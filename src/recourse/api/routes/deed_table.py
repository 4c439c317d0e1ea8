# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The table of deeds on a case: its address, its body, and the action that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recourse.actions.accept_decision import accept_decision
from recourse.actions.accept_offer import accept_offer
from recourse.actions.add_note import add_note
from recourse.actions.answer_claim import answer_claim
from recourse.actions.answer_evidence_request import answer_evidence_request
from recourse.actions.answer_questions import answer_questions
from recourse.actions.appeal_decision import appeal_decision
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.assign_case import assign_case
from recourse.actions.confirm_problems import confirm_problems
from recourse.actions.confirm_reading import confirm_reading
from recourse.actions.confirm_remedy import confirm_remedy
from recourse.actions.decide_case import decide_case
from recourse.actions.dispute_remedy import dispute_remedy
from recourse.actions.erase_case import erase_case
from recourse.actions.escalate_case import escalate_case
from recourse.actions.extend_deadline import extend_deadline
from recourse.actions.hold_case import hold_case
from recourse.actions.log_contact import log_contact
from recourse.actions.make_offer import make_offer
from recourse.actions.mask_exhibit import mask_exhibit
from recourse.actions.open_filing import open_filing
from recourse.actions.perform_step import perform_step
from recourse.actions.post_message import post_message
from recourse.actions.prove_contact import prove_contact
from recourse.actions.refuse_offer import refuse_offer
from recourse.actions.release_hold import release_hold
from recourse.actions.reopen_case import reopen_case
from recourse.actions.set_capture import set_capture
from recourse.actions.set_conditions import set_conditions
from recourse.actions.set_points import set_points
from recourse.actions.show_account import show_account
from recourse.actions.show_words import show_words
from recourse.actions.state_evidence import state_evidence
from recourse.actions.story import absent
from recourse.actions.suspend_deadline import suspend_deadline
from recourse.actions.take_back_offer import take_back_offer
from recourse.actions.take_out_account import take_out_account
from recourse.actions.update_filing import update_filing
from recourse.actions.withdraw_case import withdraw_case
from recourse.actions.withdraw_exhibit import withdraw_exhibit
from recourse.api.answering import Refused
from recourse.api.shapes import deed as s
from recourse.core.actor import Actor, Role
from recourse.core.case.commands import AssignCase
from recourse.core.case.keeping_commands import ErasePersonalData
from recourse.core.case.permission import refusals
from recourse.core.case.state import Point
from recourse.core.claim import Term
from recourse.core.condition import Condition, Refusal
from recourse.core.deadline.length import parse_moment
from recourse.core.money import parse_yuan
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.core.screen import Region
from recourse.core.vocabulary import Party
from recourse.queries.case_file import case_file
from recourse.queries.colleagues import colleagues

Base = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed: `do` gets the world, who does it to which case under which key, and the body."""

    name: str
    about: str
    body: type[s.Sent]
    do: Callable[[World, Base, Any], Any]


def _at(given: str, field: str) -> datetime:
    found = parse_moment(given, field=field)
    if isinstance(found, Problems):
        raise Refused(found)
    return found


def _terms(given: list[s.TermIn]) -> tuple[Term, ...]:
    return tuple(Term(t.kind, parse_yuan(t.amount) if t.amount else None, t.within, t.points) for t in given)


def _judge(w: World, base: Base, command: object | None = None) -> None:
    """The gate and the seat first: whoever may not see the case hears that there is none, whatever else is wrong."""
    file = case_file(w, actor=base["actor"], number=base["number"])
    if file is None:
        raise Refused(absent())
    refused = refusals(base["actor"], command, file.case.stage) if command is not None else ()
    if refused:
        raise Refused(Problems(refused))


def _prove(w: World, base: Base, body: s.Nothing) -> Any:
    _judge(w, base)
    actor: Actor = base["actor"]
    if actor.role is Role.complainant:
        raise Refused(
            refuse(
                "not_allowed",
                zh="联系方式由投诉人用验证码确认，或由经办人作保。",
                en="A contact is proven by its code, or an agent vouches for it.",
                do_zh="请投诉人在网页上输入验证码。",
                do_en="Let the complainant enter the code on the page.",
            )
        )
    return prove_contact(w, method="vouched", **base)


def _answer(w: World, base: Base, body: s.AnswerIn) -> Any:
    promised = _at(body.promised_at, "promised_at") if body.promised_at else None
    return answer_claim(w, kind=body.kind, text=body.text, promised_at=promised, more=body.more, **base)


def _contact(w: World, base: Base, body: s.ContactIn) -> Any:
    plain = {**body.model_dump(), "at": _at(body.at, "at"), "exhibits": tuple(body.exhibits)}
    return log_contact(w, **plain, **base)


def _points(w: World, base: Base, body: s.PointsIn) -> Any:
    points = tuple(
        Point(f"p{index}", p.about, p.complainant_says, p.respondent_says, tuple(p.exhibits), p.agreed)
        for index, p in enumerate(body.points, start=1)
    )
    return set_points(w, points=points, **base)


def _masks(w: World, base: Base, body: s.MasksIn) -> Any:
    regions = tuple(Region(item.page, item.left, item.top, item.right, item.bottom) for item in body.regions)
    return mask_exhibit(w, no=body.no, regions=regions, **base)


def _suspend(w: World, base: Base, body: s.SuspendIn) -> Any:
    return suspend_deadline(w, **{**body.model_dump(), "until": _at(body.until, "until")}, **base)


def _decide(w: World, base: Base, body: s.DecisionIn) -> Any:
    plain = {"terms": _terms(body.terms), "grounds": tuple(dict.fromkeys(body.grounds))}
    after = body.next_recourse.value
    return decide_case(w, facts=body.facts, reasons=body.reasons, next_recourse=after, **plain, **base)


def _assign(w: World, base: Base, body: s.AssignIn) -> Any:
    _judge(w, base, AssignCase(body.agent))
    found = colleagues(base["actor"]).get(body.agent)
    # Only people who work here may be given a case, and an auditor only looks.
    if found is None or found.role is Role.auditor:
        raise Refused(
            refuse(
                "agent_unknown",
                field="agent",
                zh="这里没有这位同事。",
                en="There is no such colleague here.",
                do_zh="填同事的编号。",
                do_en="Give a colleague's id.",
            )
        )
    return assign_case(w, agent=body.agent, **base)


def _filing(w: World, base: Base, body: s.FilingIn) -> Any:
    return open_filing(w, **{**body.model_dump(), "filed_at": _at(body.filed_at, "filed_at")}, **base)


def _day(given: str | None, field: str) -> date | None:
    return _at(given, field).date() if given else None


def _conditions(w: World, base: Base, body: s.ConditionsIn) -> Any:
    conditions = tuple(
        Condition(
            text=row.text,
            state=row.state,
            met_on=_day(row.met_on, f"conditions[{index}].met_on"),
            proof=row.proof,
            exhibits=tuple(row.exhibits),
            announced=row.announced,
        )
        for index, row in enumerate(body.conditions)
    )
    said = body.refusal
    refusal = Refusal(said.words, _day(said.said_on, "refusal.said_on")) if said else None
    return set_conditions(w, conditions=conditions, refusal=refusal, **base)


def _capture(w: World, base: Base, body: s.CaptureIn) -> Any:
    return set_capture(w, kind=body.kind, due_at=_at(body.due_at, "due_at"), text=body.text, **base)


def _erase(w: World, base: Base, body: s.EraseIn) -> Any:
    if body.number != base["number"]:
        _judge(w, base, ErasePersonalData())
        raise Refused(
            refuse(
                "not_confirmed",
                field="number",
                zh="请再写一遍编号确认，删除后无法恢复。",
                en="Write the number once more to confirm; this cannot be undone.",
                do_zh="填这件投诉的编号。",
                do_en="Give the number of this complaint.",
            )
        )
    return erase_case(w, **base)


def _plain(action: Callable[..., Any]) -> Callable[[World, Base, Any], Any]:
    """An action whose arguments are the fields of its body."""

    def do(w: World, base: Base, body: s.Sent) -> Any:
        given = {name: getattr(body, name) for name in type(body).model_fields}
        given = {name: tuple(item) if isinstance(item, list) else item for name, item in given.items()}
        return action(w, **given, **base)

    return do


DEEDS: tuple[Deed, ...] = (
    Deed("prove", "Vouch for the complainant's contact; the case moves on.", s.Nothing, _prove),
    Deed("confirm-problems", "Say what the complaint is about.", s.ProblemsIn, _plain(confirm_problems)),
    Deed("answer", "Answer the claims, for the respondent.", s.AnswerIn, _answer),
    Deed(
        "offer",
        "Propose terms.",
        s.OfferIn,
        lambda w, base, body: make_offer(w, terms=_terms(body.terms), text=body.text, **base),
    ),
    Deed("accept-offer", "Accept the offer on the table.", s.OfferRef, _plain(accept_offer)),
    Deed("refuse-offer", "Refuse the offer on the table.", s.OfferRef, _plain(refuse_offer)),
    Deed("take-back-offer", "Take one's own offer back.", s.OfferRef, _plain(take_back_offer)),
    Deed("message", "Write a message that both sides read.", s.TextIn, _plain(post_message)),
    Deed("note", "Write an internal note.", s.TextIn, _plain(add_note)),
    Deed("state-evidence", "Say of wanted items who has them.", s.StatesIn, _plain(state_evidence)),
    Deed("answer-questions", "Answer what was left open.", s.AnswersIn, _plain(answer_questions)),
    Deed("set-conditions", "Draw up the announced conditions of a win.", s.ConditionsIn, _conditions),
    Deed("show-account", "Add an account to be compared.", s.AccountIn, _plain(show_account)),
    Deed("take-out-account", "Take one's own account out.", s.AccountRef, _plain(take_out_account)),
    Deed(
        "ask-for-evidence",
        "Ask one side for evidence.",
        s.RequestIn,
        lambda w, base, body: ask_for_evidence(w, of=Party(body.of), kind=body.kind, text=body.text, **base),
    ),
    Deed(
        "answer-request", "Answer a request for evidence.", s.RequestAnswer, _plain(answer_evidence_request)
    ),
    Deed("set-capture", "Set a picture to come back for.", s.CaptureIn, _capture),
    Deed("log-contact", "Log one attempt to reach somebody.", s.ContactIn, _contact),
    Deed("set-points", "Draw up what is in dispute.", s.PointsIn, _points),
    Deed("withdraw-exhibit", "No longer rely on an exhibit.", s.ExhibitRef, _plain(withdraw_exhibit)),
    Deed("mask-exhibit", "Choose what is black in an exhibit for the other side.", s.MasksIn, _masks),
    Deed("show-words", "Let the other side read a text of one's own in full.", s.WordsIn, _plain(show_words)),
    Deed("confirm-reading", "Say what an exhibit shows.", s.ReadingIn, _plain(confirm_reading)),
    Deed("escalate", "Move up the ladder.", s.EscalateIn, _plain(escalate_case)),
    Deed("extend", "Give more time.", s.ExtendIn, _plain(extend_deadline)),
    Deed("suspend", "Leave a span out of a count.", s.SuspendIn, _suspend),
    Deed("assign", "Put the case into a colleague's hands.", s.AssignIn, _assign),
    Deed("decide", "Decide, for a neutral.", s.DecisionIn, _decide),
    Deed("appeal", "Appeal once, to another person.", s.AppealIn, _plain(appeal_decision)),
    Deed("accept-decision", "Say that one will not appeal.", s.Nothing, _plain(accept_decision)),
    Deed("perform-step", "Report a step of a remedy done.", s.StepIn, _plain(perform_step)),
    Deed("confirm-remedy", "Confirm that it arrived and is right.", s.RemedyRef, _plain(confirm_remedy)),
    Deed("dispute-remedy", "Say that it did not arrive or is wrong.", s.DisputeIn, _plain(dispute_remedy)),
    Deed("open-filing", "Record a filing at an outside door.", s.FilingIn, _filing),
    Deed("update-filing", "Record what an outside body said.", s.FilingUpdate, _plain(update_filing)),
    Deed("withdraw", "Take the complaint back.", s.ReasonIn, _plain(withdraw_case)),
    Deed("hold", "Keep everything of the case from being erased.", s.ReasonIn, _plain(hold_case)),
    Deed("release-hold", "Let go of what a colleague held.", s.ReasonIn, _plain(release_hold)),
    Deed("reopen", "Open a closed file again.", s.ReasonIn, _plain(reopen_case)),
    Deed("erase", "Erase the personal data; every proof still verifies.", s.EraseIn, _erase),
)
