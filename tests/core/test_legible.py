# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a font cannot show is written out, and nothing is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.legible import breakable, coverage, legible

FONT = coverage(
    ["20-7E", "A0-17F", "300-36F", "3000-303F", "4E00-9FFF", "FE00-FE0F", "FF00-FFEF", "20BB7-20BB7"]
)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("收到的是碎末，退款129.00元。", "收到的是碎末，退款129.00元。"),
        ("𠮷野家", "𠮷野家"),
        ("😀", "〔U+1F600 GRINNING FACE〕"),
        ("A\u202eB", "A〔U+202E RIGHT-TO-LEFT OVERRIDE〕B"),
        ("退\u200b款", "退〔U+200B ZERO WIDTH SPACE〕款"),
        ("a\x00b", "a〔U+0000〕b"),
        ("\ue000", "〔U+E000〕"),
        ("一\r\n二\r三\t四", "一\n二\n三    四"),
        ("❤\ufe0f", "〔U+2764 HEAVY BLACK HEART〕〔U+FE0F VARIATION SELECTOR-16〕"),
        ("سلام", "〔U+0633 ARABIC LETTER SEEN〕〔U+0644 ARABIC LETTER LAM〕〔U+0627 ARABIC LETTER ALEF〕〔U+0645 ARABIC LETTER MEEM〕"),
        # Two marks over a letter are a letter; the third begins a tower.
        ("e\u0301\u0323", "e\u0301\u0323"),
        ("e\u0301\u0323\u0310", "e\u0301\u0323〔U+0310 COMBINING CANDRABINDU〕"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_written_out(given_text: str, shown: str) -> None:
    assert legible(given_text, FONT) == shown


@given(st.text())
def test_nothing_is_lost_and_everything_left_is_in_the_font(text: str) -> None:
    shown = legible(text, FONT)
    assert all(char == "\n" or char in FONT or char in "〔〕" for char in shown)
    kept = [c for c in text if c in FONT and " " < c < "\x7f"]
    assert [c for c in shown if c in kept] or not kept


@given(st.text(alphabet="abc /.-#0", max_size=200))
def test_places_to_break_change_no_sign(text: str) -> None:
    assert breakable(text).replace("\u200b", "") == text
    assert max((len(word) for word in breakable(text).replace("\u200b", " ").split()), default=0) <= 24
