# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A shop order settled between the two: an offer, a proposal against it, an agreement, the money, the confirmation."""

import pytest
from playwright.sync_api import expect

from tests.journeys import pages
from tests.journeys import respondent_pages as merchant
from tests.journeys.seats import DESK, NO_SCRIPT, PHONE, Seats
from tests.portal.person import last_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("seats", [PHONE, DESK, NO_SCRIPT], ids=["phone", "desk", "no-script"], indirect=True)
def test_offer_counter(seats: Seats, picture: str) -> None:
    me = seats.complainant
    number = pages.file_complaint(me, files={"order_no": picture})
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    seats.later(hours=3)
    the_merchant_offers(seats, number)
    the_complainant_counters(seats, number)
    the_merchant_accepts(seats, number)
    performed_and_confirmed(seats, number)


def the_merchant_offers(seats: Seats, number: str) -> None:
    """The merchant reads what is asked and what its silence does, and offers less."""
    shop = seats.merchant(number)
    merchant.open_case(shop, number)
    expect(shop.locator("#claim")).to_contain_text("¥129.00")
    expect(shop.locator("main")).not_to_contain_text("xiaoming@example.cn")
    expect(shop.get_by_text("到期没有动静，自动转平台审核。").first).to_be_visible()
    merchant.offer(shop, "refund", "60", "退一半，茶不用寄回")
    expect(shop.get_by_text("方案已发给对方。")).to_be_visible()
    expect(shop.locator(".move__words")).to_have_text("现在轮到买家")
    seats.look(shop, "1-offered")


def the_complainant_counters(seats: Seats, number: str) -> None:
    """The offer lies on the table with its date; a proposal against it turns the move round."""
    me = seats.complainant
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到你"
    expect(me.locator("#offer")).to_contain_text("¥60.00")
    expect(me.locator("#offer")).to_contain_text("退一半，茶不用寄回")
    expect(me.locator("#offer")).to_contain_text("9月24日")
    seats.look(me, "2-offer")
    pages.propose(me, "refund", "100", "退100，不再要别的")
    expect(me.locator("#offer")).to_contain_text("¥100.00")
    assert pages.whose_move(me) == "现在轮到商家"
    seats.look(me, "3-countered")


def the_merchant_accepts(seats: Seats, number: str) -> None:
    """Accepting is a settlement: what to do, and until when."""
    shop = seats.merchant(number)
    merchant.open_case(shop, number)
    expect(shop.locator(".move__words")).to_have_text("现在轮到你")
    seats.look(shop, "4-to-accept")
    merchant.accept_offer(shop)
    expect(shop.locator("form[id^='step-']")).to_have_count(1)
    expect(shop.locator("main")).to_contain_text("¥100.00")
    me = seats.complainant
    pages.open_case(me, number)
    expect(me.locator("#remedy-r1")).to_contain_text("¥100.00")
    assert pages.whose_move(me) == "现在轮到商家"
    seats.look(me, "5-settled")


def performed_and_confirmed(seats: Seats, number: str) -> None:
    """Paid with its number, confirmed with one press, closed; both see the same end."""
    shop, me = seats.merchant(number), seats.complainant
    seats.later(days=2)
    merchant.perform_step(shop, "退款流水号 2026092300001")
    pages.open_case(me, number)
    expect(me.locator("#remedy-r1")).to_contain_text("2026092300001")
    pages.confirm_remedy(me, "r1")
    expect(me.locator(".move--done")).to_be_visible()
    seats.look(me, "6-closed")
    shop.goto(f"/r/c/{number}")
    expect(shop.locator("form[id^='step-']")).to_have_count(0)
    seats.look(shop, "6-closed-shop")
    pages.open_case(me, number, "record")
    for words in ("退一半，茶不用寄回", "退100，不再要别的", "达成和解", "确认收到", "结案"):
        expect(me.locator(".timeline").first).to_contain_text(words)
