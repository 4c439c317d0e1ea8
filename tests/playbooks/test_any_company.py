# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""any-company: for whoever has no playbook of their own; neutral, every problem, every step of the ladder."""

from recourse.core.playbook.grounds import grounds_of
from recourse.core.playbook.walk import walk
from recourse.core.vocabulary import ProblemKey, RungName
from tests.playbooks import sound

PLATFORM = "any-company"


def playbook():
    return sound.rules(PLATFORM).playbook


def test_it_has_every_canonical_problem_and_every_step() -> None:
    assert sorted(item.key for item in playbook().problems) == sorted(ProblemKey)
    assert [item.rung for item in playbook().ladder] == list(RungName)


def test_it_names_nobody_and_quotes_nobody() -> None:
    texts = [place.value for place in walk(playbook()) if isinstance(place.value, str)]
    assert [place.path for place in walk(playbook()) if place.name == "phrase" and place.value] == []
    assert not [text for text in texts if any(name in text for name in ("快手", "LOFTER", "利云", "汽水"))]


def test_law_of_consumers_is_cited_only_for_consumers() -> None:
    for problem in playbook().problems:
        assert not [id for id in problem.grounds if id.startswith(("cpl.", "ir.", "ecl."))], problem.id


def test_a_private_seller_is_not_held_to_the_law_of_businesses() -> None:
    private = {"own_use": "yes", "where": "private"}
    for problem in playbook().problems:
        cited = grounds_of(problem, private)
        assert not [id for id in cited if id.startswith(("cpl.", "ir.", "ecl.", "pen."))], problem.id
    asked = {item.key: item.required for item in playbook().ask}
    assert asked["where"] and asked["own_use"]


def test_stalling_is_no_fraud_and_a_merchant_makes_no_platform_rules() -> None:
    bought = {"own_use": "yes", "where": "on_platform"}
    cited = {problem.id: set(grounds_of(problem, bought)) for problem in playbook().problems}
    assert "cpl.48" in cited["any.pt.bad_faith"] and "cpl.55" not in cited["any.pt.bad_faith"]
    assert not {"ecl.34", "pr.12"} & cited["any.pt.rule_changed"]


def test_money_just_paid_and_the_two_official_bodies() -> None:
    sound.paying_just_now_leaves_the_form(playbook())
    sound.two_official_bodies(playbook())


def test_a_childs_payment_that_is_not_paid_back_is_claimed_as_a_childs() -> None:
    (refund,) = (item for item in playbook().problems if item.id == "any.pt.refund")
    assert {"cc.20", "cc.144"} <= set(grounds_of(refund, {"age_band": "under_8"}))
    assert "cc.144" not in grounds_of(refund, {"age_band": "adult"})


def test_what_was_taken_decides_the_article() -> None:
    (revoked,) = (item for item in playbook().problems if item.id == "any.pt.revoked")
    online = {"own_use": "yes", "where": "on_platform"}
    cited = {
        taken: set(grounds_of(revoked, {**online, "taken": taken}))
        for taken in ("order", "prepaid", "benefit", "account")
    }
    # A contract made by an order is one thing, a membership another.
    assert {"ecl.49", "cc.491"} <= cited["order"] and "ir.22" in cited["prepaid"]
    assert not any({"ecl.49", "cc.491"} & cited[taken] for taken in ("prepaid", "benefit", "account"))
    assert "ecl.49" not in grounds_of(revoked, online)
    assert "ecl.49" not in grounds_of(revoked, {"where": "own_site", "taken": "order"})


def test_the_notice_speaks() -> None:
    sound.notice_says_what_silence_means(PLATFORM, "notice_company")
