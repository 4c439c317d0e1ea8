# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The table of conditions and the accounts, sent as plain forms: kept, judged beside their fields, and drawn up anew."""

from typing import Any

from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import system
from recourse.core.case.state import Case
from recourse.core.condition import Announced
from recourse.core.vocabulary import EvidenceState
from tests.portal.person import MAIL, Person, last_code
from tests.store.house import OPERATOR

PLATFORM = "wechat-lottery"
SCREENS: dict[str, dict[str, Any]] = {
    "check": {"ask-money_just_paid": "no"},
    "story": {"story": "抽到转账1314元，他却说作废了。"},
    "problems": {"problem": ["s1.pt.voided_after_win"]},
    "record": {
        "respondent": "好运来优选",
        "record-id": "CJ1",
        "ask-organiser": "official_account",
        "ask-bought_something": "no",
    },
    "evidence": {"then": "next"},
    "demands": {"demand": ["pay_prize"], "amount-pay_prize": "1314"},
    "review": {"contact": MAIL, "name": "陆一鸣"},
}
TABLE = {
    "condition-text-0": "转发朋友圈",
    "condition-state-0": "have",
    "condition-met_on-0": "2026-09-17",
    "condition-proof-0": "截图",
    "condition-announced-0": "before",
    "condition-text-2": "集满20个赞",
    "condition-announced-2": "after_win",
    "refusal": "活动结束了，作废",
    "refusal-on": "2026-09-20",
}


def filled(person: Person, *, until: str = "", **evidence: str) -> dict[str, Any]:
    """The answers to the screens, sent in turn up to the named one."""
    answers: dict[str, Any] = {}
    for name, values in SCREENS.items():
        if name == until:
            break
        data = values | evidence if name == "evidence" else values
        answers[name] = person.post(f"/file/{PLATFORM}/{name}", data)
    return answers


def filed(person: Person, **evidence: str) -> Case:
    """A case with the table as typed, its contact proven."""
    number = filled(person, **evidence)["review"]["Location"].removeprefix("/filed/")
    person.post(f"/filed/{number}", {"code": last_code(person.house)})
    return case_of(person, number)


def case_of(person: Person, number: str) -> Case:
    opened = person.house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    return opened.case


def test_rows_are_kept_and_become_the_table(person: Person) -> None:
    case = filed(person, **TABLE)
    first, second = case.conditions
    assert (first.text, first.state, str(first.met_on)) == ("转发朋友圈", EvidenceState.have, "2026-09-17")
    assert (second.text, second.announced) == ("集满20个赞", Announced.after_win)
    assert case.refusal is not None and case.refusal.words == "活动结束了，作废"


def test_no_table_is_no_obstacle(person: Person) -> None:
    assert filed(person).conditions == ()


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(person: Person) -> None:
    wrong = {"condition-state-1": "have", "condition-met_on-1": "2027-01-01", "refusal-on": "昨天"}
    answer = filled(person, until="demands", **TABLE | wrong)["evidence"]
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "这一行没写条件是什么。",
        "这个日期还没到。",
        "看不懂这个日期。",
        "集满20个赞",
        "活动结束了",
    ):
        assert words in page


def test_the_review_points_to_the_problem_that_a_late_condition_means(person: Person) -> None:
    filled(person, until="review", **TABLE)
    page = person.get(f"/file/{PLATFORM}/review").content.decode()
    assert "中奖后才加条件" in page and "集满20个赞" in page


def test_the_table_is_drawn_up_anew_on_the_case_page(person: Person) -> None:
    number = filed(person, **TABLE).number
    page = person.get(f"/c/{number}/evidence").content.decode()
    assert "转发朋友圈" in page and "中奖后才说的" in page
    wrong = person.post(f"/c/{number}/do/conditions", TABLE | {"condition-exhibits-0": "一", "key": "k1"})
    assert wrong.status_code == 422 and "证据编号写数字" in wrong.content.decode()
    unknown = person.post(f"/c/{number}/do/conditions", TABLE | {"condition-exhibits-0": "9", "key": "k2"})
    assert unknown.status_code == 422 and "有的材料编号不对" in unknown.content.decode()
    person.post(f"/c/{number}/do/conditions", TABLE | {"condition-state-2": "other_side", "key": "k3"})
    assert case_of(person, number).conditions[1].state is EvidenceState.other_side


def test_accounts_are_added_and_taken_out(person: Person) -> None:
    number = filed(person, **TABLE).number
    empty = person.post(f"/c/{number}/do/account", {"seen_in": "截图", "key": "k1"})
    assert empty.status_code == 422
    row = {"seen_in": "截图", "display_name": "小鹿", "account_id": "wx_deer", "key": "k2"}
    person.post(f"/c/{number}/do/account", row)
    (shown,) = case_of(person, number).accounts
    assert (shown.display_name, shown.account_id) == ("小鹿", "wx_deer")
    person.post(f"/c/{number}/do/account-out", {"account": shown.id, "key": "k3"})
    assert case_of(person, number).accounts == ()


def test_filing_again_brings_the_table_along(person: Person) -> None:
    number = filed(person, **TABLE).number
    house = person.house
    house.do(withdraw_case(house.world, actor=house.complainant(number), number=number, reason="算了"))
    person.post(f"/c/{number}/refile")
    page = person.get(f"/file/{PLATFORM}/evidence").content.decode()
    assert 'value="转发朋友圈"' in page and "活动结束了，作废" in page
