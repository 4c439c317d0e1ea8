# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A speaker bought with points that never ships, and nobody takes part: channels side by side, 12315, and it is solved."""

from typing import Any

import pytest
from playwright.sync_api import expect

from recourse.store import operators
from tests.journeys import pages
from tests.journeys.seats import Seats
from tests.portal.person import last_code
from tests.store.house import OPERATOR, START

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPEAKER: dict[str, Any] = {
    "platform": "qishui-points",
    "answers": {
        "和哪种礼品有关？": "实物",
        "这些积分怎么来的？": "签到、听歌、做任务",
    },
    "story": "8月20日用积分兑换蓝牙音箱，页面写七天内发货，一个月了还是待发货，APP里只回已反馈请耐心等待。",
    "problem": "礼品一直待发货",
    "respondent": "汽水音乐",
    "record": {
        "兑换单号或用户ID": "QS20260820001",
        "礼品或积分数": "蓝牙音箱",
        "折合多少钱": "199.00",
        "兑换或变动日期": "2026-08-20",
        "承诺发货日期": "2026-08-27",
    },
    "demand": "补发承诺的礼品",
    "contact": "xiaoming@example.cn",
    "name": "张敏",
}
RECEIPT_12315 = "1110105002026100900000017"


def test_points_alone(seats: Seats, picture: str) -> None:
    operators.set_operated_rungs(OPERATOR, "", (), valid_from=START, by="test")
    number = filed_alone(seats, picture)
    several_channels_at_once(seats, number)
    held_off_is_no_answer(seats, number)
    outside_after_seven_working_days(seats, number)
    mediated_and_solved(seats, number)


def filed_alone(seats: Seats, picture: str) -> str:
    """Every step is one's own, and the papers have the subject and the parts that the article asks for."""
    me = seats.complainant
    number = pages.file_complaint(
        me,
        SPEAKER,
        files={"order_no": picture},
        look=lambda page, name: seats.look(page, name) if name in {"3-problems", "4-record"} else None,
    )
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    pages.open_case(me, number)
    expect(me.locator("main")).to_contain_text("第1步，共5步")
    seats.look(me, "5-outside")
    pages.open_case(me, number, "papers")
    mail = me.locator("#id_subject-mail_complaint").input_value()
    assert mail == "【积分投诉】礼品一直待发货+QS20260820001"
    letters = "\n".join(box.input_value() for box in me.locator("textarea.letter-copy").all())
    for words in ("问题描述", "发生时间", "截图证据", "诉求", "199.00", "密码"):
        assert words in letters
    seats.look(me, "6-papers")
    return number


def several_channels_at_once(seats: Seats, number: str) -> None:
    """App, social account and mail beside each other, each with its own clock."""
    me = seats.complainant
    pages.record_filing(me, number, "s4.ch.app", "FK-88213")
    pages.record_filing(me, number, "s4.ch.social")
    pages.record_filing(me, number, "s4.ch.mail")
    for filing in ("f1", "f2", "f3"):
        expect(me.locator(f"#filing-{filing}")).to_be_visible()
    expect(me.locator("#filing-f3")).to_contain_text("截止")
    seats.look(me, "7-three-filings")


def held_off_is_no_answer(seats: Seats, number: str) -> None:
    """已反馈 is questioned as an answer, kept as what it is, and the clock of the mail runs on."""
    me = seats.complainant
    pages.record_outside_answer(me, number, "f1", "answered", "已反馈，请耐心等待")
    expect(me.locator("#filing-f1")).to_contain_text("算答复的只有四种")
    seats.look(me, "8-questioned")
    pages.record_outside_answer(me, number, "f1", "filed", "已反馈，请耐心等待")
    expect(me.locator("#filing-f1")).to_contain_text("不算答复，时间照算。")
    expect(me.locator("#filing-f3")).to_contain_text("截止")
    pages.log_contact(me, number, "客服电话", "holding", "正在处理")
    expect(me.locator("#contacts")).to_contain_text("不算答复，时间照算。")
    seats.look(me, "9-contacts")


def outside_after_seven_working_days(seats: Seats, number: str) -> None:
    """The upgrade, then 12315; the association next to it is warned of."""
    me = seats.complainant
    pages.open_case(me, number)
    pages.escalate(me)
    pages.record_filing(me, number, "s4.ch.upgrade", "FK-88213-2")
    seats.later(days=18)
    for _ in range(2):
        pages.open_case(me, number)
        pages.escalate(me)
    expect(me.locator("main")).to_contain_text("12315或消协")
    pages.record_filing(me, number, "s4.ch.12315", RECEIPT_12315)
    expect(me.locator(".note--warning").first).to_contain_text("12315不再收这件投诉")
    packet = me.locator("#id_body-packet_12315").input_value()
    assert "QS20260820001" in packet and len(packet) <= 500 and "＿＿" not in packet
    seats.look(me, "10-12315")


def mediated_and_solved(seats: Seats, number: str) -> None:
    """Admitted, mediated, the speaker arrives with 500 points; the person says so and the file is closed as solved."""
    me = seats.complainant
    seats.later(days=5)
    pages.record_outside_answer(me, number, "f5", "admitted", "决定受理")
    expect(me.locator("#filing-f5")).to_contain_text("受理了")
    seats.later(days=10)
    pages.record_outside_answer(me, number, "f5", "solved", "调解成功：音箱已收到，另补500积分到账")
    pages.open_case(me, number)
    expect(me.locator(".move--done")).to_contain_text("已在别处解决")
    expect(me.locator(".clock")).to_have_count(0)
    seats.look(me, "11-solved")
