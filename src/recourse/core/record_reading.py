# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which field of a complaint's record a value read off a screenshot may fill, while the complaint is being written.

Nothing is filled in by this: a value is shown with its field, and the person taps it or leaves it. So it is told only
where the screen itself says what the value is: a number behind 订单编号 is the order's, one behind 快递单号 is a parcel's,
and one by itself may be a card key and is not offered at all.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from recourse.core.money import parse_yuan
from recourse.core.screen import PAID, Reading, ScreenField
from recourse.core.text import Text
from recourse.core.vocabulary import SubjectKind

# Of one picture for one kind of value, or one kind of moment: a page of goods shows many prices.
OFFERED_MAX = 2
_DAY = 10  # characters of 2026-09-18
_OF_THE_PURCHASE = re.compile(r"订单|交易|商户|流水|兑换|兑奖|^单号")
_OF_THE_DRAW = re.compile(r"抽奖|兑奖")
_GIVEN_BACK = re.compile(r"退款")
_BEGUN = re.compile(r"下单|付款|支付|创建|成交|交易|兑换|充值|^时间")
_WON = re.compile(r"中奖|开奖|^时间")
_ARRIVED = re.compile(r"签收|收货|领取")
# The playbook's own word for the record says whether an account is what it is found by.
_ASKS_FOR_ACCOUNT = re.compile(r"账号|账户|用户ID", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RecordReading:
    """A value for a field of the record, as it would be typed there: an id, yuan such as "129.00", or a day such as
    2026-09-18. `name` is what the screen calls it; empty when it stood alone.
    """

    field: str  # of `RECORD_FIELDS`
    value: str
    name: str


def worth_offering(found: Iterable[Reading]) -> tuple[Reading, ...]:
    """What of a picture can ever fill a field, best first, a few of each kind; the rest need not be kept.

    A number or moment without a name is left out, so is a sum where another one has a name, and any other sum where one is
    what was paid.
    """
    kept: list[Reading] = []
    for item in found:
        same = [other for other in kept if other.field is item.field]
        if item.field is ScreenField.at:
            same = [other for other in same if other.name == item.name]
        if _wanted(item, same) and len(same) < OFFERED_MAX:
            kept.append(item)
    return tuple(kept)


def _wanted(item: Reading, same: list[Reading]) -> bool:
    """Whether it says what it is, `same` being what was taken of its field so far."""
    if item.field is ScreenField.status:
        return False
    if item.field is not ScreenField.amount or not same:
        return item.named or item.field is ScreenField.amount
    paid = PAID.match(same[0].name) is not None
    return PAID.match(item.name) is not None if paid else item.named or not same[0].named


def for_record(
    found: Iterable[Reading], *, subject: SubjectKind, record: Mapping[str, Text], today: date
) -> tuple[RecordReading, ...]:
    """The values that fit a field which this playbook's record has; each once."""
    fitting: dict[tuple[str, str], RecordReading] = {}
    for item in found:
        field = _field(item, subject, record)
        value = item.value[:_DAY] if item.field is ScreenField.at else item.value
        if field not in record or (item.field is ScreenField.at and value > today.isoformat()):
            continue
        fitting.setdefault((field, value), RecordReading(field, value, item.name))
    return tuple(fitting.values())


def says_the_same(typed: str, value: str, *, field: str) -> bool:
    """Whether what was typed is this value already: 129 is 129.00."""
    if field == "amount":
        return parse_yuan(typed) == parse_yuan(value)
    return "".join(typed.split()) == value


def _field(item: Reading, subject: SubjectKind, record: Mapping[str, Text]) -> str:
    """The record's field, or nothing."""
    if item.field is ScreenField.order_no:
        wanted = _OF_THE_DRAW if subject is SubjectKind.draw else _OF_THE_PURCHASE
        return "id" if wanted.search(item.name) else ""
    if item.field is ScreenField.account_id:
        return "id" if "id" in record and _ASKS_FOR_ACCOUNT.search(record["id"].zh) else ""
    if item.field is ScreenField.amount:
        return "" if _GIVEN_BACK.search(item.name) else "amount"
    if item.field is ScreenField.at:
        if _ARRIVED.search(item.name):
            return "received_on"
        begun = _WON if subject is SubjectKind.draw else _BEGUN
        return "happened_on" if begun.search(item.name) else ""
    return ""
