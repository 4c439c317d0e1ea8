# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A shop order from the filing to the money: the merchant is silent, the platform decides, and every step is performed."""

import pytest
from playwright.sync_api import expect

from recourse.core.actor import Role
from tests.journeys import desk_pages as desk
from tests.journeys import pages
from tests.journeys import respondent_pages as merchant
from tests.journeys.seats import DESK, NO_SCRIPT, PHONE, Seats
from tests.portal.person import last_code
from tests.store.house import MERCHANT_MAIL

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RETURN = {**pages.SHOP_ORDER, "demand": "退货退款"}


@pytest.mark.parametrize("seats", [PHONE, DESK, NO_SCRIPT], ids=["phone", "desk", "no-script"], indirect=True)
def test_merchant_silent(seats: Seats, picture: str) -> None:
    number = filed_and_served(seats, picture)
    silence_goes_to_the_platform(seats, number)
    the_platform_reviews(seats, number, picture)
    the_platform_decides(seats, number)
    nobody_appeals(seats, number)
    performed_in_steps(seats, number, picture)
    confirmed_and_closed(seats, number)


def filed_and_served(seats: Seats, picture: str) -> str:
    """Nothing reaches the merchant before the code is entered; then the notice is served and the clock runs."""
    me = seats.complainant
    number = pages.file_complaint(me, RETURN, files={"order_no": picture, "photo": picture})
    seats.work()
    assert seats.letters(MERCHANT_MAIL.value) == []
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    (notice,) = seats.letters(MERCHANT_MAIL.value)
    assert number in notice and "王小明" not in notice
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到商家"
    expect(me.locator(".steps__now, .progress").first).to_contain_text("第1步，共5步")
    clock = pages.clock(me)
    expect(clock).to_contain_text("还剩2天")
    expect(clock).to_contain_text("9月23日（周三）10:00截止")
    expect(clock).to_contain_text("自动转平台审核，你不用操作。")
    expect(clock).to_contain_text("平台设定的答复时间，不是法定期限")
    expect(clock).to_contain_text("9月21日（周一）10:00起48小时")
    seats.look(me, "1-served")
    return number


def silence_goes_to_the_platform(seats: Seats, number: str) -> None:
    """The merchant's clock runs out to the minute, and not a minute before."""
    me = seats.complainant
    seats.later(hours=47, minutes=59)
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到商家"
    expect(pages.clock(me)).to_contain_text("还剩1分钟")
    seats.later(minutes=1)
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到快手平台"
    expect(me.locator("main")).to_contain_text("第2步，共5步：平台审核")
    expect(pages.clock(me)).to_contain_text("9月24日（周四）24:00截止")
    pages.open_case(me, number, "record")
    expect(me.locator(".timeline").first).to_contain_text("到期没有")
    seats.look(me, "2-record")


def the_platform_reviews(seats: Seats, number: str, picture: str) -> None:
    """An agent takes the case, asks for what is missing, draws up the points; the clock hands it to the neutral."""
    me, agent = seats.complainant, seats.staff(Role.agent)
    expect(agent.locator(f"#row-{number}")).to_be_visible()
    desk.open_case(agent, number)
    desk.take(agent)
    desk.set_point(
        agent, row=0, about="茶叶是不是碎末", a="收到的是碎末", b="没有答复", exhibits="2", agreed=False
    )
    desk.ask_for_evidence(agent, of="complainant", kind="chat_export", text="请补与商家的聊天记录")
    seats.look(agent, "3-desk")
    pages.open_case(me, number)
    pages.answer_request(me, "q1", picture)
    expect(me.get_by_text("材料已补交。")).to_be_visible()
    # A holiday lies between: the working days are counted around it, and the page says so.
    seats.later(days=9)
    pages.open_case(me, number)
    expect(me.locator("main")).to_contain_text("第3步，共5步：平台裁定")
    expect(pages.clock(me)).to_contain_text("10月15日（周四）24:00截止")
    expect(pages.clock(me)).to_contain_text("10月5日（周一）、10月6日（周二）、10月7日（周三）放假，跳过。")
    expect(pages.clock(me)).to_contain_text("10月10日（周六）调休上班，算工作日。")
    seats.look(me, "4-adjudicating")


def the_platform_decides(seats: Seats, number: str) -> None:
    """A neutral decides with facts, reasons, a ground and the remedy that was asked for."""
    neutral = seats.staff(Role.neutral)
    desk.open_case(neutral, number)
    desk.decide(
        neutral,
        facts="商品页写“整叶”，照片显示为碎末；商家两次到期没有答复。",
        reasons="收到的商品与页面说明不一致，买家要求退货退款有据。",
        terms={"return_refund": "129.00"},
        grounds=["ecl.17"],
    )
    expect(neutral.get_by_text("决定已发出。")).to_be_visible()
    seats.look(neutral, "5-decided")
    me = seats.complainant
    pages.open_case(me, number)
    decision = me.locator("#decision")
    for words in ("可以申诉", "照片显示为碎末", "退货退款有据", "退货退款", "¥129.00", "电子商务法", "法院"):
        expect(decision).to_contain_text(words)
    seats.look(me, "5-decision")


def nobody_appeals(seats: Seats, number: str) -> None:
    """Seven days of silence make the decision final, and the first step of the remedy begins."""
    me = seats.complainant
    expect(pages.clock(me)).to_contain_text("到期没申诉，决定生效。")
    seats.later(days=8)
    pages.open_case(me, number)
    expect(me.locator("#decision")).to_contain_text("已生效")
    assert pages.whose_move(me) == "现在轮到你"


def performed_in_steps(seats: Seats, number: str, picture: str) -> None:
    """寄回 → 签收 → 验货 → 退款: each step by whoever must do it, each with its proof."""
    me, shop = seats.complainant, seats.merchant(number)
    pages.perform_my_step(me, "r1", "顺丰 SF1234567890")
    assert pages.whose_move(me) == "现在轮到商家"
    seats.look(me, "6-sent-back")
    for proof in ("已签收，仓库3号", "验货无异议"):
        seats.later(days=1)
        merchant.open_case(shop, number)
        merchant.perform_step(shop, proof)
    merchant.open_case(shop, number)
    seats.look(shop, "7-refund-due")
    merchant.perform_step(shop, "退款流水号 20261010889900", file=picture)
    pages.open_case(me, number)
    expect(me.locator("#remedy-r1")).to_contain_text("你没确认，我们不算“已解决”。")
    expect(me.locator("#remedy-r1")).to_contain_text("20261010889900")
    seats.look(me, "8-performed")


def confirmed_and_closed(seats: Seats, number: str) -> None:
    """Only the complainant's own word closes it; then no clock runs for anybody."""
    me = seats.complainant
    pages.confirm_remedy(me, "r1")
    expect(me.locator(".move--done")).to_be_visible()
    expect(me.locator(".clock")).to_have_count(0)
    seats.look(me, "9-closed")
    shop = seats.merchant(number)
    shop.goto(f"/r/c/{number}")
    expect(shop.locator("form[id^='step-']")).to_have_count(0)
