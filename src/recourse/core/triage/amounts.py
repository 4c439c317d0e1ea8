# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sums of money in yuan, found in a person's own words. The subset that is understood stands in docs/triage.md.

What is vague (两百多块, 10到15元) is found as a range and never taken as the sum; other currencies and bare
numbers are left alone, for a wrong sum is worse than none.
"""

import re
from dataclasses import dataclass

from recourse.core.money import FEN_MAX
from recourse.core.triage.folding import Folded, Span
from recourse.core.triage.numerals import CHINESE, last_unit, read_hundredths

_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,13}}(?:\.\d{{1,8}})?|[{CHINESE}]{{1,16}})"
_SCALE = {"百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_FOREIGN = "(?:美|欧|日|港|韩|英|澳|加|台|泰|卢|比特|游戏|q)[元币]"
# What is counted by these is not money: 花了三百多天, 一块2件.
_COUNTED = "个件条张双天月年次份只套瓶盒号日人名斤克米岁遍封元块圆角毛分小点"
_PAYING = "花了?|付了?|付款|支付|充了?|充值|退了?|退款|扣了?|收了?|转了?|转账|骗了?|骗走|价值|价格|实付|售价|金额|合计|总价|共计?|买"
_PATTERN = re.compile(
    rf"""
    (?<![\d.,a-z{CHINESE}~—-])
    (?P<foreign>{_FOREIGN})?
    (?P<about>大概|大约|约|差不多|将近|近|不到|超过|至少|最多|小于|大于|好几|几|数)?
    (?P<sign>人民币|rmb|¥|cny)?\s?
    (?:(?P<from>{_NUMBER})(?P<from_scale>[百千kw万亿])?[元块]?[-~—至到]{{1,2}}(?=[\d{CHINESE}]))?
    (?P<number>{_NUMBER})(?P<more>[多几来余])?(?P<scale>[百千kw万亿]{{1,2}})?(?P<more_scaled>[多几来余])?
    \s?(?P<unit>元|块|圆|人民币|rmb)?
    (?:(?P<jiao>[\d{CHINESE}])[角毛])?
    (?:(?P<fen>[\d{CHINESE}])分)?
    (?P<half>(?<=块)[1-9一二三四五六七八九](?![.\d{CHINESE}{_COUNTED}]))?
    (?:钱|整|人民币)?(?P<after>左右|上下|出头|以上|以内)?
    (?!{_FOREIGN})
    """,
    re.VERBOSE,
)
# A number without a unit is money only right behind a word of paying and before a stop, or with 万 or 多 and nothing counted.
_BARE = re.compile(
    rf"""
    (?P<verb>{_PAYING}|押金|定金)?(?<![\d.,a-z{CHINESE}~—-])
    (?P<number>\d{{1,7}}(?:\.\d{{1,2}})?|[{CHINESE}]{{2,12}})(?P<scale>[万w])?(?P<more>多)?
    (?P<stop>(?=[,。!?;、\s]|$))?
    (?![\d.{CHINESE}{_COUNTED}万w多%a-z]|{_FOREIGN})
    """,
    re.VERBOSE,
)
_PAID_BEFORE = re.compile(rf"(?:{_PAYING})[^。!?;\n]{{0,6}}$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum found in the text: from `fen_low` to `fen_high`, in fen. Both are equal when it was said exactly."""

    span: Span
    fen_low: int
    fen_high: int
    is_about: bool
    is_paid: bool  # said right behind a word of paying, refunding or price

    @property
    def exact(self) -> int | None:
        """The sum in fen when it was said exactly, else None."""
        return None if self.is_about or self.fen_low != self.fen_high else self.fen_low


def find_amounts(folded: Folded) -> tuple[Amount, ...]:
    """Every sum of money in yuan, in the order of the text."""
    found = [item for match in _PATTERN.finditer(folded.text) if (item := _with_unit(folded, match))]
    taken = [(item.span.start, item.span.end) for item in found]
    for match in _BARE.finditer(folded.text):
        item = _without_unit(folded, match)
        if item and not any(item.span.start < stop and start < item.span.end for start, stop in taken):
            found.append(item)
    return tuple(sorted(found, key=lambda item: item.span.start))


def main_amount(amounts: tuple[Amount, ...]) -> int | None:
    """The sum that the complaint is most likely about, in fen: the first exact one said as paid, else the first exact."""
    exact = [item for item in amounts if item.exact is not None]
    paid = [item for item in exact if item.is_paid]
    return (paid or exact)[0].exact if exact else None


def _with_unit(folded: Folded, match: re.Match[str]) -> Amount | None:
    if match["foreign"] or not (match["unit"] or match["sign"] or match["jiao"]):
        return None
    bounds = _bounds(match)
    if bounds is None or not 0 < bounds[0] <= bounds[1] <= FEN_MAX:
        return None
    start, end = match.start(), match.end() - (len(match[0]) - len(match[0].rstrip()))
    is_paid = bool(_PAID_BEFORE.search(folded.text[max(0, start - 12) : start]) or match["sign"])
    # 一块去, 三块饼干: a small 块 is money only with 钱, with jiao, or behind a word of paying.
    is_bare_piece = match["unit"] == "块" and match[0].endswith("块") and bounds[1] < 1000
    if is_bare_piece and not is_paid:
        return None
    is_about = any(match[name] for name in ("about", "more", "more_scaled", "after", "from"))
    return Amount(folded.span(start, end), *bounds, is_about, is_paid)


def _without_unit(folded: Folded, match: re.Match[str]) -> Amount | None:
    number, more = match["number"], match["more"]
    is_large = match["scale"] or number[-1] in "百千万"
    behind_verb = match["verb"] is not None
    stands_alone = match.start("number") == 0 and match["stop"] is not None
    is_money = (behind_verb and (match["stop"] is not None or more)) or (is_large and (stands_alone or more))
    if not is_money:
        return None
    low = read_hundredths(number)
    if low is None or (low < 1000 and not match["scale"]):
        return None
    scale = _SCALE[match["scale"]] if match["scale"] else 1
    high = (low + last_unit(number) * 100) * scale if more else low * scale
    if high > FEN_MAX:
        return None
    span = folded.span(
        match.start("number"),
        match.end("more") if more else match.end("scale" if match["scale"] else "number"),
    )
    return Amount(span, low * scale, high, bool(more), behind_verb)


def _bounds(match: re.Match[str]) -> tuple[int, int] | None:
    """Lowest and highest sum in fen that the words may mean; None when they are no sum."""
    scale = 1
    for character in match["scale"] or "":
        scale *= _SCALE[character]
    low, small = read_hundredths(match["number"]), _small(match)
    # Finer than a fen (47.264287亿) is not a sum that a complaint is about.
    if low is None or small is None:
        return None
    low = low * scale + small
    high = low
    if match["more"] or match["more_scaled"]:
        place = 1 if match["more_scaled"] and match["scale"] else last_unit(match["number"])
        high = low + place * scale * 100
    if match["about"] in ("几", "好几", "数"):
        high = low * 10
    if match["from"] is not None:
        first = read_hundredths(match["from"])
        if first is None or first * _SCALE.get(match["from_scale"] or "", scale) > high:
            return None
        low = first * _SCALE.get(match["from_scale"] or "", scale)
    return low, high


def _small(match: re.Match[str]) -> int | None:
    """The jiao and fen behind the yuan, in fen: 5毛 -> 50, 块五 -> 50."""
    total = 0
    for name, worth in (("jiao", 10), ("fen", 1), ("half", 10)):
        if match[name]:
            digit = read_hundredths(match[name])
            if digit is None or digit > 900:
                return None
            total += digit * worth // 100
    return total
