# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The playbook wechat-lottery: whole, faithful to its source article, and lawful where the article is not."""

from datetime import date

import pytest

from recourse.core.account import ShownAccount
from recourse.core.case.state import Case
from recourse.core.condition import Announced, Condition, Refusal
from recourse.core.law import Article
from recourse.core.letter import BLANKS, render
from recourse.core.playbook.grounds import grounds_of
from recourse.core.playbook.ids import LawId
from recourse.core.playbook.types import Playbook, ProblemType, RungSpec
from recourse.core.playbook.walk import walk
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.values import replace
from recourse.core.vocabulary import (
    EvidenceKind,
    EvidenceState,
    OnMiss,
    Party,
    ProblemKey,
    RungName,
    StartsWhen,
)
from recourse.gateways.law_files import load_law
from recourse.gateways.rule_files import PLAYBOOKS
from recourse.queries.rung_letter import fill, letters_for
from tests.core.case.test_tables import PROVEN, case_of, filed
from tests.playbooks import sound

PLATFORM = "wechat-lottery"
DAY = date(2026, 11, 20)
# Every id of the source's specification, and what the article's four steps are called here.
FACTS = {
    *("s1.org.individual", "s1.org.official_account", "s1.org.institution"),
    *("s1.th.repeat10", "s1.pen.close_app", "s1.pen.close_oa", "s1.sla.ai", "s1.exp.low"),
    *("s1.st.self_check", "s1.st.organiser", "s1.st.platform", "s1.st.host"),
}  # fmt: skip
PROBLEMS = {
    "s1.pt.voided_after_win": ProblemKey.entitlement_revoked,
    "s1.pt.hidden_condition": ProblemKey.rule_changed,
    "s1.pt.blocked_after_address": ProblemKey.service_unresponsive,
    "s1.pt.forged_counter_evidence": ProblemKey.counterparty_bad_faith,
    "s1.pt.no_delivery": ProblemKey.not_delivered,
    "s1.pt.illegal_content": ProblemKey.misdescription,
}


def rules() -> Rulebook:
    return sound.rules(PLATFORM, DAY)


def playbook() -> Playbook:
    return rules().playbook


def problem(id: str) -> ProblemType:
    return next(item for item in playbook().problems if item.id == id)


def rung(name: RungName) -> RungSpec:
    return next(item for item in playbook().ladder if item.rung is name)


def test_it_has_no_problem_and_its_examples_hold() -> None:
    sound.examples_hold(PLATFORM)


def test_every_phrase_is_the_articles_and_none_was_forgotten() -> None:
    sound.phrases_are_the_articles(playbook(), "phrases_s1.sha256")


def test_every_fact_of_the_source_is_there_with_its_words() -> None:
    stated = {
        item.id: item.phrase
        for group in ("limits", "penalties", "process", "expectations", "repeats")
        for item in getattr(playbook(), group)
    }
    assert set(stated) >= FACTS
    assert [id for id in FACTS if not stated[id]] == []
    assert {item.id: item.key for item in playbook().problems} == PROBLEMS
    assert all(item.phrase for item in playbook().problems)


def test_the_three_kinds_of_organiser_are_asked_and_told_apart() -> None:
    asked = next(item for item in playbook().ask if item.key == "organiser")
    assert [option.key for option in asked.options] == ["individual", "official_account", "institution"]
    narrowed = {
        item.id: item.when["organiser"] for item in playbook().expectations if "organiser" in item.when
    }
    assert {narrowed[f"s1.org.{option.key}"] for option in asked.options} == {
        (option.key,) for option in asked.options
    }


def test_whoever_just_paid_is_sent_to_110_before_any_form() -> None:
    first = playbook().ask[0]
    stopping = next(option for option in first.options if option.stop)
    assert first.key == "money_just_paid" and stopping.advice is not None
    assert "110" in stopping.advice.zh and "止付" in stopping.advice.zh


def test_whoever_was_asked_to_pay_and_did_not_has_a_true_answer() -> None:
    options = {option.key: option for option in playbook().ask[0].options}
    assert "没付" in options["reported"].text.zh and not options["reported"].stop


def test_a_report_names_the_prize_rules_where_nobody_knows_yet_who_the_organiser_is() -> None:
    body = rules().letters["report_12315"].body.zh
    assert "规范促销行为暂行规定第十三条" in body and "是不是经营者" in body


BUSINESS = {"organiser": "institution"}


@pytest.mark.parametrize(
    ("answers", "cited", "not_cited"),
    [
        (BUSINESS, {"sp.13", "sp.15", "aucl.11", "cc.577"}, {"cc.499"}),
        ({"organiser": "individual", "task_asked": "yes"}, {"cc.499", "cc.577"}, {"sp.13", "aucl.11"}),
        ({"organiser": "individual", "runs_business": "yes"}, {"sp.13", "aucl.11"}, {"cc.499"}),
        ({"organiser": "official_account", "runs_business": "no"}, {"cc.577"}, {"sp.13", "aucl.11"}),
        ({"organiser": "official_account"}, {"cc.577"}, {"sp.13", "aucl.11"}),
    ],
)
def test_each_organiser_is_held_to_its_own_law(
    answers: dict[str, str], cited: set[str], not_cited: set[str]
) -> None:
    grounds = set(grounds_of(problem("s1.pt.voided_after_win"), answers))
    assert cited <= grounds
    assert not (not_cited & grounds)


def test_only_verified_law_is_cited() -> None:
    book = load_law()
    assert not isinstance(book, Problems)
    cited = {place.value for place in walk(playbook()) if place.hint == LawId and place.value}
    assert [key for key in cited if not all(article.is_verified for article in book[key])] == []
    articles: list[Article] = [rules().law[key] for key in cited]
    assert all(article.is_in_force(DAY) for article in articles)


def test_the_ladder_goes_from_small_to_large() -> None:
    assert [(item.rung.value, item.optional, item.outside_only) for item in playbook().ladder] == [
        ("self_check", False, False),
        ("negotiate", False, False),
        ("operator_support", False, False),
        ("platform_decision", False, False),
        ("host_platform", False, True),
        ("report", True, True),
        ("official_complaint", False, True),
        ("police", True, True),
        ("court", False, True),
    ]


def test_silence_after_service_decides_only_with_page_and_win_in_hand() -> None:
    (answer,) = (item for item in rung(RungName.negotiate).deadlines if item.act == "answer")
    assert (answer.who, answer.starts_when, answer.on_miss) == (
        Party.respondent,
        StartsWhen.notice_served,
        OnMiss.default,
    )
    assert set(answer.needs) == {
        EvidenceKind.product_or_event_page_snapshot,
        EvidenceKind.win_or_redeem_screen,
    }
    assert {"draw_exists", "not_delivered"} <= set(problem("s1.pt.blocked_after_address").checks)


def test_the_host_takes_two_targets_and_says_save_first() -> None:
    (door,) = (item for item in playbook().channels if item.rung is RungName.host_platform)
    assert [(item.key, item.when) for item in door.targets] == [
        ("mini_program", {}),
        ("official_account", {"organiser": ("official_account",)}),
    ]
    assert door.before is not None and door.before.zh.startswith("先存证再投诉")
    assert "下架不等于发奖" in rung(RungName.host_platform).text.zh


def test_12315_takes_a_complaint_only_where_something_was_bought() -> None:
    assert rung(RungName.official_complaint).when["bought_something"] == ("yes",)
    assert rung(RungName.report).optional and not rung(RungName.report).when


def test_the_threshold_is_ten_with_a_share_and_acts_on_nobody() -> None:
    (rule,) = playbook().repeats
    assert (rule.id, rule.least, rule.percent) == ("s1.th.repeat10", 10, 50)
    assert "不自动处理任何人" in rule.text.zh and "对方看不到" in rule.notice.zh


def test_clocks_that_no_law_sets_say_so() -> None:
    for place in walk(playbook()):
        basis = getattr(place.value, "basis", None)
        if basis is not None and basis.playbook:
            assert basis.note is not None and basis.note.zh and basis.note.en, place.path


@pytest.mark.parametrize("key", sorted(path.stem for path in (PLAYBOOKS / PLATFORM / "letters").glob("*.md")))
def test_each_letter_is_whole_when_everything_is_known(key: str) -> None:
    letter = rules().letters[key]
    rendered, missing = render(letter, {name: f"〔{name}〕" for name in BLANKS})
    assert missing == ()
    assert "{{" not in rendered.body.zh + rendered.body.en + rendered.subject.zh + rendered.subject.en
    assert len(rendered.body.en) > 100 and len(rendered.body.zh) > 60
    assert rendered.excess == 0
    assert "http" not in rendered.body.zh + rendered.body.en


def at(rung: RungName, **change: object) -> Case:
    return replace(case_of(filed()), rung=rung, rung_outside=True, **change)


def test_the_message_to_tencent_says_target_conditions_refusal_and_demand() -> None:
    hidden = Condition("必须先加好友", announced=Announced.after_win)
    case = at(RungName.host_platform, conditions=(*PROVEN, hidden))
    keys = [letter.key for letter in letters_for(rules(), case=case, rung=RungName.host_platform, own=True)]
    assert keys == ["wechat_mini_program", "wechat_official_account"]
    texts = {}
    for key in keys:
        rendered, missing = fill(rules().letters[key], case, rules(), today="2026-11-24")
        # The day of the draw is not known here; the letter shows the blank.
        assert missing == ("happened_on",) and rendered.excess == 0
        texts[key] = rendered
    body = texts["wechat_mini_program"].body.zh
    for words in (
        *("CJ20261120", "好运来优选", "转账1314元", "1. 转发朋友圈；2026年11月18日", "有证明：截图，有时间"),
        *("3. 必须先加好友；中奖后才说的", "“作废了”", "付给我奖金或等值的钱1314.00元"),
    ):
        assert words in body
    assert "抽奖小程序" in texts["wechat_mini_program"].subject.zh
    assert "公众号" in texts["wechat_official_account"].subject.zh
    alone = replace(case, answers_given={"organiser": "individual"})
    keys = [letter.key for letter in letters_for(rules(), case=alone, rung=RungName.host_platform, own=True)]
    assert keys == ["wechat_mini_program"]


def test_without_a_table_the_letters_have_no_empty_headings() -> None:
    case = at(RungName.operator_support, conditions=(), refusal=None)
    rendered, _ = fill(rules().letters["complaint_platform"], case, rules(), today="2026-11-24")
    for heading in ("公布的条件", "拒绝的原话", "账号对照", "以前的联系"):
        assert heading not in rendered.body.zh


def test_accounts_side_by_side_go_into_the_complaint() -> None:
    rows = (
        ShownAccount("a1", Party.complainant, "对方交的截图", "小鹿", "", 2),
        ShownAccount("a2", Party.complainant, "我的资料页", "小鹿", "wx_deer"),
    )
    case = at(RungName.operator_support, accounts=rows)
    rendered, _ = fill(rules().letters["complaint_platform"], case, rules(), today="2026-11-24")
    assert "1. 对方交的截图（证据2）：昵称“小鹿”，账号ID 看不到" in rendered.body.zh
    assert "认不出是不是同一个人" in rendered.body.zh


def test_the_refusal_quoted_is_what_was_answered_here_else_what_was_said_outside() -> None:
    case = at(RungName.court, refusal=Refusal("就是不给", date(2026, 11, 21)))
    rendered, _ = fill(rules().letters["court_complaint"], case, rules(), today="2026-11-24")
    assert "“就是不给”（2026年11月21日" in rendered.body.zh


def test_proof_that_lies_elsewhere_is_said_so() -> None:
    case = at(RungName.court, conditions=(Condition("参与时间", EvidenceState.other_side),))
    rendered, _ = fill(rules().letters["court_complaint"], case, rules(), today="2026-11-24")
    assert "1. 参与时间；证明在对方或平台手里" in rendered.body.zh
