# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The rows of a bill: of an exhibit that was inspected, or of a file that is looked at before anything is filed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recourse.core.inspection import REASONS, Verdict
from recourse.core.money import format_yuan
from recourse.core.port import World
from recourse.core.problem import Problem, Problems, refuse
from recourse.core.text import Text
from recourse.store.inspections import Inspected

_MIB = 1024 * 1024
BILL_BYTES_MAX = 2 * _MIB


@dataclass(frozen=True, slots=True)
class BillLine:
    """One payment in words. `amount` is yuan such as "28.16"; `order_no` the platform's own or the merchant's number."""

    row: int
    at: str
    day: str
    counterparty: str
    item: str
    amount: str
    direction: str
    order_no: str
    merchant_no: str
    status: str

    @property
    def record(self) -> dict[str, str]:
        """What it offers for a complaint's record."""
        offered = {
            "id": self.merchant_no or self.order_no,
            "amount": self.amount,
            "happened_on": self.day,
            "title": self.item,
        }
        return {name: value for name, value in offered.items() if value}


def rows_of(seen: Inspected) -> tuple[BillLine, ...]:
    """The rows of an inspected exhibit; none when it is no bill. Asked with its findings."""
    return _lines(seen.findings)


def bill_of(world: World, data: bytes) -> tuple[BillLine, ...] | Problems:
    """Look at a bill before anything is filed; nothing of it is kept. One clear refusal when it cannot be used."""
    if len(data) > BILL_BYTES_MAX:
        return refuse(
            "bill_too_big",
            field="bill",
            zh="账单太大，最多2 MB。",
            en="The bill is too big: at most 2 MB.",
            do_zh="导出时把日期范围选短一点。",
            do_en="Export a shorter span of days.",
        )
    if world.inspector is None:
        return _unreadable(Text("这台服务器打不开账单。", "This server opens no bills."))
    made = world.inspector.inspect(data, "text/plain")
    if made.verdict is not Verdict.ok:
        return _unreadable(REASONS[made.reason])
    refused = made.findings.get("bill_refused")
    if refused:
        zh, en = refused[0]
        return Problems(
            (Problem("bill_without_rows", "bill", Text(zh, en), Text("也可以手填。", "Or type it.")),)
        )
    rows = _lines(made.findings)
    if rows:
        return rows
    return refuse(
        "not_a_bill",
        field="bill",
        zh="看不出这是哪种账单。",
        en="This is no bill that we know.",
        do_zh="请用支付宝、微信支付或工商银行导出的CSV账单（Excel请另存为CSV）；也可以手填。",
        do_en="Use the CSV bill that Alipay, WeChat Pay or ICBC exports (save Excel as CSV); or type the fields.",
    )


def _unreadable(why: Text) -> Problems:
    return Problems(
        (Problem("bill_unreadable", "bill", why, Text("也可以手填。", "You can type the fields instead.")),)
    )


def _lines(findings: Mapping[str, Any]) -> tuple[BillLine, ...]:
    bill = findings.get("bill")
    rows = bill.get("rows", ()) if isinstance(bill, dict) else ()
    return tuple(_line(index, row) for index, row in enumerate(rows) if isinstance(row, dict))


def _line(index: int, row: Mapping[str, Any]) -> BillLine:
    def said(name: str) -> str:
        value = row.get(name, "")
        return value if isinstance(value, str) else ""

    amount, at = row.get("amount_fen"), said("at")
    return BillLine(
        row=index,
        at=at[:16].replace("T", " "),
        day=at[:10],
        counterparty=said("counterparty"),
        item=said("item"),
        amount=format_yuan(amount) if isinstance(amount, int) else "",
        direction=said("direction"),
        order_no=said("order_no"),
        merchant_no=said("merchant_no"),
        status=said("status"),
    )
