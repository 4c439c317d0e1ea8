# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A game card that was never credited: the merchant holds off, its time passes, and the rule it accepted grants the card."""

from typing import Any

import pytest
from playwright.sync_api import expect

from recourse.core.address import Address
from recourse.core.record import ImportedRecord
from recourse.store import operators, register
from recourse.store.records import import_records
from recourse.store.register import Entry
from tests.journeys import pages
from tests.journeys import respondent_pages as merchant
from tests.journeys.seats import Seats
from tests.portal.person import last_code
from tests.store.house import OPERATOR, START

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOP_MAIL = "kefu@jisuka.example.cn"
CODE = "ABCD-EFGH-IJKL-7890"
CARD: dict[str, Any] = {
    "platform": "liyun-cards",
    "answers": {
        "拿到卡密，或者充值到账了吗？": "没有",
        "问题出在谁那里？": "商家",
        "是买来自己用的吗？": "是",
    },
    "story": "订单号LY20240510001，9月20日购买游戏点卡100元，一直显示充值中，1小时后还是没到账，要求立即补发。",
    "problem": "充值没到账、没发货",
    "respondent": "极速点卡店",
    "record": {
        "订单号": "LY20240510001",
        "商品名称": "某游戏点卡100元",
        "卡密": CODE,
        "实付金额": "100.00",
        "下单日期": "2026-09-20",
    },
    "demand": "补发",
    "contact": "xiaoming@example.cn",
    "name": "王小明",
}


def test_card_by_default(seats: Seats, picture: str) -> None:
    sells_cards()
    number = filed_and_served(seats, picture)
    holding_off_stops_nothing(seats, number)
    silence_decides(seats, number)
    nobody_appeals_and_it_is_done(seats, number)


def test_a_late_answer_is_heard(seats: Seats, picture: str) -> None:
    sells_cards()
    number = filed_and_served(seats, picture)
    seats.later(hours=49)
    shop = seats.merchant(number, address=SHOP_MAIL)
    merchant.open_case(shop, number)
    expect(shop.locator("#late")).to_contain_text("写明迟到的原因就会重新审核")
    merchant.answer_late(shop, "机房断电两天没看到通知；卡密已在9月21日补发，站内订单可查。")
    seats.look(shop, "1-late")
    me = seats.complainant
    pages.open_case(me, number)
    expect(me.locator("#decision")).to_contain_text("已重新打开，不再算数")
    assert pages.whose_move(me) == "现在轮到利云卡盟平台"
    expect(me.locator("#reply")).to_contain_text("机房断电两天")
    pages.open_case(me, number, "record")
    expect(me.locator(".timeline").first).to_contain_text("商家迟到的答复写明了原因，重新审")
    pages.open_case(me, number)
    seats.look(me, "2-reopened")


def sells_cards() -> None:
    """Let the operator run the rungs of cards, with a merchant that accepted the rule and an order in the records."""
    rungs = ("operator_support", "operator_escalation", "platform_decision")
    operators.set_operated_rungs(OPERATOR, "liyun-cards", rungs, valid_from=START, by="test")
    entry = Entry(
        name="极速点卡店",
        legal_name="武汉极速数娱科技有限公司",
        accepts_defaults=True,
        order_prefixes=("LY",),
        contacts=(Address("mail", SHOP_MAIL),),
    )
    shop = register.add_respondent(OPERATOR, "liyun-cards", entry, now=START)
    order = ImportedRecord(
        kind="card", id="LY20240510001", respondent=shop, title="某游戏点卡100元", amount_fen=100_00
    )
    import_records(OPERATOR, "liyun-cards", [order], now=START)


def filed_and_served(seats: Seats, picture: str) -> str:
    """One class, the code without its middle, the second picture an hour later, and the notice with its consequence."""
    me = seats.complainant
    number = pages.file_complaint(
        me,
        CARD,
        files={"order_no": picture, "payment_record": picture, "status_screen_with_time": picture},
        look=lambda page, name: (
            seats.look(page, name) if name in {"3-problems", "4-record", "7-review"} else None
        ),
    )
    seats.work()
    pages.enter_code(me, last_code(seats.house))
    seats.work()
    (notice,) = seats.letters(SHOP_MAIL)
    assert "按贵方事先接受的规则支持投诉人的请求" in notice and "http" not in notice
    pages.open_case(me, number)
    expect(me.locator("main")).not_to_contain_text("EFGH")
    expect(me.locator("main")).to_contain_text("ABCD****7890")
    clock = pages.clock(me)
    expect(clock).to_contain_text("9月23日（周三）10:00截止")
    expect(clock).to_contain_text("按商家事先接受的规则支持你的请求；不符的，转升级投诉")
    seats.look(me, "8-served")
    return number


def holding_off_stops_nothing(seats: Seats, number: str) -> None:
    """系统故障 as a refusal is questioned before it is sent; passed on as what it is, it moves no clock."""
    shop = seats.merchant(number, address=SHOP_MAIL)
    merchant.open_case(shop, number)
    expect(shop.locator(".clock").first).to_contain_text("按你事先接受的规则支持买家的请求：补发")
    seats.look(shop, "9-todo")
    merchant.refuse(shop, "系统故障，不予退款")
    expect(shop.locator("#do-refuse")).to_contain_text("算答复的只有四种")
    expect(shop.locator("#do-refuse")).to_contain_text("不只是拖延")
    seats.look(shop, "10-told")
    merchant.open_case(shop, number)
    merchant.hold(shop, "亲，系统故障，正在处理，请耐心等待")
    me = seats.complainant
    pages.open_case(me, number)
    assert pages.whose_move(me) == "现在轮到商家"
    expect(me.locator("#reply")).to_contain_text("不算答复，时间照算")
    expect(pages.clock(me)).to_contain_text("9月23日（周三）10:00截止")
    seats.look(me, "11-holding")


def silence_decides(seats: Seats, number: str) -> None:
    """At the minute the time is over the claim is granted, with the moments and the rule in the decision."""
    me = seats.complainant
    seats.later(hours=47, minutes=59)
    pages.open_case(me, number)
    expect(me.locator("#decision")).to_have_count(0)
    seats.later(minutes=1)
    pages.open_case(me, number)
    decision = me.locator("#decision")
    for words in ("对方到期没答复，按约定作出", "补发", "9月21日", "9月23日", "事先接受了", "12315或消协"):
        expect(decision).to_contain_text(words)
    seats.look(me, "12-decided")
    shop = seats.merchant(number, address=SHOP_MAIL)
    merchant.open_case(shop, number)
    expect(shop.locator("#late")).to_be_visible()
    expect(shop.locator("#decision")).to_contain_text("因到期没有答复作出")
    seats.look(shop, "13-default")


def nobody_appeals_and_it_is_done(seats: Seats, number: str) -> None:
    """The code is given inside the order, tried, and only the buyer's word closes it."""
    seats.later(days=8)
    me, shop = seats.complainant, seats.merchant(number, address=SHOP_MAIL)
    pages.open_case(me, number)
    expect(me.locator("#decision")).to_contain_text("已生效")
    merchant.open_case(shop, number)
    merchant.perform_step(shop, "已在站内订单补发，前4后4：QWER****1234")
    pages.open_case(me, number)
    seats.look(me, "14-to-try")
    pages.perform_my_step(me, "r1", "当场激活成功，余额100元")
    pages.confirm_remedy(me, "r1")
    expect(me.locator(".move--done")).to_be_visible()
    seats.look(me, "15-closed")
