# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A decision, an appeal, and another person: who decided once does not decide again, and the second word is final."""

import pytest
from playwright.sync_api import expect

from recourse.core.actor import Role
from tests.journeys import desk_pages as desk
from tests.journeys import pages
from tests.journeys import respondent_pages as merchant
from tests.journeys.seats import Seats

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_appeal(seats: Seats) -> None:
    number = seats.house.served()
    seats.later(days=3)
    seats.later(days=8)
    seats.sign_in()
    decided_in_part(seats, number)
    the_complainant_appeals(seats, number)
    the_same_neutral_is_refused(seats, number)
    another_neutral_decides(seats, number)


def decided_in_part(seats: Seats, number: str) -> None:
    """The first neutral grants less than was asked."""
    first = seats.staff(Role.neutral, name="林中立")
    desk.open_case(first, number)
    seats.look(first, "1-to-decide")
    desk.decide(
        first, facts="收到的部分是碎末。", reasons="整叶仍占一半，按比例退款。", terms={"refund": "60.00"}
    )
    expect(first.get_by_text("决定已发出。")).to_be_visible()


def the_complainant_appeals(seats: Seats, number: str) -> None:
    """An appeal needs its reasons; there is one, and the page says who will decide it."""
    me = seats.complainant
    pages.open_case(me, number)
    expect(me.locator("#decision")).to_contain_text("¥60.00")
    pages.appeal(me, "")
    expect(me.get_by_role("alert").or_(me.locator(".problems")).first).to_be_visible()
    pages.appeal(me, "碎末不能喝，应当全退。")
    expect(me.locator("#decision")).to_contain_text("复核中")
    expect(me.locator("#decision")).to_contain_text("换另一个人复核")
    expect(me.locator("#appeal")).to_have_count(0)
    seats.look(me, "2-appealed")


def the_same_neutral_is_refused(seats: Seats, number: str) -> None:
    """The form is gone, and a form kept open from before is refused as well."""
    first = seats.page("林中立")
    desk.open_case(first, number)
    expect(first.locator("#decide")).to_contain_text("申诉要由另一位中立人复核")
    expect(first.locator("#issue")).to_have_count(0)
    seats.look(first, "3-refused")


def another_neutral_decides(seats: Seats, number: str) -> None:
    """The second decision takes the first one's place and is final at once."""
    second = seats.staff(Role.neutral, name="周中立")
    desk.open_case(second, number)
    expect(second.locator("#decision")).to_contain_text("碎末不能喝，应当全退。")
    desk.decide(
        second, facts="照片显示整包碎末。", reasons="不能饮用，全额退款。", terms={"refund": "129.00"}
    )
    expect(second.get_by_text("决定已发出。")).to_be_visible()
    me = seats.complainant
    pages.open_case(me, number)
    expect(me.locator("#decision")).to_contain_text("已生效")
    expect(me.locator("#decision")).to_contain_text("不能饮用，全额退款。")
    expect(me.locator("#appeal")).to_have_count(0)
    expect(me.locator("#remedy-r1")).to_contain_text("¥129.00")
    expect(me.locator("main")).not_to_contain_text("¥60.00")
    assert pages.whose_move(me) == "现在轮到商家"
    seats.look(me, "4-final")
    shop = seats.merchant(number)
    merchant.open_case(shop, number)
    expect(shop.locator("#appeal")).to_have_count(0)
    expect(shop.locator("form[id^='step-']")).to_have_count(1)
    seats.look(shop, "4-final-shop")
