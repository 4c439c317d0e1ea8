# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sums of money in people's words; what is not yuan, or not surely money, gives nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.triage.amounts import find_amounts, main_amount
from recourse.core.triage.folding import fold
from recourse.core.triage.numerals import last_unit, read_chinese, read_hundredths


def sums(text: str) -> list[tuple[str, int, int]]:
    found = find_amounts(fold(text, variants={"萬": "万", "圓": "圆"}))
    return [(item.span.text, item.fen_low, item.fen_high) for item in found]


@pytest.mark.parametrize(
    ("text", "words", "fen"),
    [
        ("花了1314元", "1314元", 131400),
        ("一千三百一十四块呢", "一千三百一十四块", 131400),
        ("才¥39.9", "¥39.9", 3990),
        ("３９．９元", "３９．９元", 3990),
        ("被骗了3万", "3万", 3000000),
        ("同意退500块5毛", "500块5毛", 50050),
        ("卖三块五，", "三块五", 350),
        ("肆佰叁拾萬圓整", "肆佰叁拾萬圓整", 430000000),
        ("82，225.00元", "82，225.00元", 8222500),
        ("123元1角1分", "123元1角1分", 12311),
        ("只退了三百，", "三百", 30000),
        ("价值两百五", "两百五", 25000),
        ("100 元", "100 元", 10000),
    ],
)
def test_an_exact_sum(text: str, words: str, fen: int) -> None:
    assert sums(text) == [(words, fen, fen)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("两百多块", 20000, 30000),
        ("押金两百多不退", 20000, 30000),
        ("十几块钱", 1000, 2000),
        ("几十块", 1000, 10000),
        ("10~15k元", 1000000, 1500000),
        ("30w元上下", 30000000, 30000000),
    ],
)
def test_a_vague_sum_is_a_range_and_never_the_sum(text: str, low: int, high: int) -> None:
    found = find_amounts(fold(text, variants={}))
    assert [(item.fen_low, item.fen_high, item.exact) for item in found] == [(low, high, None)]
    assert main_amount(found) is None


@pytest.mark.parametrize(
    "text",
    ["45564.44美元", "港币两千九百六十元", "三万元欧元", "买一送三", "9月20号", "三百多天", "我们一块去", "三块饼干", "47.264287亿元", "1万(含)-5万元", "5到3元", "元", "",
     "总数是10000，", "订单号20240510001", "15个工作日", "0元"],
)  # fmt: skip
def test_what_is_not_surely_yuan_is_left_alone(text: str) -> None:
    assert sums(text) == []


def test_the_sum_said_as_paid_comes_before_others() -> None:
    assert main_amount(find_amounts(fold("原价999元，我付了199元", variants={}))) == 19900
    assert main_amount(find_amounts(fold("一件20元，一件30元", variants={}))) == 2000


@pytest.mark.parametrize(
    ("word", "value"),
    [("两百五", 250), ("一千零五", 1005), ("三万五", 35000), ("二〇二四", 2024), ("十", 10), ("壹仟玖佰", 1900), ("一亿零三万", 100030000),
     ("", None), ("元", None), ("三四十", None)],
)  # fmt: skip
def test_chinese_numerals(word: str, value: int | None) -> None:
    assert read_chinese(word) == value


def test_hundredths_refuse_what_is_finer() -> None:
    assert read_hundredths("39.900") == 3990
    assert read_hundredths("39.905") is None
    assert read_hundredths("个") is None


@pytest.mark.parametrize(
    ("word", "unit"),
    [("三百", 100), ("二十", 10), ("五", 1), ("120", 10), ("45", 1), ("1.5", 1), ("三百万", 1000000)],
)
def test_the_last_place_of_a_numeral(word: str, unit: int) -> None:
    assert last_unit(word) == unit


@given(st.integers(1, 99_999_999))
def test_every_sum_in_digits_is_read_back(fen: int) -> None:
    text = f"付款{fen // 100}.{fen % 100:02d}元"
    assert main_amount(find_amounts(fold(text, variants={}))) == fen
