# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which field a value of a screenshot may fill: only where the screen says what the value is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.complaint import RECORD_FIELDS
from recourse.core.problem import Problems
from recourse.core.record_reading import OFFERED_MAX, for_record, says_the_same, worth_offering
from recourse.core.screen import Line, ScreenField, read_screen
from recourse.core.text import Text
from recourse.core.vocabulary import SubjectKind
from recourse.gateways.rule_files import load_rulebook, platforms

TODAY = date(2026, 9, 21)
ORDER = {name: Text(name, name) for name in RECORD_FIELDS} | {"id": Text("订单编号", "Order number")}
ACCOUNT = ORDER | {"id": Text("订单号、合同号或账号", "Order, contract or account number")}


def offered(
    *said: str, record: dict[str, Text] = ORDER, subject: SubjectKind = SubjectKind.order
) -> list[tuple[str, str]]:
    """(field, value) of everything that a screen with these lines offers for the record."""
    lines = [Line(text, 40, 60 * at, 400, 28) for at, text in enumerate(said)]
    found = worth_offering(read_screen(lines))
    return [
        (item.field, item.value) for item in for_record(found, subject=subject, record=record, today=TODAY)
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("订单编号 2426400123456789", [("id", "2426400123456789")]),
        ("商家订单号：LY20240510001", [("id", "LY20240510001")]),
        ("交易单号 4200001234202609181234567890", [("id", "4200001234202609181234567890")]),
        ("兑换单号：DH20260918001", [("id", "DH20260918001")]),
        # A parcel's number, a refund's and one that nothing names are not the purchase's; the last may be a card key.
        ("快递单号 SF1234567890123", []),
        ("物流单号 SF1234567890123", []),
        ("退款单号 TK1234567890123", []),
        ("抽奖编号 CJ20260918", []),
        ("2426400123456789", []),
        ("AB12CD34EF56GH78", []),
        ("实付款：￥129.00", [("amount", "129.00")]),
        ("￥129.00", [("amount", "129.00")]),
        ("退款金额 ￥129.00", []),
        ("下单时间 2026-09-18 20:15:33", [("happened_on", "2026-09-18")]),
        ("时间：2026-09-18", [("happened_on", "2026-09-18")]),
        ("签收时间 2026-09-20 08:15", [("received_on", "2026-09-20")]),
        ("收货时间：2026年9月20日", [("received_on", "2026-09-20")]),
        ("发货时间 2026-09-19 08:15", []),
        ("申请时间 2026-09-19 08:15", []),
        # A chat is full of moments that nothing names, and a day that has not come did not happen.
        ("2026-09-18 20:15", []),
        ("下单时间 2026-09-22 20:15:33", []),
        ("充值账号: game_user01", []),
        ("当前状态：退款成功", []),
    ],
)
def test_what_the_screen_calls_a_value_says_where_it_belongs(
    line: str, wanted: list[tuple[str, str]]
) -> None:
    assert offered(line) == wanted


def test_an_account_is_offered_where_the_record_is_found_by_one() -> None:
    assert offered("充值账号: game_user01", record=ACCOUNT) == [("id", "game_user01")]


def test_a_draw_takes_its_own_number_and_day() -> None:
    said = (
        "抽奖编号 CJ20260918",
        "订单编号 2426400123456789",
        "开奖时间 2026-09-18 20:00",
        "下单时间 2026-09-01",
    )
    assert offered(*said, subject=SubjectKind.draw) == [("id", "CJ20260918"), ("happened_on", "2026-09-18")]


def test_a_field_that_the_playbook_does_not_have_is_not_offered() -> None:
    record = {"id": ORDER["id"]}
    assert offered("订单编号 2426400123456789", "签收时间 2026-09-20", "合计 ￥1.00", record=record) == [
        ("id", "2426400123456789")
    ]


def test_of_sums_the_paid_one_counts_and_prices_without_a_name_only_by_themselves() -> None:
    prices = [f"￥{price}.00" for price in range(10, 20)]
    assert offered("商品总价 ￥139.00", "实付款 ￥129.00", *prices) == [("amount", "129.00")]
    assert offered("商品总价 ￥139.00", "订单金额 ￥129.00", *prices) == [
        ("amount", "139.00"),
        ("amount", "129.00"),
    ]
    assert offered("实付 ￥129.00", "支付金额 ￥99.00", "合计 ￥139.00") == [
        ("amount", "129.00"),
        ("amount", "99.00"),
    ]
    assert offered(*prices) == [("amount", "10.00"), ("amount", "11.00")]


def test_each_kind_of_moment_has_its_own_day() -> None:
    said = (
        "下单时间 2026-09-16 20:15",
        "付款时间 2026-09-16 20:16",
        "发货时间 2026-09-17",
        "签收时间 2026-09-19",
    )
    assert offered(*said) == [("happened_on", "2026-09-16"), ("received_on", "2026-09-19")]


def test_status_words_and_what_has_no_name_are_not_even_kept() -> None:
    lines = [Line("待发货", top=0), Line("AB12CD34EF56GH78", top=60), Line("2026-09-18 20:15", top=120)]
    assert {item.field for item in read_screen(lines)} == {
        ScreenField.status,
        ScreenField.order_no,
        ScreenField.at,
    }
    assert worth_offering(read_screen(lines)) == ()


@pytest.mark.parametrize(
    ("typed", "value", "field", "same"),
    [
        ("129", "129.00", "amount", True),
        ("129.50", "129.00", "amount", False),
        ("", "129.00", "amount", False),
        ("12o", "129.00", "amount", False),
        ("2426 4001 2345", "242640012345", "id", True),
        ("2426400123456", "242640012345", "id", False),
        ("2026-09-18", "2026-09-18", "happened_on", True),
        ("", "2026-09-18", "happened_on", False),
    ],
)
def test_what_says_the_same_is_not_offered_again(typed: str, value: str, field: str, same: bool) -> None:
    assert says_the_same(typed, value, field=field) is same


@pytest.mark.parametrize("platform", platforms())
def test_every_shipped_playbook_takes_its_own_kind_of_number(platform: str) -> None:
    rules = load_rulebook(platform, on=TODAY)
    assert not isinstance(rules, Problems)
    playbook = rules.playbook
    own = "抽奖编号" if playbook.subject is SubjectKind.draw else "订单编号"
    found = worth_offering(read_screen([Line(f"{own} AB2026091800"), Line("实付款 ￥129.00", top=60)]))
    values = for_record(found, subject=playbook.subject, record=playbook.record, today=TODAY)
    assert {(item.field, item.value) for item in values} == {("id", "AB2026091800"), ("amount", "129.00")}


@given(st.lists(st.text("订单编号实付款下单签收时间金额账户:￥.-/ 0123456789AB", max_size=40), max_size=12))
def test_whatever_was_read_a_few_values_fit_fields_of_the_record(said: list[str]) -> None:
    kept = worth_offering(read_screen([Line(text, top=60 * at) for at, text in enumerate(said)]))
    fields = [item.field for item in kept if item.field is not ScreenField.at]
    assert all(fields.count(field) <= OFFERED_MAX for field in fields)
    values = for_record(kept, subject=SubjectKind.order, record=ACCOUNT, today=TODAY)
    assert len({(item.field, item.value) for item in values}) == len(values)
    assert {item.field for item in values} <= {"id", "amount", "happened_on", "received_on"}
