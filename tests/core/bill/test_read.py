# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Exported bills become rows of one shape, whatever stands before and behind them."""

import csv
import io
from datetime import date, datetime

from recourse.core.bill.read import Bill, BillRow, read_bill
from recourse.core.calendar import CHINA
from recourse.core.problem import Problems
from tests.bills import ALIPAY, ICBC, WECHAT


def read(data: bytes, encoding: str = "gb18030") -> Bill:
    found = read_bill(list(csv.reader(io.StringIO(data.decode(encoding)))))
    assert isinstance(found, Bill)
    return found


def test_alipay() -> None:
    bill = read(ALIPAY)
    assert bill.layout == "alipay" and bill.unread == 0 and len(bill.rows) == 3
    assert bill.rows[0] == BillRow(
        at=datetime(2026, 11, 8, 21, 32, 14, tzinfo=CHINA),
        counterparty="山间茶铺",
        item="明前龙井250克",
        amount_fen=12900,
        direction="out",
        order_no="20261108220014",
        merchant_no="KS0000000001",
        status="等待确认收货",
    )
    assert [row.direction for row in bill.rows] == ["out", "in", "neutral"]
    assert bill.rows[1].merchant_no == ""


def test_wechat_and_its_line_that_is_none() -> None:
    bill = read(WECHAT, "utf-8-sig")
    assert bill.layout == "wechat" and len(bill.rows) == 2 and bill.unread == 1
    first = bill.rows[0]
    assert (first.amount_fen, first.order_no, first.merchant_no) == (12900, "4200001234", "KS0000000001")
    assert first.item == "明前龙井,250克" and bill.rows[1].item == "微信红包", "a slash stands for none"


def test_icbc_has_days_and_a_column_for_each_direction() -> None:
    bill = read(ICBC)
    assert bill.layout == "icbc" and len(bill.rows) == 2 and bill.unread == 1
    assert (bill.rows[0].at, bill.rows[0].amount_fen, bill.rows[0].direction) == (
        date(2026, 11, 8),
        112900,
        "out",
    )
    assert (bill.rows[1].amount_fen, bill.rows[1].direction) == (900000, "in")
    assert bill.rows[0].item == "消费" and bill.rows[0].order_no == ""


def test_what_is_no_bill_is_none_and_an_empty_one_is_refused_in_one_sentence() -> None:
    assert read_bill([]) is None
    assert read_bill([["姓名", "金额"], ["王小明", "1"]]) is None
    headings = ["交易时间", "交易对方", "商品说明", "收/支", "金额"]
    refused = read_bill([headings, ["不知道", "某店", "x", "支出", "一百"]])
    assert isinstance(refused, Problems) and refused.keys() == ("bill_without_rows",)


def test_a_row_crosses_the_border_as_strings_and_whole_numbers() -> None:
    plain = read(ICBC).rows[0].as_plain()
    assert plain["at"] == "2026-11-08" and all(isinstance(value, str | int) for value in plain.values())
