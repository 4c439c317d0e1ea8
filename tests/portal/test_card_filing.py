# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filing about a card: one class to a complaint, no whole code anywhere, and a hint where the sum or an answer calls for it."""

from typing import Any

import pytest

from recourse.portal.filing.typed import merged
from tests.portal.person import MAIL, Person
from tests.portal.test_case_pages import text

CARDS = "liyun-cards"
CODE = "ABCD-EFGH-IJKL-7890"
SCREENS: dict[str, dict[str, Any]] = {
    "check": {"ask-money_just_paid": "no"},
    "story": {"story": "买的游戏点卡一直充值中，一个小时了还没到账，要求补发。"},
    "problems": {"problem": ["s2.pt.delivery.late_credit"]},
    "record": {
        "respondent": "极速点卡店",
        "record-id": "LY20240510001",
        "record-title": "游戏点卡",
        "record-line": CODE,
        "record-amount": "6000.00",
        "record-happened_on": "2026-09-20",
        "ask-code_received": "no",
        "ask-fault": "merchant",
        "ask-own_use": "yes",
    },
    "evidence": {"state-order_no": "have", "then": "next"},
    "demands": {"demand": ["reissue_key"]},
    "review": {"contact": MAIL, "name": "王小明"},
}


def fill(person: Person, screen: str, **changes: Any) -> Any:
    return person.post(f"/file/{CARDS}/{screen}", SCREENS[screen] | changes)


def until(person: Person, screen: str) -> None:
    """Every screen before this one."""
    for name in SCREENS:
        if name == screen:
            return
        assert fill(person, name).status_code == 302, name


def test_two_classes_are_refused_on_the_screen_and_one_passes(person: Person) -> None:
    until(person, "problems")
    page = text(person.get(f"/file/{CARDS}/problems"))
    assert "一件投诉只写一类：交付失败、售后缺失、虚假宣传" in page
    both = ["s2.pt.delivery.late_credit", "s2.pt.aftersale.silent"]
    refused = fill(person, "problems", problem=both)
    assert refused.status_code == 422 and "现在有2类：交付失败、售后缺失" in text(refused)
    same = ["s2.pt.delivery.late_credit", "s2.pt.delivery.code_invalid"]
    assert fill(person, "problems", problem=same).status_code == 302


def test_no_page_and_no_draft_keeps_the_whole_code(person: Person) -> None:
    until(person, "review")
    for screen in ("record", "review"):
        page = text(person.get(f"/file/{CARDS}/{screen}"))
        assert "ABCD****7890" in page and "EFGH" not in page
    number = fill(person, "review")["Location"].removeprefix("/filed/")
    person.prove(number)
    for part in ("", "/record", "/papers"):
        assert "EFGH" not in text(person.get(f"/c/{number}{part}"))


@pytest.mark.parametrize(
    ("record", "shown"), [({}, True), ({"record-amount": "5000.00"}, False)], ids=["above", "not above"]
)
def test_a_large_sum_is_hinted_at_and_bars_nothing(
    person: Person, record: dict[str, str], shown: bool
) -> None:
    until(person, "record")
    fill(person, "record", **record)
    for screen in ("evidence", "demands"):
        fill(person, screen)
    assert ("没有法律意义" in text(person.get(f"/file/{CARDS}/review"))) is shown
    answer = fill(person, "review")
    assert answer.status_code == 302
    number = answer["Location"].removeprefix("/filed/")
    person.prove(number)
    assert ("data-hint" in text(person.get(f"/c/{number}"))) is shown


def test_a_screen_without_the_field_leaves_it_alone() -> None:
    from django.http import QueryDict

    from tests.playbooks.sound import rules

    playbook = rules(CARDS).playbook
    kept = merged({"record-line": "ABCD****7890"}, QueryDict("story=x"), playbook=playbook, screen="story")
    assert kept["record-line"] == "ABCD****7890"
