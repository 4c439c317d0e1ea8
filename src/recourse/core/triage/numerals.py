# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Chinese and Arabic numerals as whole numbers; a decimal is read as hundredths, so nothing here is a float."""

import re

_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {
    "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
# A character class for other patterns: every character that a Chinese numeral may consist of.
CHINESE = "〇零一二三四五六七八九两俩壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿"
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,13}(?:\.\d{1,8})?")


def read_chinese(word: str) -> int | None:
    """Read 一千三百一十四, 壹仟玖佰, 三万五 (35000), 两百五 (250), 二〇二四 (2024). None when it is no numeral."""
    if word and all(character in _DIGITS for character in word):
        return int("".join(str(_DIGITS[character]) for character in word))
    total = section = digit = 0
    unit = 1  # the unit before, which a last bare digit takes a tenth of: 两百五 is 250
    zero = pending = False
    for character in word:
        if character in _DIGITS:
            if pending:
                return None
            digit, pending = _DIGITS[character], _DIGITS[character] > 0
            zero = zero or digit == 0
        elif character in _UNITS:
            section += (digit if pending else 1) * _UNITS[character]
            unit, digit, pending, zero = _UNITS[character], 0, False, False
        elif character in _GROUPS:
            if character == "亿":
                total = (total + section + digit) * _GROUPS[character]
            else:
                total += (section + digit) * _GROUPS[character]
            unit, section, digit, pending, zero = _GROUPS[character], 0, 0, False, False
        else:
            return None
    if pending and unit > 1 and not zero:
        digit *= unit // 10
    return total + section + digit if word else None


def read_hundredths(word: str) -> int | None:
    """Read an Arabic or Chinese numeral in hundredths: "39.9" -> 3990, "1,314" -> 131400, "三百" -> 30000.

    A decimal finer than hundredths is refused unless the rest is zeros, for half a fen is no sum of money.
    """
    if _ARABIC.fullmatch(word) is None:
        whole = read_chinese(word)
        return None if whole is None else whole * 100
    whole_part, _, decimals = word.replace(",", "").partition(".")
    if decimals[2:].strip("0"):
        return None
    return int(whole_part) * 100 + int(decimals[:2].ljust(2, "0"))


def last_unit(word: str) -> int:
    """The value of the last place of a numeral: 三百 -> 100, 二十 -> 10, 120 -> 10, 45 -> 1; for 两百多, 120多."""
    if not word or word[-1] in _DIGITS:
        return 1
    if word.isascii():
        digits = word.replace(",", "")
        return 1 if "." in digits else 10 ** (len(digits) - len(digits.rstrip("0")))
    value = 1
    for character in reversed(word):
        step = _UNITS.get(character) or _GROUPS.get(character)
        if step is None:
            break
        value *= step
    return value
