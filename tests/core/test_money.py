# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.money import FEN_MAX, format_yuan, parse_yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1314", 131400),
        ("1314.5", 131450),
        ("1,314.00", 131400),
        ("1，314元", 131400),
        ("1,234,567.8", 123_456_780),
        ("¥39.9", 3990),
        ("￥ 0.01 元", 1),
        (" 20 ", 2000),
        ("10000000000.00", 1_000_000_000_000),
    ],
)
def test_what_people_type(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "-5",
        "1.234",
        "1e3",
        "3万",
        "abc",
        "1.",
        ".5",
        "9" * 14,
        "1 2",
        "12,3",
        "1,23.00",
        "1,0000",
        ",100",
        "100,",
        "1,,000",
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert parse_yuan(text) is None


@given(st.integers(0, FEN_MAX))
def test_a_sum_survives_being_written(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


def test_beyond_the_limit_and_below_zero() -> None:
    assert parse_yuan(format_yuan(FEN_MAX)) == FEN_MAX
    assert parse_yuan(format_yuan(FEN_MAX + 1)) is None
    assert format_yuan(-5) == "-0.05" and format_yuan(131400) == "1314.00"
