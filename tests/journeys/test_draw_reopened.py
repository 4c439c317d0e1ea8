# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A prize that is overdue: “正在处理” moves no clock, it is shipped late, the thing is wrong, and the case opens again."""

import pytest
from playwright.sync_api import expect

from recourse.core.actor import Role
from recourse.core.address import Address
from recourse.store import operators, register
from recourse.store.register import Entry
from tests.journeys import desk_pages as desk
from tests.journeys import pages
from tests.journeys import respondent_pages as organiser
from tests.journeys.seats import Seats
from tests.portal.person import last_code
from tests.store.house import OPERATOR, START

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAW_MAIL = "draw@xinghe.example.cn"
PRIZE = {
    "platform": "lofter-draw",
    "answers": {
        "这次抽赏是哪一种？": "花钱抽（付款后随机得到一件）",
        "谁办的？": "品牌、店铺、公司或商业账号",
    },
    "story": "8月15日抽中限定徽章套装，活动页写9月1日前发货，一直没发货，客服一直说正在处理。",
    "problem": "过了时间没发奖",
    "respondent": "星河绘社",
    "record": {
        "抽赏活动名称或编号": "星河绘社秋日抽赏",
        "奖品价值或你付的钱": "120.00",
        "中奖日期": "2026-08-15",
        "承诺发货日期": "2026-09-01",
    },
    "demand": "把奖品发给我",
    "contact": "xiaoming@example.cn",
    "name": "王小明",
}


def test_draw_reopened(seats: Seats, picture: str) -> None:
    runs_draws()
    number = filed(seats, picture)
    a_holding_reply_changes_nothing(seats, number)
    the_supervisor_gets_an_offer(seats, number)
    shipped_late(seats, number)
    the_thing_is_wrong(seats, number)


def runs_draws() -> None:
    """Let the operator run the rungs of draws, with one registered organiser."""
    rungs = ("operator_support", "operator_escalation", "platform_decision")
    operators.set_operated_rungs(OPERATOR, "lofter-draw", rungs, valid_from=START, by="test")
    entry = Entry(
        name="星河绘社",
        legal_name="上海星河绘文化传播有限公司",
        contacts=(Address("mail", DRAW_MAIL),),
    )
    register.add_respondent(OPERATOR, "lofter-draw", entry, now=START)


def filed(seats: Seats, picture: str) -> str:
    me = seats.complainant
    number = pages.file_complaint(me, PRIZE, files={"win_or_redeem_screen": picture})
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到活动方"
    expect(pages.clock(me)).to_contain_text("9月23日（周三）10:00截止")
    seats.look(me, "1-served")
    return number


def a_holding_reply_changes_nothing(seats: Seats, number: str) -> None:
    """The clock stands where it stood, to the minute; at its end the supervisor takes over."""
    me, shop = seats.complainant, seats.merchant(number, address=DRAW_MAIL)
    seats.later(hours=5)
    organiser.open_case(shop, number)
    organiser.hold(shop, "正在处理，请耐心等待")
    expect(shop.locator(".move__words")).to_have_text("现在轮到你")
    seats.look(shop, "2-holding")
    pages.open_case(me, number)
    expect(me.locator("#reply")).to_contain_text("“正在处理”不算答复，时间照算。")
    assert pages.whose_move(me) == "现在轮到活动方"
    expect(pages.clock(me)).to_contain_text("9月23日（周三）10:00截止")
    seats.look(me, "2-ignored")
    seats.later(hours=43)
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到LOFTER 平台"
    expect(me.locator("main")).to_contain_text("客服主管核查")
    pages.open_case(me, number, "record")
    expect(me.locator(".timeline").first).to_contain_text("到期没有")
    seats.look(me, "3-record")


def the_supervisor_gets_an_offer(seats: Seats, number: str) -> None:
    """Asked by the agent, the organiser offers the prize after all, and the winner takes the offer."""
    me, shop, agent = seats.complainant, seats.page("merchant"), seats.staff(Role.agent)
    desk.open_case(agent, number)
    desk.take(agent)
    desk.write(agent, "请活动方说明卡在哪一个环节，哪天发。")
    organiser.open_case(shop, number)
    expect(shop.locator("#talk")).to_contain_text("卡在哪一个环节")
    organiser.offer(shop, "deliver_prize", text="名单漏了，本周补发")
    pages.open_case(me, number)
    seats.look(me, "4-offer")
    pages.accept_offer(me)
    assert pages.whose_move(me) == "现在轮到你"
    pages.perform_my_step(me, "r1", "地址没变")
    assert pages.whose_move(me) == "现在轮到活动方"


def shipped_late(seats: Seats, number: str) -> None:
    """Shipped on the sixth of seven days and signed for; nothing counts as solved yet."""
    me, shop = seats.complainant, seats.page("merchant")
    seats.later(days=6)
    organiser.open_case(shop, number)
    organiser.perform_step(shop, "顺丰 SF100200300")
    seats.later(days=3)
    organiser.open_case(shop, number)
    organiser.perform_step(shop, "物流显示已签收")
    pages.open_case(me, number)
    expect(me.locator("#remedy-r1")).to_contain_text("SF100200300")
    expect(me.locator("#remedy-r1")).to_contain_text("你没确认，我们不算“已解决”。")
    seats.look(me, "5-delivered")


def the_thing_is_wrong(seats: Seats, number: str) -> None:
    """「东西不对」 opens the case again: a person looks at it, the organiser reads why, the desk has it in its queue."""
    me, shop, agent = seats.complainant, seats.page("merchant"), seats.staff(Role.agent)
    pages.dispute_remedy(me, "r1", "wrong_thing", "发来的是普通徽章，不是限定款")
    assert pages.whose_move(me) == "现在轮到LOFTER 平台"
    expect(me.locator("#remedy-r1")).to_contain_text("你说有问题，重新处理")
    seats.look(me, "6-reopened")
    organiser.open_case(shop, number)
    expect(shop.locator("main")).to_contain_text("东西不对")
    seats.look(shop, "6-reopened-shop")
    desk.open_case(agent, number)
    expect(agent.locator("#timeline")).to_contain_text("发来的是普通徽章，不是限定款")
    seats.look(agent, "6-reopened-desk")
    pages.open_case(me, number, "record")
    expect(me.locator(".timeline").first).to_contain_text("东西不对")
