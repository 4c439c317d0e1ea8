# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The playbook lofter-draw: whole, faithful to its source article, and lawful where the article is not."""

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from recourse.core.deadline.deadline import Deadline, listed, start
from recourse.core.deadline.length import parse_length
from recourse.core.law import Article
from recourse.core.letter import BLANKS, Letter, render
from recourse.core.playbook.grounds import grounds_of
from recourse.core.playbook.ids import LawId
from recourse.core.playbook.types import Playbook, ProblemType, RungSpec
from recourse.core.playbook.walk import walk
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.vocabulary import OnMiss, Party, ProblemKey, RemedyKind, RungName, StartsWhen
from recourse.gateways.law_files import load_law
from recourse.gateways.rule_files import PLAYBOOKS
from tests.playbooks import sound

PLATFORM = "lofter-draw"
PHRASES = Path(__file__).with_name("phrases_s0.txt")
DAY = date(2026, 9, 1)
_MOMENT = datetime(2026, 9, 1, 10, tzinfo=timezone(timedelta(hours=8)))


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
    words = PHRASES.read_text(encoding="utf-8").splitlines()
    texts = [(place.path, place.value) for place in walk(playbook()) if isinstance(place.value, str)]
    phrases = {value for path, value in texts if path.endswith(".phrase") and value}
    assert phrases <= set(words)
    assert [line for line in words if not any(line in value for _path, value in texts)] == []


def test_the_three_kinds_of_trouble_have_their_keys() -> None:
    assert {item.id: item.key for item in playbook().problems} == {
        "s0.pt.overdue": ProblemKey.not_delivered,
        "s0.pt.no_notice": ProblemKey.no_notice,
        "s0.pt.cs_inaction": ProblemKey.service_unresponsive,
    }
    assert [item.id for item in playbook().causes] == [
        "s0.cause.process",
        "s0.cause.system",
        "s0.cause.user_info",
    ]


PAID = {"draw_kind": "paid_random_draw", "organiser": "business"}
FREE = {"draw_kind": "free_prize_draw", "organiser": "platform"}


@pytest.mark.parametrize(
    ("answers", "cited", "not_cited"),
    [
        (PAID, {"ecl.20", "cc.563", "cc.577"}, {"sp.13", "aucl.11", "cc.499"}),
        (FREE, {"sp.13", "sp.15", "aucl.11"}, {"ecl.20", "cpl.48", "cc.499"}),
        ({**FREE, "organiser": "individual"}, {"cc.499"}, {"sp.13", "aucl.11", "ecl.20"}),
        ({"draw_kind": "creator_reward", "organiser": "platform"}, {"cc.499"}, {"sp.13", "cpl.48", "ecl.20"}),
        ({**PAID, "age_band": "under_8"}, {"cc.144", "cc.157"}, {"cc.145"}),
        ({**FREE, "promised_time": "never"}, {"cc.511"}, {"cc.563"}),
        ({}, {"cc.577"}, {"sp.13", "ecl.20", "cc.499", "cc.511"}),
    ],
)
def test_each_kind_of_draw_cites_its_own_law(
    answers: dict[str, str], cited: set[str], not_cited: set[str]
) -> None:
    grounds = set(grounds_of(problem("s0.pt.overdue"), answers))
    assert cited <= grounds
    assert not (not_cited & grounds)


def test_only_verified_law_is_cited() -> None:
    book = load_law()
    assert not isinstance(book, Problems)
    cited = {place.value for place in walk(playbook()) if place.hint == LawId and place.value}
    assert [key for key in cited if not all(article.is_verified for article in book[key])] == []
    articles: list[Article] = [rules().law[key] for key in cited]
    assert all(article.is_in_force(DAY) for article in articles)


def test_the_first_rung_hears_the_organiser_and_silence_moves_on() -> None:
    spec = rung(RungName.operator_support)
    (answer,) = (item for item in spec.deadlines if item.act == "answer")
    assert (answer.who, answer.starts_when, answer.on_miss) == (
        Party.respondent,
        StartsWhen.notice_served,
        OnMiss.escalate,
    )
    assert answer.basis.playbook and answer.basis.note is not None
    assert "不算答复" in spec.text.zh


def test_the_ladder_goes_from_the_platform_to_the_court() -> None:
    assert [(item.rung.value, item.optional, item.outside_only) for item in playbook().ladder] == [
        ("self_check", False, False),
        ("operator_support", False, False),
        ("operator_escalation", False, False),
        ("platform_decision", False, False),
        ("public_exposure", True, True),
        ("official_complaint", False, True),
        ("report", True, True),
        ("police", True, True),
        ("court", False, True),
    ]


def test_publicity_is_gated_and_never_a_threat() -> None:
    gate = " ".join(item.zh for item in rung(RungName.public_exposure).gate)
    for word in ("证据", "遮住", "骂", "敲诈勒索"):
        assert word in gate
    letter = rules().letters["public_post"]
    assert "曝光" not in letter.body.zh and "否则" not in letter.body.zh


def test_official_bodies_that_bar_each_other_are_marked_and_the_report_is_not() -> None:
    marked = {
        item.id: item.official for item in playbook().channels if item.rung is not RungName.operator_support
    }
    assert marked["s0.ch.12315"] and marked["s0.ch.association"]
    assert not marked["s0.ch.report"] and not marked["s0.ch.12377"]


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        (RemedyKind.deliver_prize, ("confirm_address", "ship", "deliver")),
        (RemedyKind.pay_prize, ("give_account", "pay")),
        (RemedyKind.replacement, ("ship_back", "ship", "deliver")),
        (RemedyKind.choose_substitute, ("offer_choices", "choose", "ship", "deliver")),
        (RemedyKind.compensation, ("pay",)),
    ],
)
def test_remedies_are_carried_out_in_steps(kind: RemedyKind, acts: tuple[str, ...]) -> None:
    (spec,) = (item for item in playbook().remedies if item.kind is kind)
    assert tuple(step.act for step in spec.steps) == acts
    assert spec.confirm_within == "7d"


def test_a_refund_belongs_to_paid_draws_only() -> None:
    (spec,) = (item for item in playbook().remedies if item.kind is RemedyKind.refund)
    assert spec.when == {"draw_kind": ("paid_random_draw",)}


def test_clocks_that_no_law_sets_say_so() -> None:
    for place in walk(playbook()):
        basis = getattr(place.value, "basis", None)
        if basis is not None and basis.playbook:
            assert basis.note is not None and basis.note.zh and basis.note.en, place.path


def test_reminders_after_the_promise_are_advice() -> None:
    found = {item.act: item for item in playbook().deadlines if item.act.startswith("follow_up")}
    assert {key: item.length for key, item in found.items()} == {
        "follow_up_3d": "3d",
        "follow_up_7d": "7d",
        "follow_up_15d": "15d",
    }
    assert all(item.soft and item.on_miss is OnMiss.remind for item in found.values())


def test_every_clock_can_be_counted() -> None:
    specs = [*playbook().deadlines]
    specs += [item for spec in playbook().ladder for item in spec.deadlines]
    specs += [item for spec in playbook().channels for item in spec.deadlines]
    for spec in specs:
        length = parse_length(spec.length)
        assert not isinstance(length, Problems)
        waiting = listed(spec, id="d1", scope="case", length=length)
        begun = start(waiting, at=_MOMENT, by=spec.starts_when.value, calendar=rules().calendar)
        assert isinstance(begun, Deadline)
        assert begun.act_by is not None and begun.due_at is not None and begun.act_by <= begun.due_at, (
            spec.act
        )


def letters() -> list[Letter]:
    return list(rules().letters.values())


@pytest.mark.parametrize("key", sorted(path.stem for path in (PLAYBOOKS / PLATFORM / "letters").glob("*.md")))
def test_each_letter_is_whole_when_everything_is_known(key: str) -> None:
    letter = rules().letters[key]
    rendered, missing = render(letter, {name: f"〔{name}〕" for name in BLANKS})
    assert missing == ()
    assert "{{" not in rendered.body.zh + rendered.body.en + rendered.subject.zh + rendered.subject.en
    assert len(rendered.body.en) > 100 and len(rendered.body.zh) > 60
    assert rendered.excess == 0


def test_a_title_for_the_public_platform_has_at_most_thirty_characters_and_no_verdict() -> None:
    title = rules().letters["heimao"].subject.zh
    assert len(title) <= 30
    assert "骗" not in title and "诈" not in title


def test_the_12315_narrative_stays_within_its_limit_with_a_long_story() -> None:
    blanks = {
        "complainant_name": "欧阳某某",
        "respondent_name": "某某文化传播（杭州）有限公司",
        "platform": "LOFTER",
        "record_id": "二〇二六年秋日同人限定抽赏第三弹",
        "record_amount": "298.00",
        "happened_on": "2026年8月10日",
        "promised_on": "2026年8月25日",
        "problem": "过了时间没发奖",
        "story": "我付了钱，一直等。" * 100,
        "platform_result": "客服只回复正在处理。" * 30,
        "demands": "把奖品发给我；不能发的，退还298.00元",
    }
    rendered, missing = render(rules().letters["packet_12315"], blanks)
    assert missing == ()
    assert rendered.excess == 0
    assert len(rendered.body.zh) <= 500


def test_nobody_is_sent_a_link_or_asked_for_a_secret() -> None:
    for letter in letters():
        assert "http" not in letter.body.zh + letter.body.en, letter.key
    notice = rules().letters["notice_organiser"]
    assert "不发登录链接" in notice.body.zh
    assert {"密码", "验证码"} <= set(playbook().safety.never_ask)
