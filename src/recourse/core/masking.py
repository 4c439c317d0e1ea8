# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the copy that others see should not show: numbers of papers and cards, phones, addresses, mail, card keys.

Found in a line of text, whether typed or read off a picture. What is found is proposed, never masked unasked, and the
original stays as it is. A number that carries a check digit (GB 11643-1999 resident id, ISO/IEC 7812-1 bank card) counts
by it; with a word before it that says what it is, it counts without, since a picture is easily misread by a digit.
Somebody's own mailbox is found, a service counter's is not (`mailbox`). A WeChat id is found by the word before it or by
its wxid_; what is called 官方 or 客服 is given out for everybody, and so are official accounts (公众号, gh_).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recourse.core.mailbox import find_mailboxes
from recourse.core.text import Text


class MaskKind(StrEnum):
    """What a masked piece is."""

    resident_id = "resident_id"
    bank_card = "bank_card"
    phone = "phone"
    mail = "mail"
    messenger = "messenger"
    address = "address"
    card_key = "card_key"


MASK_NAMES: dict[MaskKind, Text] = {
    MaskKind.resident_id: Text("身份证号", "resident id"),
    MaskKind.bank_card: Text("银行卡号", "bank card"),
    MaskKind.phone: Text("电话", "phone"),
    MaskKind.mail: Text("邮箱", "e-mail"),
    MaskKind.messenger: Text("微信号或QQ号", "WeChat or QQ id"),
    MaskKind.address: Text("地址", "address"),
    MaskKind.card_key: Text("卡密", "card key"),
}
# Of a card key this much stays at each end, so that both sides know which one is meant.
KEPT = 4
_FILL = "*"


@dataclass(frozen=True, slots=True)
class Mask:
    """One piece of a line: `line[start:end]`, counted in characters."""

    kind: MaskKind
    start: int
    end: int


def find_masks(line: str) -> tuple[Mask, ...]:
    """Every piece to propose, in the order of the line, none overlapping another."""
    plain = plain_line(line)
    found: list[Mask] = []
    for mask in _all(plain):
        if all(mask.end <= other.start or other.end <= mask.start for other in found):
            found.append(mask)
    return tuple(sorted(found, key=lambda mask: mask.start))


def find_masks_after(before: str, line: str) -> tuple[Mask, ...]:
    """The same for a line that stands below another: 卡密 may be all of the one and the key all of the other."""
    found = list(find_masks(line))
    said = f"{before.rstrip()} "
    for mask in find_masks(said + line):
        start, end = mask.start - len(said), mask.end - len(said)
        if start >= 0 and all(end <= other.start or other.end <= start for other in found):
            found.append(Mask(mask.kind, start, end))
    return tuple(sorted(found, key=lambda mask: mask.start))


def masked(line: str, masks: tuple[Mask, ...]) -> str:
    """The line with these pieces hidden, sign for sign; a card key keeps its ends, everything else nothing."""
    signs = list(line)
    for mask in masks:
        start, end = hidden_part(line, mask)
        signs[start:end] = _FILL * (end - start)
    return "".join(signs)


def hidden_part(line: str, mask: Mask) -> tuple[int, int]:
    """From where to where a mask hides the line: a card key of more than eight letters and digits keeps its ends."""
    if mask.kind is not MaskKind.card_key:
        return mask.start, mask.end
    places = [at for at in range(mask.start, mask.end) if line[at].isalnum()]
    if len(places) <= 2 * KEPT:
        return mask.start, mask.end
    return places[KEPT - 1] + 1, places[-KEPT]


def plain_line(line: str) -> str:
    """The line in half-width signs, place for place, as the patterns read it: OCR mixes ： and :, × and x."""
    return "".join(_HALF.get(sign, _narrow(sign)) for sign in line)


_HALF = {"×": "x", "✕": "x", "—": "-", "–": "-", "－": "-", "：": ":", "﹕": ":"}


def _narrow(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def is_resident_id(value: str) -> bool:
    """Whether 18 signs are a resident id: a province, a day of birth, the check sign (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if not re.fullmatch(r"\d{17}[\dXx]", value) or int(value[:2]) not in _PROVINCES:
        return False
    try:
        born = date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        return False
    total = sum(int(sign) * weight for sign, weight in zip(value[:17], _WEIGHTS, strict=True))
    return born.year >= _OLDEST and "10X98765432"[total % 11] == value[17].upper()


_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)}
) | frozenset({*range(61, 66), 71, 81, 82, 83, 91})
_WEIGHTS = tuple(pow(2, 17 - at, 11) for at in range(17))
_OLDEST = 1900


def is_bank_card(value: str) -> bool:
    """Whether 13 to 19 digits end in their check digit (ISO/IEC 7812-1 annex B, the Luhn formula)."""
    if not re.fullmatch(r"\d{13,19}", value):
        return False
    total = 0
    for at, sign in enumerate(reversed(value)):
        digit = int(sign) * (1 + at % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def _all(plain: str) -> Iterator[Mask]:
    """Surest first: what is found first keeps its place."""
    yield from _labelled(plain)
    for start, end in find_mailboxes(plain):
        yield Mask(MaskKind.mail, start, end)
    for found in _WXID.finditer(plain):
        yield Mask(MaskKind.messenger, *found.span())
    yield from _papers(plain)
    yield from _cards(plain)
    for found in _PHONE.finditer(plain):
        yield Mask(MaskKind.phone, *found.span())
    for found in _GROUPS.finditer(plain):
        if any(sign.isdigit() for sign in found[0]) and any(sign.isalpha() for sign in found[0]):
            yield Mask(MaskKind.card_key, *found.span())
    for found in _ADDRESS.finditer(plain):
        yield Mask(MaskKind.address, *found.span())


# A WeChat id is 6 to 20 letters, digits, _ and -, a letter first; until one is chosen it is wxid_ and letters (WeChat's
# own help pages). People also put their QQ number there: 5 to 11 digits. gh_ is an official account.
_WECHAT = r"(?<!官方)(?<!客服)(?:微信|威信|薇信|v信|(?<![a-z0-9])(?:wechat|weixin|wx|vx))"
_WXID = re.compile(r"(?<![A-Za-z0-9])wxid_[A-Za-z0-9_-]{4,24}", re.IGNORECASE)
_LABELLED: tuple[tuple[MaskKind, re.Pattern[str]], ...] = (
    (
        MaskKind.resident_id,
        re.compile(r"(?:身份证|证件)(?:号码|号)?[:\s是为]{0,3}(?P<it>\d[\dXxOoIl ]{13,19}[\dXxOoIl])"),
    ),
    (
        MaskKind.bank_card,
        re.compile(
            r"(?:银行卡|储蓄卡|信用卡|卡号|尾号前)(?:号码|号)?[:\s是为]{0,3}(?P<it>\d(?:[\d ]{11,22})\d)"
        ),
    ),
    (
        MaskKind.card_key,
        re.compile(
            r"(?:卡密|卡密码|兑换码|激活码|序列号|充值码|提货码|cdk|cdkey|密钥)(?:如下|[:\s是为]){0,4}(?P<it>[A-Za-z0-9](?:[A-Za-z0-9-]{4,60})[A-Za-z0-9])",
            re.IGNORECASE,
        ),
    ),
    (
        MaskKind.phone,
        re.compile(r"(?:电话|手机|手机号|联系方式|联系电话)[:\s是为]{0,3}(?P<it>\+?\d[\d -]{6,16}\d)"),
    ),
    (
        MaskKind.messenger,
        re.compile(
            rf"{_WECHAT}(?:(?:号码|账号|号|\s?id)[:\s是为]{{0,3}}|\s?[:是为]\s?)"
            r"(?P<it>(?!gh_)[a-z][a-z0-9_-]{5,19}|[1-9]\d{5,10})(?![a-z0-9_-]|[.@/:]\w|://|元|块)",
            re.IGNORECASE,
        ),
    ),
    (
        MaskKind.messenger,
        re.compile(
            r"(?<!官方)(?<!客服)(?<![a-z0-9])(?:qq|扣扣)(?:号码|账号|号)?[:\s是为]{0,3}"
            r"(?P<it>[1-9]\d{4,10})(?![a-z0-9_-]|[.@]\w|元|块)",
            re.IGNORECASE,
        ),
    ),
    (
        MaskKind.address,
        re.compile(
            r"(?:收货|收件|寄件|发货|家庭|详细|退货)?(?:地址|住址)[:\s是为]{1,3}(?P<it>[^,，。;；:]{4,80})"
        ),
    ),
)


def _labelled(plain: str) -> Iterator[Mask]:
    for kind, pattern in _LABELLED:
        for found in pattern.finditer(plain):
            piece = found["it"]
            if kind is MaskKind.phone and _PUBLIC.fullmatch(piece.replace(" ", "")):
                continue
            if kind is MaskKind.address and not _PLACE.search(piece):
                continue
            yield Mask(kind, found.start("it"), found.start("it") + len(piece.rstrip()))


# The numbers of services are everybody's: 12315, 400 and 95 lines.
_PUBLIC = re.compile(r"(?:1\d{4}|12\d{3}|9\d{4}\d{0,3}|[48]00-?\d{3}-?\d{4})")
_PLACE = re.compile(r"[省市区县镇乡村路街巷弄号室栋座楼]")
_PHONE = re.compile(
    r"(?<![\dA-Za-z-])(?:\+?86[- ]?)?1[3-9]\d[ .-]?\d{4}[ .-]?\d{4}(?![\dA-Za-z])|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"
)
_GROUPS = re.compile(r"(?<![A-Za-z0-9-])[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){2,7}(?![A-Za-z0-9-])")
_LONG = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){11,18}(?:[ -]?[Xx])?(?![\dA-Za-z])")
# What stands behind such a word is the number of a deal, which both sides need.
_DEAL = re.compile(r"(?:订单|单号|流水|交易|编号|运单|快递|商户|凭证|积分|no\.?)[^\d]{0,8}$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?[\u4e00-\u9fff]{2,8}?(?:市|州|盟)[\u4e00-\u9fff]{1,10}?(?:区|县|市|旗|镇)"
    r"[\u4e00-\u9fffA-Za-z0-9]{1,30}?(?:路|街|道|巷|弄|村|号|小区|苑|城|园|里)[\u4e00-\u9fffA-Za-z0-9#-]{0,30}"
)


def _papers(plain: str) -> Iterator[Mask]:
    for found in _LONG.finditer(plain):
        if is_resident_id(found[0].replace(" ", "").replace("-", "")):
            yield Mask(MaskKind.resident_id, *found.span())


def _cards(plain: str) -> Iterator[Mask]:
    """A bank card by its check digit, and by its first digits or its groups of four: order numbers are as long."""
    for found in _LONG.finditer(plain):
        digits = found[0].replace(" ", "").replace("-", "")
        grouped = re.fullmatch(r"\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,3})?", found[0]) is not None
        known = digits.startswith("62") and len(digits) >= 16
        if (known or grouped) and is_bank_card(digits) and not _DEAL.search(plain[: found.start()]):
            yield Mask(MaskKind.bank_card, *found.span())
