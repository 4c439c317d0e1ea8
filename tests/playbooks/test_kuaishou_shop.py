# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""kuaishou-shop: complete after its source article, quoted character for character, and fit to be sent."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from recourse.core.letter import Letter, Rendered, blanks_of, render
from recourse.core.playbook.ids import LawId
from recourse.core.playbook.types import Playbook
from recourse.core.playbook.walk import walk
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import OnMiss, Party, ProblemKey, RemedyKind, RungName, StartsWhen
from recourse.gateways.rule_files import load_rulebook

# One line per quoted phrase: each was compared with the article when it was entered here.
PHRASES = Path(__file__).with_name("phrases_s3.sha256")
PROBLEMS = {
    "s3.pt.quality": ProblemKey.delivered_defective_or_invalid,
    "s3.pt.false_ad": ProblemKey.misdescription,
    "s3.pt.aftersale": ProblemKey.service_unresponsive,
    "s3.pt.logistics": ProblemKey.not_delivered,
    "s3.pt.refund": ProblemKey.refund_not_processed,
}
FACTS = {
    "s3.ch.app", "s3.ch.chat", "s3.ch.phone", "s3.ch.third", "s3.st.review", "s3.st.coordinate", "s3.st.arbitrate",
    "s3.tl.feedback7", "s3.tl.usual", "s3.rem.refund_return", "s3.rem.goodwill", "s3.pen.merchant",
    "s3.fail.refile", "s3.fail.external",
}  # fmt: skip
BLANKS: dict[str, str | Text] = {
    "number": "R-2026-000123",
    "today": "2026年11月22日",
    "platform": Text("快手小店", "Kuaishou Shop"),
    "complainant_name": "李晓雨",
    "respondent_name": "杭州某某电子商务有限公司",
    "record_id": "2426200123456789",
    "record_amount": "259.00",
    "happened_on": "2026年11月1日",
    "promised_on": "2026年11月8日",
    "problem": Text("退款问题", "Refund"),
    "story": "11月4日收到，当天申请退货，11月9日商家签收，一直没有退款。" * 40,
    "demands": "退款259.00元，并承担退货运费12.00元",
    "evidence_list": "1. 订单详情\n2. 聊天记录\n3. 退货物流",
    "contact_log": "11月10日 店铺客服：正在处理",
    "conditions": "",
    "refusal": "商家说影响二次销售，不同意退款",
    "deadline": "2026年11月24日（周二）18:00",
    "rung": Text("12315或消协", "12315 or consumer association"),
    "ground_list": "《中华人民共和国消费者权益保护法》第二十五条、第四十八条",
    "platform_result": "平台11月18日决定支持退货退款，商家没有执行",
}


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    found = load_rulebook("kuaishou-shop", on=date(2026, 11, 1))
    assert not isinstance(found, Problems)
    return found


@pytest.fixture(scope="module")
def playbook(rules: Rulebook) -> Playbook:
    return rules.playbook


def filled(letter: Letter, change: Mapping[str, str | Text] = BLANKS) -> tuple[Rendered, tuple[str, ...]]:
    return render(letter, change)


def test_every_problem_of_the_article_has_its_canonical_key(playbook: Playbook) -> None:
    assert {item.id: item.key for item in playbook.problems} == PROBLEMS


def test_every_fact_of_the_article_is_there(playbook: Playbook) -> None:
    said = {place.value for place in walk(playbook) if place.name in ("id", "source")}
    assert FACTS - said == set()


def test_phrases_are_the_articles_own_words(playbook: Playbook) -> None:
    phrases = {place.value for place in walk(playbook) if place.name == "phrase" and place.value}
    digests = sorted(hashlib.sha256(phrase.encode()).hexdigest() for phrase in phrases)
    assert digests == PHRASES.read_text().split()


def test_every_ground_was_read_in_a_full_text_and_is_in_force(rules: Rulebook) -> None:
    cited = {place.value for place in walk(rules.playbook) if place.hint == LawId and place.value}
    assert cited == set(rules.law)
    assert [key for key, article in rules.law.items() if not article.is_verified] == []


def test_the_ladder_climbs_from_merchant_to_court(playbook: Playbook) -> None:
    assert [rung.rung for rung in playbook.ladder if not rung.optional] == [
        RungName.negotiate,
        RungName.operator_support,
        RungName.platform_decision,
        RungName.official_complaint,
        RungName.court,
    ]
    assert {rung.rung for rung in playbook.ladder if rung.optional} == {
        RungName.public_exposure,
        RungName.report,
        RungName.police,
    }


def test_the_merchant_answers_within_48_hours_of_the_notice(playbook: Playbook) -> None:
    (answer,) = playbook.ladder[0].deadlines
    assert (answer.act, answer.who, answer.length) == ("answer", Party.respondent, "48h")
    assert (answer.starts_when, answer.on_miss) == (StartsWhen.notice_served, OnMiss.escalate)
    # The article names no such period, so the page must be able to say who set it.
    assert answer.basis.playbook and answer.basis.note is not None


def test_every_clock_of_the_playbooks_own_says_so(playbook: Playbook) -> None:
    own = [place for place in walk(playbook) if place.name == "basis" and place.value.playbook]
    assert [place.path for place in own if place.value.note is None] == []


def test_two_official_bodies_bar_each_other(playbook: Playbook) -> None:
    official = {item.id for item in playbook.channels if item.official}
    assert official == {"s3.ch.samr", "s3.ch.association"}
    assert any("sc121.16" in item.grounds for item in playbook.differences)


def test_a_return_goes_back_is_received_inspected_and_refunded_within_seven_days(playbook: Playbook) -> None:
    spec = next(item for item in playbook.remedies if item.kind is RemedyKind.return_refund)
    assert [step.act for step in spec.steps] == ["ship_back", "receive_return", "inspect", "refund"]
    after_receipt = [int(step.length.removesuffix("d")) for step in spec.steps[2:]]
    assert sum(after_receipt) == 7
    assert spec.steps[3].basis.law == "cpl.25"


def test_performing_is_clocked_by_its_steps_and_the_fifteen_days_of_the_law_are_told(
    playbook: Playbook,
) -> None:
    assert "perform" not in {item.act for item in playbook.deadlines}
    assert all(step.length for item in playbook.remedies for step in item.steps)
    (told,) = (item for item in playbook.limits if item.id == "s3.law.refuse15")
    assert "15天" in told.text.zh and "第八条" in told.text.zh
    assert any("pen.8" in item.grounds for item in playbook.problems)


def test_letters_are_complete_and_leave_nothing_open(rules: Rulebook) -> None:
    for letter in rules.letters.values():
        rendered, missing = filled(letter)
        assert missing == (), letter.key
        assert rendered.excess == 0, letter.key
        assert "{{" not in rendered.body.zh + rendered.body.en + rendered.subject.zh + rendered.subject.en


def test_a_bare_case_still_gives_letters_that_name_what_is_missing(rules: Rulebook) -> None:
    for letter in rules.letters.values():
        _, missing = filled(letter, {})
        assert set(missing) <= set(blanks_of(letter))
        assert not {"refusal", "promised_on"} & set(missing)
        # Only an appeal is about the platform's result; elsewhere it is said when there is one.
        assert ("platform_result" in missing) == (letter.key == "appeal")


def test_outside_texts_fit_their_forms(rules: Rulebook) -> None:
    narrative, _ = filled(rules.letters["packet_12315"])
    assert len(narrative.body.zh) <= 500
    title, _ = filled(rules.letters["packet_public"])
    assert len(title.subject.zh) <= 30
    public = rules.letters["packet_public"].body.zh + rules.letters["packet_public"].subject.zh
    assert not any(word in public for word in ("骗子", "诈骗", "黑心", "无良", "奸商"))


def test_the_notice_to_the_merchant_has_no_link(rules: Rulebook) -> None:
    rendered, _ = filled(rules.letters["notice_merchant"])
    for words in (rendered.body.zh, rendered.body.en):
        assert "http" not in words and "www." not in words
    assert "打开店铺后台" in rendered.body.zh and "R-2026-000123" in rendered.body.zh


def test_no_letter_threatens(rules: Rulebook) -> None:
    for letter in rules.letters.values():
        assert "否则" not in letter.body.zh and "曝光" not in letter.body.zh, letter.key


def test_the_court_outline_holds_what_the_law_asks_for(rules: Rulebook) -> None:
    # Civil Procedure Law, article 124.
    body = rules.letters["court_outline"].body.zh
    for word in ("性别", "年龄", "民族", "职业", "工作单位", "住所", "联系方式", "法定代表人"):
        assert word in body
    for heading in ("被告", "诉讼请求", "事实与理由", "证据和证据来源，证人姓名和住所"):
        assert heading in body


def test_paying_just_now_leaves_the_form(playbook: Playbook) -> None:
    (question,) = [item for item in playbook.ask if item.key == "money_just_paid"]
    stops = [option for option in question.options if option.stop]
    assert [option.key for option in stops] == ["yes"]
    assert stops[0].advice is not None and "110" in stops[0].advice.zh
