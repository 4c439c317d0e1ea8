# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What an agent takes down for a caller: the forms that stand on the page, what they do, what is refused and kept."""

import re
from typing import Any

import pytest
from django.test import Client

from recourse.core.actor import Role
from recourse.core.condition import Announced
from recourse.core.filing import FilingState
from recourse.core.vocabulary import EvidenceKind, EvidenceState
from tests.desk.desk_people import account, at_desk
from tests.desk.test_case import case_of, do, forms_on
from tests.store.house import House

FORMS = {"state-evidence", "answer-questions", "conditions", "account", "open-filing"}


@pytest.fixture
def lottery(house: House) -> str:
    """A case about a draw, whose playbook has the table of conditions and the accounts."""
    number = house.file(
        platform="wechat-lottery",
        story="抽到转账1314元，他却说作废了。",
        respondent={"name": "好运来优选"},
        record={"id": "CJ1", "amount": "1314.00"},
        answers={"money_just_paid": "no", "organiser": "official_account"},
        problems=["s1.pt.voided_after_win"],
        demands=[{"kind": "pay_prize", "amount": "1314.00"}],
    )
    house.prove(number)
    return number


def doors_on(client: Client, number: str) -> list[str]:
    page = client.get(f"/desk/c/{number}").content.decode()
    select = page[page.index('id="id_door"') :]
    return re.findall(r'<option value="([^"]+)"', select[: select.index("</select>")])


def test_agent_and_owner_take_down_what_a_caller_tells(house: House, lottery: str) -> None:
    for role in (Role.agent, Role.owner):
        assert forms_on(at_desk(account(role)), lottery) >= FORMS
    for role in (Role.neutral, Role.auditor):
        assert not forms_on(at_desk(account(role)), lottery) & FORMS


def test_a_call_fills_the_tables(house: House, lottery: str) -> None:
    client = at_desk(account(Role.agent))
    done: dict[str, dict[str, Any]] = {
        "state-evidence": {"state-chat_export": "have", "state-photo": "other_side"},
        "conditions": {
            "condition-text-0": "转发到朋友圈",
            "condition-state-0": "have",
            "condition-text-1": "须关注满三十天",
            "condition-announced-1": "after_win",
            "refusal": "你不符合条件",
        },
        "account": {"seen_in": "来电人念的", "display_name": "官方客服", "account_id": "wx_1"},
    }
    for deed, fields in done.items():
        assert do(client, lottery, deed, **fields).status_code == 200, deed
    case = case_of(house, lottery)
    assert case.evidence[EvidenceKind.chat_export] is EvidenceState.have
    assert [item.announced for item in case.conditions] == [Announced.before, Announced.after_win]
    assert case.refusal.words == "你不符合条件"
    assert [item.account_id for item in case.accounts] == ["wx_1"]


def test_what_was_not_asked_on_the_phone_is_answered_later(house: House, lottery: str) -> None:
    client = at_desk(account(Role.agent))
    page = client.get(f"/desk/c/{lottery}").content.decode()
    # What was answered at filing is not asked again.
    assert 'name="ask-task_asked"' in page and 'name="ask-organiser"' not in page
    empty = do(client, lottery, "answer-questions")
    assert empty.status_code == 422 and "请选一个回答" in empty.content.decode()
    wrong = do(client, lottery, "answer-questions", **{"ask-task_asked": "nonsense"}).content.decode()
    assert 'id="do-answer-questions" open' in wrong and 'href="#id_ask-task_asked"' in wrong
    assert do(client, lottery, "answer-questions", **{"ask-task_asked": "yes"}).status_code == 200
    assert case_of(house, lottery).answers_given["task_asked"] == "yes"
    page = client.get(f"/desk/c/{lottery}").content.decode()
    assert 'name="ask-task_asked"' not in page and "补答了1个问题" in page
    stood = do(client, lottery, "answer-questions", **{"ask-task_asked": "no"})
    assert stood.status_code == 422 and case_of(house, lottery).answers_given["task_asked"] == "yes"


def test_a_filing_elsewhere_and_its_answer_are_taken_down(house: House, lottery: str) -> None:
    client = at_desk(account(Role.agent))
    door = doors_on(client, lottery)[0]
    at = house.clock.now().isoformat()[:16]
    assert do(client, lottery, "open-filing", door=door, filed_at=at, receipt_no="88").status_code == 200
    filing = case_of(house, lottery).filings[0]
    assert (filing.channel, filing.target, filing.receipt_no) == (*_parts(door), "88")
    assert "update-filing" in forms_on(client, lottery)
    answer = {"filing": filing.id, "state": "not_admitted", "answer": "不属于受理范围"}
    assert do(client, lottery, "update-filing", **answer).status_code == 200
    assert case_of(house, lottery).filings[0].state is FilingState.not_admitted
    assert "update-filing" not in forms_on(client, lottery)


def _parts(door: str) -> tuple[str, str]:
    channel, _bar, target = door.partition("|")
    return channel, target


@pytest.mark.parametrize(
    ("deed", "fields", "kept"),
    [
        ("conditions", {"condition-text-0": "转发", "condition-met_on-0": "昨天"}, "转发"),
        ("open-filing", {"receipt_no": "A-1", "filed_at": "2026-09-01T10:00"}, "A-1"),
        ("open-filing", {"door": "", "receipt_no": "A-2", "filed_at": "x"}, "A-2"),
        ("account", {"seen_in": "电话里", "exhibit": "x"}, "电话里"),
    ],
)
def test_a_bad_call_keeps_what_was_typed(
    house: House, lottery: str, deed: str, fields: dict[str, str], kept: str
) -> None:
    before = case_of(house, lottery)
    answer = do(at_desk(account(Role.agent)), lottery, deed, **fields)
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert case_of(house, lottery) == before
