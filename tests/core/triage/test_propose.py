# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a proposal says and why: phrases in the person's words, negation, answers, companions, none fits."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problems
from recourse.core.triage.folding import READ_MAX
from recourse.core.triage.lexicon import Lexicon
from recourse.core.triage.propose import Triage, as_plain, propose
from recourse.core.triage.stories import gather_stories
from recourse.core.vocabulary import EvidenceKind, ProblemKey
from recourse.gateways.lexicon_file import load_lexicon
from tests.core.triage.playbooks import DRAW, SHOP

TODAY = date(2026, 11, 22)


def the_lexicon() -> Lexicon:
    loaded = load_lexicon()
    assert not isinstance(loaded, Problems), loaded
    return loaded


LEXICON = the_lexicon()
# Stories are heard last of all; what comes before them is tried without.
WITHOUT_STORIES = replace(LEXICON, stories=gather_stories({}))
# Pieces of real complaints in any order reach more rules than random characters do.
PIECES = st.lists(
    st.sampled_from(
        ["没收到", "退款", "质量差", "客服不理", "不是质量问题", "9月20号", "¥39.9", "两百多", "，", "。", "1314元", "虚假宣传", "電", "３", "\u200b",
         "上周五", "8月至11月", "大前天", "万", "年", "前", "~", "/", "(", "\n"]
    )
    | st.text(max_size=8),
    max_size=30,
).map("".join)  # fmt: skip


def read(text: str, playbook: Playbook = SHOP, **facts: object) -> Triage:
    return propose(text, facts, playbook=playbook, lexicon=WITHOUT_STORIES, today=TODAY)


def ids(triage: Triage) -> list[str]:
    return [item.id for item in triage.proposals]


def test_a_proposal_names_the_persons_own_words_with_their_places() -> None:
    text = "東西沒收到，已經20天了"
    (first, *_) = read(text).proposals
    assert first.id == "s3.pt.logistics"
    assert [text[span.start : span.end] for span in first.phrases] == [span.text for span in first.phrases]
    assert any("沒收到" in span.text for span in first.phrases)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("不是质量问题，就是不想要了，商家拒绝退款", "s3.pt.quality"),
        ("退款没收到，平台说已经退了", "s3.pt.logistics"),
        ("客服态度很好，可是耳机坏了", "s3.pt.aftersale"),
    ],
)
def test_a_negation_takes_the_cue_away(text: str, absent: str) -> None:
    triage = read(text)
    assert triage.proposals
    assert absent not in ids(triage)


@pytest.mark.parametrize("text", ["没有坏", "收到了，没发现破损", "没有异味", "不是假货"])
def test_a_fault_that_is_denied_is_no_fault(text: str) -> None:
    assert ids(read(text)) == []


def test_a_question_is_no_dispute_yet() -> None:
    assert ids(read("请问怎么申请退款")) == []
    assert ids(read("申请退款一直不给退")) == ["s3.pt.refund"]


def test_displeasure_that_names_no_fault_is_heard_only_when_nothing_else_fits() -> None:
    (only,) = read("太失望了").proposals
    assert only.id == "s3.pt.quality"
    assert [span.text for span in only.phrases] == ["太失望"]
    assert ids(read("还没发货，太失望了")) == ["s3.pt.logistics"]


def test_a_clause_much_like_an_example_is_heard_when_no_cue_is() -> None:
    example = "跟别人用过的一样"
    assert example in LEXICON.examples[ProblemKey.delivered_defective_or_invalid]
    (only,) = read("那个杯子跟别个用过的一样").proposals
    assert only.id == "s3.pt.quality"


def test_a_problem_that_the_playbook_lacks_is_heard_as_the_next_best() -> None:
    (first, *_) = read("给我发错货了").proposals
    assert first.key is ProblemKey.delivered_defective_or_invalid
    assert ids(read("包装破了，里面全碎了", DRAW)) == []


@pytest.mark.parametrize(
    "text",
    [
        "健身房跑路了，教练也不回消息",
        "航空公司取消航班，态度很差",
        "小区电梯坏了，物业一直不修",
        "培训班退费一直不给退，说老师已经上过课",
    ],
)
def test_a_matter_of_another_trade_gets_no_proposal(text: str) -> None:
    assert ids(read(text)) == []


def test_a_playbook_of_any_trade_hears_every_trade_but_no_wages_or_neighbours() -> None:
    anyone = replace(SHOP, any_trade=True)
    assert ids(read("培训班退费一直不给退，说老师已经上过课", anyone))[0] == "s3.pt.refund"
    assert ids(read("小区电梯坏了，物业一直不修", anyone))[0] == "s3.pt.quality"
    assert ids(read("公司拖欠工资一直不给，找人事没人理", anyone)) == []
    assert ids(read("楼上的邻居半夜装修，物业不管", anyone)) == []


def test_an_order_is_heard_although_other_matters_are_named_in_passing() -> None:
    assert ids(read("下单的快递放在小区门口，物业也没看到，包裹丢了"))[0] == "s3.pt.logistics"


def own(playbook: Playbook, problem: str, *says: str) -> Playbook:
    """The playbook with these phrases for one of its problems."""
    problems = tuple(replace(item, says=says) if item.id == problem else item for item in playbook.problems)
    return replace(playbook, problems=problems)


def test_a_playbook_joins_words_by_the_signs_of_the_lexicon() -> None:
    told = own(SHOP, "s3.pt.false_ad", "抽奖/抽中 ~ 自己人")
    (only,) = read("每次抽中的都是他们自己人", told).proposals
    assert (only.id, only.score) == ("s3.pt.false_ad", LEXICON.weights.told)
    assert [span.text for span in only.phrases] == ["抽中的都是他们自己人"]
    assert ids(read("每次抽中。都是他们自己人", told)) == []


def test_words_beside_each_other_are_heard_in_any_order_when_nothing_else_fits() -> None:
    told = own(SHOP, "s3.pt.false_ad", "领奖/中了 & 办卡/充值", "领奖/中了 & 办卡/充值 & 才知道")
    (two,) = read("让我办卡，不然中了也没用", told).proposals
    (three,) = read("到店才知道要充值。领奖真难", told).proposals
    assert (two.id, three.id) == ("s3.pt.false_ad", "s3.pt.false_ad")
    assert LEXICON.weights.mood == two.score < three.score
    assert [span.text for span in two.phrases] == ["办卡，不然中了"]
    assert ids(read("办卡" + "，嗯" * 30 + "中了", told)) == []
    assert "s3.pt.false_ad" not in ids(read("中了让我办卡，一直没发货", told))


@pytest.mark.parametrize("says", ["/", "a//b", "~ 好", "{part} ~ 好", "a & b ~ c"])
def test_a_phrase_whose_signs_join_nothing_is_taken_as_it_stands(says: str) -> None:
    assert ids(read("每次都一样", own(SHOP, "s3.pt.false_ad", says))) == []
    assert ids(read(f"他说{says}了", own(SHOP, "s3.pt.false_ad", says)))[:1] == ["s3.pt.false_ad"]


def test_a_playbooks_own_phrase_is_not_stopped_by_words_inside_it() -> None:
    assert "s3.pt.logistics" not in ids(read("点卡还没到账"))
    assert ids(read("点卡还没到账", own(SHOP, "s3.pt.logistics", "没到账")))[0] == "s3.pt.logistics"


def test_a_companion_that_is_told_in_joined_words_is_the_trouble_itself() -> None:
    text = "我把地址发给他以后就被拉黑了，一直没收到货"
    assert ids(read(text))[0] == "s3.pt.logistics"
    told = own(SHOP, "s3.pt.aftersale", "地址 ~ 拉黑")
    assert ids(read(text, told))[0] == "s3.pt.aftersale"


def test_several_problems_may_be_proposed_and_the_substantive_one_leads() -> None:
    assert ids(read("耳机是坏的，找客服一直不回消息"))[:2] == ["s3.pt.quality", "s3.pt.aftersale"]
    assert ids(read("客服一直不回消息")) == ["s3.pt.aftersale"]


def test_none_fits_is_said_honestly() -> None:
    triage = read("怎么修改昵称")
    assert triage.proposals == ()
    assert triage.missing_evidence == ()
    assert as_plain(triage)["proposals"] == []


def test_words_that_the_matter_is_over_take_the_proposal_away() -> None:
    assert ids(read("之前没发货，现在已经解决了，谢谢")) == []


def test_an_answer_speaks_for_and_against() -> None:
    (only,) = read("", goods_received="no").proposals
    assert (only.id, only.answers, only.phrases) == ("s3.pt.logistics", ("goods_received",), ())
    assert read("", goods_received=False).proposals == (only,)
    plain = {item.id: item.score for item in read("没收到").proposals}
    against = {item.id: item.score for item in read("没收到", goods_received="yes").proposals}
    assert against.get("s3.pt.logistics", 0) < plain["s3.pt.logistics"]


def test_a_promise_that_has_passed_speaks_for_non_delivery() -> None:
    assert ids(read("", promised_on="2026-11-01")) == ["s3.pt.logistics"]
    assert ids(read("", promised_on=date(2026, 11, 1))) == ["s3.pt.logistics"]
    assert ids(read("", promised_on="2026-12-01")) == []
    assert ids(read("", promised_on="soon")) == []


def test_evidence_at_hand_is_not_missing() -> None:
    triage = propose("质量太差", {}, playbook=SHOP, lexicon=LEXICON, today=TODAY, have={EvidenceKind.photo})
    assert triage.missing_evidence == (EvidenceKind.order_no,)


def test_equal_scores_keep_the_order_of_the_playbook() -> None:
    twins = (SHOP.problems[3], replace(SHOP.problems[3], id="s3.pt.twin"))
    assert ids(read("没收到货", replace(SHOP, problems=twins))) == ["s3.pt.logistics", "s3.pt.twin"]
    assert ids(read("没收到货", replace(SHOP, problems=twins[::-1]))) == ["s3.pt.twin", "s3.pt.logistics"]


def test_the_plain_form_has_the_names_that_programs_rely_on() -> None:
    plain = as_plain(read("前天晚上8点付款1314元，2024-05-10说发货，到现在没发货"))
    assert plain["amount"] == "1314.00"
    assert plain["dates"] == ["2026-11-20", "2024-05-10"]
    (first, *_) = plain["proposals"]  # type: ignore[misc]
    assert first["key"] == "not_delivered"
    assert {"key", "id", "score", "phrases"} <= first.keys()
    assert plain["date_phrases"][0]["at"] == "20:00"  # type: ignore[index]


def test_only_the_beginning_of_an_endless_text_is_read() -> None:
    assert ids(read("啊" * READ_MAX + "没收到货")) == []


@settings(max_examples=150)
@given(PIECES, st.sampled_from([SHOP, DRAW]))
def test_any_text_is_read_the_same_way_twice_and_quoted_exactly(text: str, playbook: Playbook) -> None:
    triage = read(text, playbook, goods_received=text)
    assert triage == read(text, playbook, goods_received=text)
    json.dumps(as_plain(triage))
    spans = [span for item in triage.proposals for span in item.phrases]
    spans += [item.span for item in triage.amounts] + [item.span for item in triage.dates]
    assert all(text[span.start : span.end] == span.text and span.text for span in spans)
    scores = [item.score for item in triage.proposals]
    assert scores == sorted(scores, reverse=True)
    assert all(LEXICON.fits_from <= score <= 1000 for score in scores)
    assert all(0 < item.fen_low <= item.fen_high for item in triage.amounts)
    assert all(not item.first or not item.last or item.first <= item.last for item in triage.dates)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_no_character_crashes_it(text: str) -> None:
    read(text)


def test_of_two_problems_with_one_key_the_one_named_in_its_own_words_leads() -> None:
    first = replace(SHOP.problems[0], id="t.pt.first", key=ProblemKey.not_delivered, says=("预售没到",))
    second = replace(first, id="t.pt.second", says=("空箱寄来",))
    playbook = replace(SHOP, problems=(first, second))

    def leads(text: str) -> str:
        return propose(text, {}, playbook=playbook, lexicon=LEXICON, today=TODAY).proposals[0].id

    assert leads("一直没发货，空箱寄来也算发货？") == "t.pt.second"
    assert leads("一直没发货，预售没到。") == "t.pt.first"
    assert leads("一直没发货。") == "t.pt.first"


@pytest.mark.parametrize("excuse", ["客服说系统故障，一直推诿", "客服说用户操作不当，踢皮球"])
def test_an_excuse_of_the_service_is_no_fault_of_the_goods(excuse: str) -> None:
    found = propose(excuse, {}, playbook=SHOP, lexicon=LEXICON, today=TODAY).proposals
    assert ProblemKey.delivered_defective_or_invalid not in {item.key for item in found}
