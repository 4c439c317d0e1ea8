# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A door outside is offered when it is known to fit; what was left open is asked, and can be answered later."""

from dataclasses import replace

import pytest

from recourse.core.actor import Role
from recourse.core.case import commands as c
from recourse.core.case.chronicle import chronicle
from recourse.core.case.doors import asked_by, doors_of
from recourse.core.case.draft import open_questions, settled
from recourse.core.claim import Claim
from recourse.core.disclosure import READERS
from recourse.core.playbook.types import Playbook
from recourse.core.vocabulary import RemedyKind, RungName
from tests.core.case.rules import SHOP, rulebook
from tests.core.case.story import AGENT, A, B, Story

OWN_USE = {"goods_received": ("yes",)}
DOOR = "t.ch.12315"


def shop() -> Playbook:
    """The shop whose 12315 door, rung and refund turn on one question."""
    channels = tuple(replace(item, when=OWN_USE) if item.id == DOOR else item for item in SHOP.channels)
    remedies = tuple(
        replace(item, when=OWN_USE) if item.kind is RemedyKind.refund else item for item in SHOP.remedies
    )
    ladder = tuple(
        replace(item, when=OWN_USE) if item.rung is RungName.official_complaint else item
        for item in SHOP.ladder
    )
    return replace(SHOP, channels=channels, remedies=remedies, ladder=ladder)


def told(**answers: str) -> Story:
    claims = (Claim(RemedyKind.apology),)
    return Story(rules=rulebook(shop()), answers_given=answers, claims=claims, operated=()).begin(
        served=False
    )


@pytest.mark.parametrize(
    ("answers", "fits", "open_"),
    [
        ({}, False, ("goods_received",)),
        ({"goods_received": "yes"}, True, ()),
        ({"goods_received": "no"}, False, ()),
    ],
)
def test_a_condition_is_settled_when_it_was_asked_and_answered_so(
    answers: dict[str, str], fits: bool, open_: tuple[str, ...]
) -> None:
    assert settled(OWN_USE, answers) is fits
    assert open_questions(OWN_USE, answers) == open_


def test_a_door_whose_condition_is_open_is_not_offered_and_says_what_it_waits_for() -> None:
    story = told()
    door = next(item for item in shop().channels if item.id == DOOR)
    assert DOOR not in {item.id for item in doors_of(shop(), story.case)}
    assert [item.key for item in asked_by(door, shop(), story.case)] == ["goods_received"]
    assert story.refused(A, c.OpenFiling(DOOR, story.now)) == ("door_unsettled",)
    assert story.do(A, c.AnswerQuestions({"goods_received": "yes"})) == ("QuestionsAnswered",)
    assert DOOR in {item.id for item in doors_of(shop(), story.case)}
    assert asked_by(door, shop(), story.case) == ()
    assert "FilingOpened" in story.do(A, c.OpenFiling(DOOR, story.now))


def test_a_door_that_does_not_fit_is_no_door_and_asks_nothing() -> None:
    story = told(goods_received="no")
    door = next(item for item in shop().channels if item.id == DOOR)
    assert asked_by(door, shop(), story.case) == ()
    assert story.refused(A, c.OpenFiling(DOOR, story.now)) == ("channel_unknown",)


def test_an_answer_stands_and_only_the_playbooks_questions_are_answered() -> None:
    story = told(goods_received="yes")
    assert story.do(A, c.AnswerQuestions({"goods_received": "yes", "draw_kind": ""})) == ()
    assert story.refused(A, c.AnswerQuestions({"goods_received": "no"})) == ("answered_already",)
    assert story.refused(A, c.AnswerQuestions({"x": "yes", "draw_kind": "free"})) == (
        "question_unknown",
        "answer_unknown",
    )
    assert story.refused(B, c.AnswerQuestions({"draw_kind": "paid"})) == ("not_allowed",)
    # An agent writes down what a caller says.
    assert story.do(AGENT, c.AnswerQuestions({"draw_kind": "paid"})) == ("QuestionsAnswered",)
    assert story.case.answers_given == {"goods_received": "yes", "draw_kind": "paid"}


@pytest.mark.parametrize("role", [Role.complainant, Role.respondent, Role.agent, Role.auditor])
def test_whoever_reads_the_answers_reads_that_one_was_given_later(role: Role) -> None:
    story = told()
    story.do(A, c.AnswerQuestions({"goods_received": "yes"}))
    history = tuple((number, story.now, Role.complainant, one) for number, one in enumerate(story.events, 1))
    lines = [entry.title.zh for entry in chronicle(history, playbook=shop(), role=role)]
    assert READERS["QuestionsAnswered"]["answers"] is READERS["ComplaintFiled"]["answers_given"]
    assert "补答了1个问题" in lines


def test_a_late_answer_takes_no_step_back_that_the_case_stands_on() -> None:
    story = told()
    while story.case.rung is not RungName.official_complaint:
        story.do(A, c.EscalateCase())
    story.do(A, c.AnswerQuestions({"goods_received": "no"}))
    assert story.case.rung is RungName.official_complaint
    assert "RungEntered" in story.do(A, c.EscalateCase())
    assert story.case.rung is RungName.court


def test_a_late_answer_takes_nothing_back_that_was_agreed() -> None:
    terms = (c.Term(RemedyKind.refund, 100_00),)
    story = Story(rules=rulebook(shop()), claims=(Claim(RemedyKind.refund, 100_00),)).begin()
    story.do(B, c.MakeOffer(terms, "退款"))
    assert "RemedyOrdered" in story.do(A, c.AcceptOffer(story.case.offers[-1].id))
    story.do(A, c.AnswerQuestions({"goods_received": "no"}))
    while (index := story.case.remedies[0].next_step()) is not None:
        story.do(B, c.PerformStep(story.case.remedies[0].id, index, "流水号1"))
    story.do(A, c.ConfirmRemedy(story.case.remedies[0].id))
    assert story.case.resolved
