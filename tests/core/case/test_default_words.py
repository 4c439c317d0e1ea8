# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Silence that may decide says so from its first moment, to both sides; silence that may not never threatens it."""

from dataclasses import replace
from datetime import date

import pytest

from recourse.core.actor import Role
from recourse.core.case import commands as c
from recourse.core.case.chronicle import chronicle
from recourse.core.case.progress import next_step, silence_of
from recourse.core.claim import Claim
from recourse.core.notice import merchant_notice
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind, OnMiss, Party, RemedyKind, RungName, Stage, SubjectKind
from recourse.gateways.rule_files import load_rulebook
from recourse.portal.respondent.words import default_of
from recourse.queries.rung_letter import blanks
from tests.core.case.story import HUNDRED, A, B, Story

CHECKS = {"card_exists": True, "not_delivered": True}
CARD = Subject(
    SubjectKind.card, "LY20240510001", amount_fen=HUNDRED, happened_on=date(2026, 9, 17), proven=True
)
CLAIMS = Text("补发", "reissue")


@pytest.fixture(scope="module")
def cards() -> Rulebook:
    found = load_rulebook("liyun-cards", on=date(2026, 9, 1))
    assert isinstance(found, Rulebook), found
    return found


def told(cards: Rulebook, *, accepts: bool = True, checks=CHECKS, subject: Subject = CARD) -> Story:
    return Story(
        rules=cards,
        accepts_defaults=accepts,
        checks=checks,
        subject=subject,
        problems=("s2.pt.delivery.late_credit",),
        claims=(Claim(RemedyKind.reissue_key),),
    ).begin()


def lines(story: Story) -> list[str]:
    history = tuple((i + 1, story.now, Role.system, event) for i, event in enumerate(story.events))
    return [
        entry.title.zh for entry in chronicle(history, playbook=story.rules.playbook, role=Role.complainant)
    ]


def test_the_complainant_reads_what_silence_will_do_and_on_which_condition(cards: Rulebook) -> None:
    silence = next_step(told(cards).case, cards.playbook).silence
    assert silence is not None
    assert silence.zh == (
        "商家到期没答复，而平台的记录与投诉相符的，按商家事先接受的规则支持你的请求；"
        "不符的，转升级投诉，分清责任。迟到的答复写明原因的，可以重新审。"
    )
    assert "your claim is granted" in silence.en and "late answer" in silence.en


def test_the_respondent_its_notice_and_its_letter_say_the_same(cards: Rulebook) -> None:
    story = told(cards)
    words = default_of(story.clock("answer"), story.case, cards.playbook, claims=CLAIMS)
    assert words is not None and "你事先接受的规则" in words.zh and "补发" in words.zh
    assert "按贵方事先接受的规则" in merchant_notice(story.case, cards.playbook)[1]
    said = blanks(story.case, cards, today="2026-09-18")["silence"]
    assert isinstance(said, Text) and "支持买家的请求" in said.zh and "the buyer's claim" in said.en


@pytest.mark.parametrize(
    "given", [{"accepts": False}, {"subject": replace(CARD, proven=False)}], ids=["no rule", "no record"]
)
def test_where_silence_cannot_decide_nobody_is_told_that_it_might(cards: Rulebook, given) -> None:
    story = told(cards, **given)
    clock = story.clock("answer")
    assert clock.on_miss is OnMiss.escalate
    silence = silence_of(clock, Text("商家", "x"), case=story.case, playbook=cards.playbook, reader=None)
    assert silence is not None and "支持" not in silence.zh
    assert "事先接受" not in merchant_notice(story.case, cards.playbook)[1]
    story.later(hours=49)
    assert story.case.rung is RungName.operator_escalation and story.case.decision is None


def test_by_default_after_a_served_notice_it_is_owed_and_done(cards: Rulebook) -> None:
    story = told(cards)
    story.later(hours=47)
    assert story.case.decision is None
    story.later(hours=2)
    decision = story.case.decision
    assert decision is not None and decision.by_default
    assert "9月18日" in decision.facts and "9月20日" in decision.facts and "2026" in decision.facts
    assert decision.next_recourse == "official_complaint"
    step = next_step(story.case, cards.playbook)
    assert (step.who, step.text.zh) == (Party.respondent, "不服可以申诉")
    assert "商家到期没答复，按其事先接受的规则支持请求" in lines(story)
    story.later(days=8)
    assert story.case.stage is Stage.implementing
    story.do(B, c.PerformStep("r1", 0, "已补发"))
    story.do(A, c.PerformStep("r1", 1, "能用"))
    story.do(A, c.ConfirmRemedy("r1"))
    assert story.case.resolved


def test_whose_own_use_it_was_not_is_sent_to_the_court(cards: Rulebook) -> None:
    story = Story(
        rules=cards,
        accepts_defaults=True,
        checks=CHECKS,
        subject=CARD,
        problems=("s2.pt.delivery.late_credit",),
        claims=(Claim(RemedyKind.reissue_key),),
        answers_given={"own_use": "no"},
    ).begin()
    story.later(hours=49)
    assert story.case.decision is not None and story.case.decision.next_recourse == "court"


def test_records_that_do_not_agree_bring_a_person_and_the_line_says_why(cards: Rulebook) -> None:
    story = told(cards, checks={"card_exists": True, "not_delivered": False})
    story.later(hours=49)
    assert story.case.decision is None and story.case.rung is RungName.operator_escalation
    assert "没有答复，但记录还不能证实投诉，由人来看：升级投诉，分清责任" in lines(story)


def test_more_than_was_paid_is_never_granted_by_silence(cards: Rulebook) -> None:
    story = Story(
        rules=cards,
        accepts_defaults=True,
        checks=CHECKS,
        subject=CARD,
        problems=("s2.pt.delivery.late_credit",),
        claims=(Claim(RemedyKind.refund, HUNDRED),),
    ).begin()
    story.facts = replace(story.facts, paid_fen=HUNDRED - 1)
    story.later(hours=49)
    assert story.case.decision is None and story.case.stage is Stage.reviewing


def test_a_late_answer_with_its_cause_is_heard_and_the_line_says_so(cards: Rulebook) -> None:
    story = told(cards)
    story.later(hours=49)
    assert story.refused(B, c.RecordAnswer(AnswerKind.refusal, " "))
    story.do(B, c.RecordAnswer(AnswerKind.refusal, "机房断电两天，卡密已在9月19日补发，附日志"))
    assert story.case.decision is not None and story.case.decision.overtaken
    assert story.case.stage is Stage.reviewing and story.case.replies[-1].late
    assert "商家迟到的答复写明了原因，重新审" in lines(story)
    # It goes on to a person, not back to silence.
    assert all(item.on_miss is not OnMiss.default for item in story.case.deadlines if item.state == "running")
