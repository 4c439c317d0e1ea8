# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a picture of a screen says: order number, sum, moment, status words, account ids, read from its lines.

Every value is offered beside the picture and counts only once the person has confirmed it. A value that stands behind
its name (订单编号：…, or the name on the left or above and the value on the right or below) is offered before one without,
and of sums what was paid before what was asked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from recourse.core.calendar import CHINA
from recourse.core.masking import plain_line
from recourse.core.money import parse_yuan
from recourse.core.text import Text

WHOLE = 1000


class ScreenField(StrEnum):
    """What a value found on a screen is."""

    order_no = "order_no"
    amount = "amount"
    at = "at"
    status = "status"
    account_id = "account_id"


FIELD_NAMES: dict[ScreenField, Text] = {
    ScreenField.order_no: Text("订单号", "order number"),
    ScreenField.amount: Text("金额", "sum"),
    ScreenField.at: Text("时间", "time"),
    ScreenField.status: Text("状态", "status"),
    ScreenField.account_id: Text("账号", "account id"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line read off a picture. The box is in pixels from the upper left corner; confidence from 0 to 100."""

    text: str
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    confidence: int = 100


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle: thousandths from the left and upper edge. `page` counts from 1; 0 is a picture by itself."""

    page: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def whole(self) -> bool:
        """Whether it lies in the picture and has an area."""
        across = 0 <= self.left < self.right <= WHOLE
        return across and 0 <= self.top < self.bottom <= WHOLE and self.page >= 0

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """(left, top, right, bottom) in pixels of a picture of this size, rounded outwards."""
        return (
            self.left * width // WHOLE,
            self.top * height // WHOLE,
            -(-self.right * width // WHOLE),
            -(-self.bottom * height // WHOLE),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A value offered for a field: `value` as it would be kept, `said` as the picture has it, and on which line.

    `value` is "129.00" for a sum, an RFC 3339 moment in China time or a bare day for a time, else the words themselves.
    """

    field: ScreenField
    value: str
    said: str
    line: int
    name: str = ""  # the words it stood behind, such as 订单编号; empty when it stood alone

    @property
    def named(self) -> bool:
        """Whether it stood behind its name."""
        return bool(self.name)


# What shops and wallets write over an order. Longer words first, so that 退款成功 is not read as 成功.
_SHOWN = """
    退款成功 退款失败 退款关闭 退款中 已退款 待退款 充值成功 充值失败 充值处理中 充值中
    待付款 待支付 支付成功 支付失败 待发货 待出库 待收货 已发货 运输中 派送中 已签收
    交易成功 交易关闭 交易完成 已完成 已取消 已关闭 待评价 待使用 已使用 已失效 已过期
    未领取 已领取 已中奖 未中奖 待兑奖 已兑奖 待审核 审核中 审核不通过 兑换成功 兑换失败
    库存不足 暂时缺货 处理中 待处理
"""
STATUS_WORDS: tuple[str, ...] = tuple(_SHOWN.split())
_STATUS = re.compile("|".join(sorted(STATUS_WORDS, key=len, reverse=True)))
# Which order a number is of, so that a parcel's is not taken for the purchase's.
_ORDER_NAME = (
    r"(?:商家订单号|订单编号|订单号码|订单号|交易单号|交易号|商户单号|流水号|兑奖编号|抽奖编号|兑换单号"
    r"|运单号|快递单号|物流单号|退款单号|退货单号|售后单号|单号)"
)
_ORDER = re.compile(rf"(?P<name>{_ORDER_NAME})[:\s]{{0,3}}(?P<it>[A-Za-z0-9][A-Za-z0-9-]{{6,39}})")
_ORDER_ALONE = re.compile(r"^(?P<it>[A-Za-z]{0,4}\d[A-Za-z0-9]{9,39})(?:复制)?$")
_AMOUNT_NAME = (
    r"(?:实付款?|实际支付|支付金额|付款金额|订单金额|交易金额|退款金额|到账金额|充值金额|合计|总价|金额|共计)"
)
_SUM = r"-?[¥￥]?\s?(?P<it>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,2})?)"
_AMOUNT = re.compile(rf"(?P<name>{_AMOUNT_NAME})(?:\([^)]*\))?[:\s]{{0,3}}{_SUM}(?!\d)")
_AMOUNT_ALONE = re.compile(rf"(?:[¥￥]\s?|(?<![\d.])(?=\d[\d.,]*\s?元)){_SUM}(?!\d)")
_TIME = re.compile(
    r"(?P<y>20\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
    r"(?:\s{0,2}(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2}))?)?"
)
_TIME_NAME = (
    r"(?:下单|付款|支付|创建|成交|发货|签收|收货|交易|兑换|中奖|开奖|领取|申请|提交|充值|退款|到账)?时间"
)
_TIME_NAMED = re.compile(rf"(?P<name>{_TIME_NAME})[:\s]{{0,3}}$")
_ACCOUNT_NAME = (
    r"(?:微信号|支付宝账号|抖音号|快手号|快手ID|用户ID|账号ID|充值账号|登录账号|账号|账户|UID|QQ|ID)"
)
_ACCOUNT = re.compile(
    rf"(?P<name>{_ACCOUNT_NAME})[:\s]{{1,3}}(?P<it>[A-Za-z0-9_][A-Za-z0-9_.@*-]{{3,39}})", re.IGNORECASE
)
# A line that ends in a name: its value stands below.
_NAME_LAST = re.compile(
    rf"(?:{_ORDER_NAME}|{_AMOUNT_NAME}|{_ACCOUNT_NAME}|{_TIME_NAME})[:\s]{{0,3}}$", re.IGNORECASE
)
# What the person paid, beside what the goods cost before coupons: of the names of sums.
PAID = re.compile(r"实付|实际支付|支付金额|付款金额")
# Two lines stand on one row when the lower begins above the middle of the upper.
_ROW = 2
# A line goes on in the next when that begins at the same edge, no further below than this many heights.
_GOES_ON = 2


def read_screen(lines: Sequence[Line]) -> tuple[Reading, ...]:
    """Every value that can be offered: named before unnamed, paid first, then in the order of the picture; each once."""
    found: list[Reading] = []
    shown = rows(lines)
    for at, line in enumerate(shown):
        found += _read_line(at, plain_line(line.text))
        if at and _goes_on(shown[at - 1], line):
            found += _read_across(at, plain_line(shown[at - 1].text).strip(), plain_line(line.text).strip())
    found.sort(key=lambda item: (not item.named, PAID.match(item.name) is None, item.line))
    seen: set[tuple[ScreenField, str]] = set()
    once = []
    for item in found:
        if (item.field, item.value) not in seen:
            seen.add((item.field, item.value))
            once.append(item)
    return tuple(once)


def rows(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines in reading order; a name on the left and its value on the right of one row become one line."""
    ordered = sorted(lines, key=lambda line: (line.top, line.left))
    joined: list[list[Line]] = []
    for line in ordered:
        row = joined[-1] if joined else None
        if row and line.height and line.top < row[0].top + row[0].height // _ROW:
            row.append(line)
        else:
            joined.append([line])
    return tuple(_one(sorted(row, key=lambda line: line.left)) for row in joined)


def _one(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    left, top = row[0].left, min(line.top for line in row)
    right = max(line.left + line.width for line in row)
    bottom = max(line.top + line.height for line in row)
    words = " ".join(line.text.strip() for line in row)
    return Line(words, left, top, right - left, bottom - top, min(line.confidence for line in row))


def _goes_on(upper: Line, lower: Line) -> bool:
    near = lower.top - upper.top <= _GOES_ON * upper.height
    return near and abs(lower.left - upper.left) <= upper.height // _ROW


def _read_across(at: int, upper: str, lower: str) -> Iterator[Reading]:
    """What only both lines together say: a status word broken between them, and a value below its name."""
    for found in _STATUS.finditer(upper + lower):
        if found.start() < len(upper) < found.end():
            yield Reading(ScreenField.status, found[0], found[0], at)
    name = _NAME_LAST.search(upper)
    if name:
        both = f"{name[0]} {lower}" if name[0][-1] not in ": " else name[0] + lower
        yield from (item for item in _read_line(at, both) if item.named)


def _read_line(at: int, line: str) -> Iterator[Reading]:
    yield from _orders(at, line)
    yield from _amounts(at, line)
    yield from _times(at, line)
    for found in _STATUS.finditer(line):
        yield Reading(ScreenField.status, found[0], found[0], at)
    for found in _ACCOUNT.finditer(line):
        yield Reading(ScreenField.account_id, found["it"], found["it"], at, found["name"])


def _orders(at: int, line: str) -> Iterator[Reading]:
    named = list(_ORDER.finditer(line))
    for found in named:
        yield Reading(ScreenField.order_no, found["it"], found["it"], at, found["name"])
    alone = _ORDER_ALONE.match(line.strip())
    if alone and not named and not _TIME.match(line.strip()):
        yield Reading(ScreenField.order_no, alone["it"], alone["it"], at)


def _amounts(at: int, line: str) -> Iterator[Reading]:
    for pattern in (_AMOUNT, _AMOUNT_ALONE):
        for found in pattern.finditer(line):
            fen = parse_yuan(found["it"].replace(",", ""))
            if fen:
                value = f"{fen // 100}.{fen % 100:02d}"
                yield Reading(
                    ScreenField.amount, value, found[0].strip(), at, found.groupdict().get("name", "")
                )


def _times(at: int, line: str) -> Iterator[Reading]:
    for found in _TIME.finditer(line):
        value = _moment(found)
        if value:
            name = _TIME_NAMED.search(line[: found.start()])
            yield Reading(ScreenField.at, value, found[0].strip(), at, name["name"] if name else "")


def _moment(found: "re.Match[str]") -> str:
    """The moment in China time, or the bare day; empty when there is no such day."""
    parts = [int(found[part] or 0) for part in ("y", "m", "d", "h", "min", "s")]
    try:
        moment = datetime(*parts, tzinfo=CHINA)  # type: ignore[arg-type, misc]
    except ValueError:
        return ""
    return moment.isoformat() if found["h"] else moment.date().isoformat()
