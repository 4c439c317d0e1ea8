# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A complaint document with a table of conditions, read from plain data; every problem at once, with its place."""

from datetime import date
from typing import Any

from recourse.core.complaint import Complaint, parse_complaint
from recourse.core.condition import Announced, Condition, Refusal
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceState


def given(**change: Any) -> dict[str, Any]:
    return {
        "platform": "wechat-lottery",
        "story": "抽中了，说作废。",
        "complainant": {"email": "a@example.cn"},
        "respondent": {"name": "好运来优选"},
        **change,
    }


def test_rows_and_refusal_are_values() -> None:
    rows = [
        {"text": "转发", "state": "have", "met_on": "2026-11-18", "proof": "截图"},
        {"text": "集赞", "announced": "after_win"},
    ]
    read = parse_complaint(given(conditions=rows, refusal={"words": "作废", "said_on": date(2026, 11, 20)}))
    assert isinstance(read, Complaint)
    assert read.conditions == (
        Condition("转发", EvidenceState.have, date(2026, 11, 18), "截图"),
        Condition("集赞", announced=Announced.after_win),
    )
    assert read.refusal == Refusal("作废", date(2026, 11, 20))


def test_without_a_table_there_is_none() -> None:
    read = parse_complaint(given(refusal={"words": " "}))
    assert isinstance(read, Complaint)
    assert read.conditions == () and read.refusal is None


def test_what_is_not_understood_is_said_with_its_place() -> None:
    rows = [
        {"text": ""},
        {"text": "转发", "state": "maybe"},
        {"text": "关注", "announced": "later"},
        {"text": "加好友", "met_on": "昨天", "sure": True},
    ]
    read = parse_complaint(given(conditions=rows, refusal="作废"))
    assert isinstance(read, Problems)
    assert {item.field for item in read.items} == {
        "conditions[0].text",
        "conditions[1].state",
        "conditions[2].announced",
        "conditions[3].met_on",
        "conditions[3].sure",
        "refusal",
    }
    assert isinstance(parse_complaint(given(conditions="转发")), Problems)
