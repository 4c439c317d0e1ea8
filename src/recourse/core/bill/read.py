# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reading an exported bill: the layout is known by its heading row, whatever preamble stands before it.

Layouts as the apps export them: 支付宝电子客户回单 (CSV, GB 18030), 微信支付账单明细 (CSV, UTF-8) and 中国工商银行明细查询
(CSV). A row that cannot be read is counted and left out; a bill without one good row is refused in one sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.money import parse_yuan
from recourse.core.problem import Problems, refuse

ROWS_MAX = 2000
_LINES_BEFORE_MAX = 60
_CELL_MAX = 200
_MOMENT = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class BillRow:
    """One payment. `at` is a moment at +08:00, or a date where the bill gives no hour; the amount is never negative."""

    at: datetime | date
    counterparty: str
    item: str
    amount_fen: int
    direction: str  # out | in | neutral
    order_no: str
    merchant_no: str
    status: str

    def as_plain(self) -> dict[str, Any]:
        """The row as strings and whole numbers, which is how it crosses a border."""
        return {
            "at": self.at.isoformat(),
            "counterparty": self.counterparty,
            "item": self.item,
            "amount_fen": self.amount_fen,
            "direction": self.direction,
            "order_no": self.order_no,
            "merchant_no": self.merchant_no,
            "status": self.status,
        }


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill that was read: which layout, its rows, and how many lines could not be read."""

    layout: str
    rows: tuple[BillRow, ...]
    unread: int = 0


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which heading holds what. `amount` with `direction`, or one column for each direction."""

    name: str
    at: str
    counterparty: tuple[str, ...]
    item: tuple[str, ...]
    status: str = ""
    order_no: str = ""
    merchant_no: str = ""
    amount: str = ""
    direction: str = ""
    paid_in: str = ""
    paid_out: str = ""

    @property
    def needs(self) -> frozenset[str]:
        parts = (self.at, self.amount, self.direction, self.paid_in, self.paid_out)
        return frozenset(part for part in parts if part) | {self.counterparty[0]}


_LAYOUTS = (
    _Layout(
        "alipay", "交易时间", ("交易对方",), ("商品说明", "交易分类"), "交易状态", "交易订单号", "商家订单号",
        amount="金额", direction="收/支",
    ),
    _Layout(
        "wechat", "交易时间", ("交易对方",), ("商品", "交易类型"), "当前状态", "交易单号", "商户单号",
        amount="金额(元)", direction="收/支",
    ),
    _Layout(
        "icbc", "交易日期", ("对方户名", "交易场所"), ("摘要", "交易场所"),
        paid_in="记账金额(收入)", paid_out="记账金额(支出)",
    ),
)  # fmt: skip
_DIRECTIONS = {"支出": "out", "收入": "in"}


def read_bill(lines: Sequence[Sequence[str]]) -> Bill | Problems | None:
    """A bill from the cells of its lines; None when this is no bill at all, problems when it is one without rows."""
    for at, line in enumerate(lines[:_LINES_BEFORE_MAX]):
        heading = [_cell(cell).replace("（", "(").replace("）", ")") for cell in line]
        layout = next((item for item in _LAYOUTS if item.needs <= set(heading)), None)
        if layout is not None:
            return _rows(layout, heading, lines[at + 1 :])
    return None


def _rows(layout: _Layout, heading: Sequence[str], lines: Sequence[Sequence[str]]) -> Bill | Problems:
    found: list[BillRow] = []
    unread = 0
    for line in lines:
        if not any(_cell(cell) for cell in line):
            continue
        row = _row(layout, dict(zip(heading, map(_cell, line), strict=False)))
        if row is None:
            unread += 1
        elif len(found) < ROWS_MAX:
            found.append(row)
    if not found:
        return refuse(
            "bill_without_rows",
            field="file",
            zh="这是一份账单，但一笔交易也读不出来。",
            en="This is a bill, but not one payment of it can be read.",
            do_zh="请在支付宝、微信或网银里重新导出，不要用表格软件改过再存；也可以手填。",
            do_en="Export it again from the app, unchanged by a spreadsheet; or type the fields by hand.",
        )
    return Bill(layout.name, tuple(found), unread)


def _row(layout: _Layout, cells: Mapping[str, str]) -> BillRow | None:
    at = _moment(cells.get(layout.at, ""))
    amount, direction = _amount(layout, cells)
    if at is None or amount is None:
        return None
    return BillRow(
        at=at,
        counterparty=_first(cells, layout.counterparty),
        item=_first(cells, layout.item),
        amount_fen=amount,
        direction=direction,
        order_no=_said(cells.get(layout.order_no, "")),
        merchant_no=_said(cells.get(layout.merchant_no, "")),
        status=_said(cells.get(layout.status, "")),
    )


def _amount(layout: _Layout, cells: Mapping[str, str]) -> tuple[int | None, str]:
    if layout.amount:
        return parse_yuan(cells[layout.amount]), _DIRECTIONS.get(cells.get(layout.direction, ""), "neutral")
    for column, direction in ((layout.paid_out, "out"), (layout.paid_in, "in")):
        amount = parse_yuan(cells.get(column, ""))
        if amount is not None:
            return amount, direction
    return None, "neutral"


def _moment(text: str) -> datetime | date | None:
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
    try:
        if match[4] is None:
            return date(year, month, day)
        return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None


def _cell(text: str) -> str:
    """A cell without the blanks and tabs that exports put around numbers to keep them text."""
    return " ".join(text.split())[:_CELL_MAX]


def _said(text: str) -> str:
    """A value; the exports write / and - for none."""
    return "" if text in {"/", "-", "--"} else text


def _first(cells: Mapping[str, str], names: Sequence[str]) -> str:
    return next((said for name in names if (said := _said(cells.get(name, "")))), "")
