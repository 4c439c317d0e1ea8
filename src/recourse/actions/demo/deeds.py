# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Each deed a story can do, as the real action that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from recourse.actions.accept_offer import accept_offer
from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.add_note import add_note
from recourse.actions.answer_claim import answer_claim
from recourse.actions.appeal_decision import appeal_decision
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.assign_case import assign_case
from recourse.actions.confirm_remedy import confirm_remedy
from recourse.actions.decide_case import decide_case
from recourse.actions.demo.script import GivenTerm, Step
from recourse.actions.escalate_case import escalate_case
from recourse.actions.log_contact import log_contact
from recourse.actions.make_offer import make_offer
from recourse.actions.open_filing import open_filing
from recourse.actions.perform_step import perform_step
from recourse.actions.post_message import post_message
from recourse.actions.prove_contact import prove_contact
from recourse.actions.story import Story
from recourse.actions.update_filing import update_filing
from recourse.core.actor import Actor
from recourse.core.case.state import Case
from recourse.core.claim import Term
from recourse.core.deadline.length import Length, Unit, parse_length
from recourse.core.filing import FilingState
from recourse.core.money import parse_yuan
from recourse.core.port import World
from recourse.core.problem import Problems

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scene:
    """What a deed happens in: the world at that moment, who acts, the case as it stands, the step of the script."""

    world: World
    actor: Actor
    case: Case
    step: Step

    @property
    def place(self) -> dict[str, Any]:
        """The arguments every action begins with."""
        return {"actor": self.actor, "number": self.case.number}


def span(text: str) -> timedelta:
    """A length of hours or days as a span of time."""
    length = parse_length(text)
    assert isinstance(length, Length) and length.unit in {Unit.h, Unit.d}, text
    return timedelta(hours=length.n) if length.unit is Unit.h else timedelta(days=length.n)


def _said(value: T | None) -> T:
    """A field that this deed needs; a script without it is a mistake of ours."""
    assert value is not None, "the step lacks a field that its deed needs"
    return value


def _terms(given: tuple[GivenTerm, ...]) -> tuple[Term, ...]:
    return tuple(Term(item.kind, parse_yuan(item.amount) if item.amount else None) for item in given)


def _exhibit(s: Scene) -> Story[Any]:
    name = s.step.channel or "聊天记录.txt"
    return add_exhibit(
        s.world, **s.place, kind=_said(s.step.evidence), chunks=iter([s.step.text.encode()]), name=name
    )


def _contact(s: Scene) -> Story[Any]:
    return log_contact(
        s.world,
        **s.place,
        at=s.world.clock.now(),
        channel=s.step.channel,
        result=_said(s.step.result),
        agent_no=s.step.agent_no,
        answer=s.step.text,
    )


def _answer(s: Scene) -> Story[Any]:
    promised = s.world.clock.now() + span(s.step.due_in) if s.step.due_in else None
    return answer_claim(s.world, **s.place, kind=_said(s.step.answer), text=s.step.text, promised_at=promised)


def _decide(s: Scene) -> Story[Any]:
    return decide_case(
        s.world,
        **s.place,
        facts=s.step.facts,
        reasons=s.step.text,
        terms=_terms(s.step.terms),
        grounds=s.step.grounds,
    )


def _remedy(s: Scene) -> str:
    """The remedy that the step names by its kind, else the newest."""
    found = [item for item in s.case.remedies if s.step.remedy in {None, item.kind}]
    return found[-1].id


def _perform(s: Scene) -> Story[Any]:
    return perform_step(s.world, **s.place, remedy=_remedy(s), index=_said(s.step.step), note=s.step.text)


def _open_filing(s: Scene) -> Story[Any]:
    return open_filing(
        s.world,
        **s.place,
        channel=s.step.channel,
        filed_at=s.world.clock.now(),
        receipt_no=s.step.receipt_no,
        target=s.step.target,
        warned=s.step.warned,
    )


def _update_filing(s: Scene) -> Story[Any]:
    filing = next(item for item in s.case.filings if item.channel == s.step.channel)
    return update_filing(
        s.world,
        **s.place,
        filing=filing.id,
        state=FilingState(s.step.state),
        receipt_no=s.step.receipt_no,
        answer=s.step.text,
    )


DEEDS: dict[str, Callable[[Scene], Story[Any | Problems]]] = {
    "prove": lambda s: prove_contact(s.world, **s.place, method="code"),
    "exhibit": _exhibit,
    "contact": _contact,
    "answer": _answer,
    "offer": lambda s: make_offer(s.world, **s.place, terms=_terms(s.step.terms), text=s.step.text),
    "accept_offer": lambda s: accept_offer(s.world, **s.place, offer=s.case.offers[-1].id),
    "message": lambda s: post_message(s.world, **s.place, text=s.step.text),
    "note": lambda s: add_note(s.world, **s.place, text=s.step.text),
    "assign": lambda s: assign_case(s.world, **s.place, agent=s.actor.id),
    "escalate": lambda s: escalate_case(s.world, **s.place, rung=s.step.rung, gate_confirmed=s.step.warned),
    "ask_evidence": lambda s: ask_for_evidence(
        s.world, **s.place, of=_said(s.step.of), kind=_said(s.step.evidence), text=s.step.text
    ),
    "decide": _decide,
    "appeal": lambda s: appeal_decision(s.world, **s.place, reasons=s.step.text),
    "perform": _perform,
    "confirm": lambda s: confirm_remedy(s.world, **s.place, remedy=_remedy(s)),
    "open_filing": _open_filing,
    "update_filing": _update_filing,
}
