# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A person alone: nobody takes part, every step is outside; papers, doors, numbers, answers and the dates of each."""

import pytest
from playwright.sync_api import expect

from recourse.store import operators
from tests.journeys import pages
from tests.journeys.seats import DESK, NO_SCRIPT, PHONE, Seats
from tests.portal.person import last_code
from tests.store.house import MERCHANT_MAIL, OPERATOR, START

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALONE = {
    **pages.SHOP_ORDER,
    "story": "9月8日在直播间买了明前龙井，付了129元，收到是碎末，和宣传的不一样，客服一直说正在处理。",
    "record": {**pages.SHOP_ORDER["record"], "下单日期": "2026-09-08"},
}
RECEIPT_12315 = "1330000002026092500000001"


@pytest.mark.parametrize("seats", [PHONE, DESK, NO_SCRIPT], ids=["phone", "desk", "no-script"], indirect=True)
def test_operates_none(seats: Seats, picture: str) -> None:
    operators.set_operated_rungs(OPERATOR, "", (), valid_from=START, by="test")
    number = filed_alone(seats, picture)
    two_filings_on_one_step(seats, number)
    an_official_body(seats, number)
    admitted_and_answered(seats, number)


def filed_alone(seats: Seats, picture: str) -> str:
    """The first step is one's own; its letter is filled in with what was typed."""
    me = seats.complainant
    number = pages.file_complaint(me, ALONE, files={"order_no": picture})
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    assert seats.letters(MERCHANT_MAIL.value) == []
    pages.open_case(me, number)
    expect(me.locator("#outside")).to_be_visible()
    expect(pages.clock(me)).to_contain_text("记下提交时间后开始计时")
    assert pages.whose_move(me) == "现在轮到你"
    seats.look(me, "1-outside")
    pages.open_case(me, number, "papers")
    letters = "\n".join(box.input_value() for box in me.locator("textarea.letter-copy").all())
    for words in ("KS0000000001", "129.00", "王小明", "碎末"):
        assert words in letters
    # Nobody but the person speaks: nothing is announced in a platform's name, and the clock waits for the filing.
    assert "自动转" not in letters and "查看和答复" not in letters
    expect(me.locator("main")).not_to_contain_text("我们把你的诉求送到")
    seats.look(me, "2-papers")
    return number


def two_filings_on_one_step(seats: Seats, number: str) -> None:
    """The app's form and its human service at the same time: two numbers, two clocks, and one answer does not end both."""
    me = seats.complainant
    pages.open_case(me, number)
    pages.escalate(me)
    pages.record_filing(me, number, "s3.ch.app", "TS-20260921-77")
    pages.record_filing(me, number, "s3.ch.chat", "工号8021")
    expect(me.locator("#filing-f1")).to_contain_text("TS-20260921-77")
    expect(me.locator("#filing-f2")).to_contain_text("工号8021")
    expect(me.locator("#filing-f1")).to_contain_text("截止")
    seats.look(me, "3-two-filings")
    pages.record_outside_answer(me, number, "f2", "answered", "让我等，没说哪天")
    expect(me.locator("#filing-f2")).to_contain_text("让我等，没说哪天")
    expect(me.locator("#filing-f1")).to_contain_text("截止")


def an_official_body(seats: Seats, number: str) -> None:
    """12315 with its number; at the door of a second official body there is a warning first."""
    me = seats.complainant
    seats.later(days=14)
    for _ in range(2):
        pages.open_case(me, number)
        pages.escalate(me)
    expect(me.locator("main")).to_contain_text("12315或消协")
    pages.open_case(me, number, "papers")
    packet = me.locator("textarea.letter-copy").first.input_value()
    for words in ("KS0000000001", "山间茶业有限公司", "129.00", "9月8日"):
        assert words in packet
    assert "＿＿" not in packet
    pages.record_filing(me, number, "s3.ch.samr", RECEIPT_12315)
    expect(me.locator("#filing-f3")).to_contain_text(RECEIPT_12315)
    expect(me.locator(".note--warning").first).to_contain_text("12315不再收这件投诉")
    seats.look(me, "4-warned")
    pages.record_filing(me, number, "s3.ch.association")
    expect(me.locator("#filing-f4")).to_have_count(0)
    expect(me.locator(".problems")).to_be_visible()
    seats.look(me, "5-refused")
    pages.record_filing(me, number, "s3.ch.association", warned=True)
    expect(me.locator("#filing-f4")).to_be_visible()


def admitted_and_answered(seats: Seats, number: str) -> None:
    """Admission starts the sixty days of mediation; the answer is kept word for word; the court stays open."""
    me = seats.complainant
    seats.later(days=5)
    pages.record_outside_answer(me, number, "f3", "admitted", "决定受理")
    filing = me.locator("#filing-f3")
    expect(filing).to_contain_text("受理了")
    filing.get_by_text("为什么是这天？").click()
    expect(filing).to_contain_text("60")
    seats.look(me, "6-admitted")
    seats.later(days=20)
    pages.record_outside_answer(me, number, "f3", "answered", "商家同意退款50元，你不同意，终止调解")
    expect(me.locator("#filing-f3")).to_contain_text("终止调解")
    pages.open_case(me, number, "record")
    expect(me.locator(".timeline").first).to_contain_text("12315")
    seats.look(me, "7-record")
    pages.open_case(me, number)
    expect(me.locator("#escalate")).to_contain_text("法院")
    seats.look(me, "7-case")
