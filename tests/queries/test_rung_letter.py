# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which letters a case is offered: none that says what the case denies."""

from dataclasses import replace
from datetime import date

import pytest

from recourse.core.case.state import Case
from recourse.core.claim import Claim
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import RemedyKind, RungName
from recourse.gateways.rule_files import load_rulebook
from recourse.queries.rung_letter import blanks, letters_for
from tests.core.case import scenes


def rules(platform: str) -> Rulebook:
    loaded = load_rulebook(platform, on=date(2026, 9, 1))
    assert not isinstance(loaded, Problems)
    return loaded


def offered(platform: str, rung: RungName, *, problem: str = "", **answers: str) -> set[str]:
    case: Case = scenes.negotiating().case
    case = replace(
        case,
        answers_given=answers,
        problems=tuple(replace(ref, id=problem) for ref in case.problems[:1]) if problem else (),
    )
    return {letter.key for letter in letters_for(rules(platform), case=case, rung=rung)}


@pytest.mark.parametrize(
    ("problem", "answers", "with_", "without"),
    [
        ("s3.pt.quality", {"goods_received": "yes"}, {"return_notice"}, {"demand_delivery"}),
        ("s3.pt.logistics", {"goods_received": "no"}, {"demand_delivery"}, {"return_notice"}),
        ("s3.pt.refund", {"goods_received": "yes", "goods_returned": "yes"}, set(), {"return_notice"}),
        # A problem settles it where the question was left open; with both open nothing is excluded.
        ("s3.pt.quality", {}, {"return_notice"}, {"demand_delivery"}),
        ("", {}, {"return_notice", "demand_delivery"}, set()),
    ],
)
def test_the_shop_s_letters_fit_the_case(
    problem: str, answers: dict[str, str], with_: set[str], without: set[str]
) -> None:
    found = offered("kuaishou-shop", RungName.negotiate, problem=problem, **answers)
    assert with_ <= found and not without & found


def test_a_demand_waits_for_the_promised_day() -> None:
    rung = RungName.operator_support
    assert "demand_organiser" in offered("lofter-draw", rung, promised_time="passed")
    assert "demand_organiser" not in offered("lofter-draw", rung, promised_time="not_yet")


def test_who_is_no_consumer_is_given_no_consumer_complaint() -> None:
    rung = RungName.official_complaint
    asked = {"own_use": "yes", "handled_elsewhere": "no"}
    assert "packet_12315" in offered("kuaishou-shop", rung, **asked)
    assert "packet_12315" not in offered("kuaishou-shop", rung, own_use="no")
    # Nobody is made to say what nobody was asked.
    assert not {"packet_12315", "packet_association"} & offered("liyun-cards", rung)
    assert {"packet_12315", "packet_association"} <= offered("liyun-cards", rung, own_use="yes")
    assert "packet_12315" not in offered("wechat-lottery", rung, organiser="institution")
    assert not offered("lofter-draw", rung, organiser="individual")


@pytest.mark.parametrize(
    ("answers", "given"),
    [
        ({"organiser": "individual", "runs_business": "yes"}, True),
        ({"organiser": "individual", "runs_business": "no"}, False),
        ({"organiser": "institution", "runs_business": "no"}, True),
        ({"organiser": "official_account"}, True),
    ],
)
def test_an_individual_in_business_can_be_reported_as_a_business(
    answers: dict[str, str], given: bool
) -> None:
    assert ("report_12315" in offered("wechat-lottery", RungName.report, **answers)) is given


@pytest.mark.parametrize(
    "platform", ["any-company", "kuaishou-shop", "liyun-cards", "lofter-draw", "qishui-points"]
)
def test_nobody_signs_that_nothing_else_was_filed(platform: str) -> None:
    body = rules(platform).letters["packet_association"].body
    assert body.zh.count("□") == body.en.count("□") == 2
    assert "本人没有" not in body.zh and "I have complained or sued" in body.en


def test_12315_is_told_of_the_seller_without_saying_who_runs_the_shop() -> None:
    letters = rules("kuaishou-shop").letters
    assert "入驻商户" not in letters["packet_12315"].body.zh
    assert "平台自营的选“平台本身”" in letters["fields_12315"].body.zh


def test_a_letter_says_how_many_points_are_asked_for() -> None:
    book = rules("qishui-points")
    case = replace(scenes.negotiating().case, claims=(Claim(RemedyKind.restore_points, points=2000),))
    assert blanks(case, book, today="2026-11-22")["demands"] == Text(
        "恢复被扣的积分（2000积分）", "Restore the points (2000 points)"
    )
