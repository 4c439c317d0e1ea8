# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The signs of a phrase, families of words, and where a phrase stands in a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.triage.phrases import find_phrase, find_places, gather_words, read_phrase

LISTS = {"part": ("屏幕", "键"), "work": ("亮", "响"), "many": tuple(str(n) for n in range(60))}


def standing(line: str, text: str, denying: tuple[str, ...] = ()) -> list[str]:
    phrase = read_phrase(line, lists=LISTS)
    places = find_places(text, gather_words([phrase]))
    return [text[start:end] for start, end in find_phrase(phrase, places, denying=denying)]


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        ("申请/要求 ~ 退款 ~ 拒绝/驳回", "申请退款被商家驳回", ["申请退款被商家驳回"]),
        ("申请 ~ 退款", "申请。退款", []),
        ("没 + 发货", "没有人给发货", []),
        ("没 + 发货", "没给发货", ["没给发货"]),
        ("不 + 发货", "不错,发货", []),
        ("不 ~ 发货", "不错,发货", ["不错,发货"]),
        ("a.b", "axb", []),
        ("{part}不{work}", "屏幕不亮,键不响,屏幕不大亮", ["屏幕不亮", "键不响"]),
        ("{part}坏/{part}裂", "键坏了屏幕裂了", ["键坏", "屏幕裂"]),
        ("坏", "坏坏", ["坏", "坏"]),
        ("退款 ~ 拒", "退款没退款被拒", ["退款没退款被拒", "退款被拒"]),
    ],
)
def test_the_signs_of_a_phrase(line: str, text: str, found: list[str]) -> None:
    assert standing(line, text) == found


@pytest.mark.parametrize("line", ["", "退 ~ ", "/", "a//b", "{none}", "{many}{many}/a"])
def test_a_phrase_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_phrase(line, lists=LISTS)


def test_a_part_behind_a_denial_does_not_count_but_a_later_one_may() -> None:
    assert standing("收到 ~ 坏", "收到没坏", ("没",)) == []
    assert standing("收到 ~ 坏", "收到没坏又坏", ("没",)) == ["收到没坏又坏"]


@given(st.text(alphabet="没给发货。,", max_size=40))
def test_it_finds_the_beginnings_that_a_regular_expression_finds(text: str) -> None:
    expected = [match.start() for match in re.finditer(r"(?=(?:没|给)[^。]{0,10}?(?:发|货))", text)]
    phrase = read_phrase("没/给 ~ 发/货", lists={})
    places = find_places(text, gather_words([phrase]))
    assert [start for start, _ in find_phrase(phrase, places)] == expected
