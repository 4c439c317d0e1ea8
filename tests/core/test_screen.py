# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What is offered of a screen: named values first, each once, nothing made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.screen import Line, ScreenField, read_screen, rows

ORDER = [
    Line("快手小店", 40, 30, 200, 30),
    Line("待发货", 40, 80, 120, 34),
    Line("订单编号", 40, 300, 120, 28),
    Line("2426400123456789", 300, 302, 320, 28),
    Line("实付款：￥129.00", 40, 350, 260, 28),
    Line("下单时间 2026-09-18 20:15:33", 40, 400, 420, 28),
    Line("商品总价 ￥139.00", 40, 450, 300, 28),
]


def values(lines: list[Line], field: ScreenField) -> list[str]:
    return [item.value for item in read_screen(lines) if item.field is field]


def test_an_order_page_gives_its_fields() -> None:
    assert values(ORDER, ScreenField.order_no) == ["2426400123456789"]
    assert values(ORDER, ScreenField.amount) == ["129.00", "139.00"]
    assert values(ORDER, ScreenField.at) == ["2026-09-18T20:15:33+08:00"]
    assert values(ORDER, ScreenField.status) == ["待发货"]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("订单号:LY20240510001 复制", ScreenField.order_no, "LY20240510001"),
        ("２４２６４００１２３４５６７８９", ScreenField.order_no, "2426400123456789"),
        ("交易单号 4200001234202609181234567890", ScreenField.order_no, "4200001234202609181234567890"),
        ("充值账号: game_user01", ScreenField.account_id, "game_user01"),
        ("微信号：wxid_ab12", ScreenField.account_id, "wxid_ab12"),
        ("合计：1,314.00元", ScreenField.amount, "1314.00"),
        ("-¥30.5", ScreenField.amount, "30.50"),
        ("共2件 15元", ScreenField.amount, "15.00"),
        ("2026年9月18日", ScreenField.at, "2026-09-18"),
        ("支付时间2026/09/18 08:05", ScreenField.at, "2026-09-18T08:05:00+08:00"),
        ("当前状态：退款成功", ScreenField.status, "退款成功"),
    ],
)
def test_one_line_gives_one_value(text: str, field: ScreenField, value: str) -> None:
    assert values([Line(text)], field) == [value]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["商家订单号：LY20240510001"], "商家订单号"),
        (["快递单号", "SF1234567890123"], "快递单号"),
        (["实付款：￥129.00"], "实付款"),
        (["签收时间", "2026-09-18 20:15"], "签收时间"),
        (["用户ID: 20010086"], "用户ID"),
        (["2426400123456789"], ""),
    ],
)
def test_a_value_says_what_the_screen_calls_it(lines: list[str], name: str) -> None:
    found = read_screen([Line(text, 40, 42 * at, 400, 28) for at, text in enumerate(lines)])
    assert found[0].name == name and found[0].named is bool(name)


@pytest.mark.parametrize(
    "text", ["2026-13-40", "12:30", "满100减20", "第3步", "￥0.00", "400-000-0000", "共 3 件"]
)
def test_what_is_no_value_is_not_offered(text: str) -> None:
    assert read_screen([Line(text)]) == ()


def test_a_value_is_offered_once_and_named_first() -> None:
    lines = [Line("￥129.00", top=0), Line("实付 ￥129.00", top=50), Line("￥10.00", top=90)]
    found = [(item.value, item.named) for item in read_screen(lines)]
    assert found == [("129.00", True), ("10.00", False)]


@pytest.mark.parametrize("first", ["商品总价", "订单金额", "合计"])
def test_what_was_paid_is_offered_before_what_was_asked(first: str) -> None:
    lines = [Line(f"{first} ￥139.00", 40, 0, 300, 28), Line("实付款 ￥129.00", 40, 50, 300, 28)]
    assert values(lines, ScreenField.amount) == ["129.00", "139.00"]


def pair(upper: str, lower: str, *, left: int = 100, top: int = 142) -> list[Line]:
    """Two lines, the lower one by default as a bubble breaks its text: at the same edge, half a height further down."""
    return [Line(upper, 100, 100, 400, 28), Line(lower, left, top, 200, 28)]


@pytest.mark.parametrize(
    ("upper", "lower", "field", "value"),
    [
        ("我付了钱，页面一直是充", "值中，怎么回事", ScreenField.status, "充值中"),
        ("还是待发", "货", ScreenField.status, "待发货"),
        ("麻烦看一下，订单号：", "KS20260425930179，谢谢", ScreenField.order_no, "KS20260425930179"),
        ("订单编号", "2426400123456789", ScreenField.order_no, "2426400123456789"),
        ("微信号", "wxid_ab12", ScreenField.account_id, "wxid_ab12"),
        ("实付款", "129.00", ScreenField.amount, "129.00"),
        ("下单时间：", "2026-09-18 20:15", ScreenField.at, "2026-09-18T20:15:00+08:00"),
    ],
)
def test_what_two_lines_say_together_is_read(upper: str, lower: str, field: ScreenField, value: str) -> None:
    found = [item for item in read_screen(pair(upper, lower)) if item.field is field]
    assert [item.value for item in found] == [value]
    assert found[0].named is (field is not ScreenField.status)


@pytest.mark.parametrize(("left", "top"), [(300, 142), (100, 300)])
def test_lines_that_do_not_follow_each_other_are_not_read_together(left: int, top: int) -> None:
    assert read_screen(pair("一直是充", "值中", left=left, top=top)) == ()
    apart = read_screen(pair("订单编号", "2426400123456789", left=left, top=top))
    assert [(item.value, item.named) for item in apart] == [("2426400123456789", False)]


def test_a_number_is_not_lengthened_by_the_line_below() -> None:
    lines = pair("订单号 2426400123456789", "20260918")
    assert values(lines, ScreenField.order_no) == ["2426400123456789"]


def test_name_and_value_of_one_row_are_one_line_whatever_came_first() -> None:
    assert [line.text for line in rows([ORDER[3], ORDER[2]])] == ["订单编号 2426400123456789"]


@given(st.lists(st.text(max_size=60), max_size=20))
def test_any_lines_are_read(texts: list[str]) -> None:
    lines = [Line(text, top=40 * at, height=30) for at, text in enumerate(texts)]
    assert all(0 <= item.line < len(lines) for item in read_screen(lines))
