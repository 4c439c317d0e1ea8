# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which places are proposed to be black, and that black is black."""

from hypothesis import given
from hypothesis import strategies as st

from recourse.core.masking import MaskKind
from recourse.core.reading import answer, read_answer
from recourse.core.region import REGIONS_MAX, Page, black, propose
from recourse.core.screen import Line, Region


def test_a_card_key_keeps_its_ends_and_a_phone_nothing() -> None:
    lines = (
        Line("卡密：ABCD-EFGH-1234-5678", 100, 100, 500, 40),
        Line("手机 13900000000", 100, 200, 320, 40),
    )
    found = propose([Page(0, 1000, 1000, lines)])
    assert [item.kind for item in found] == [MaskKind.card_key, MaskKind.phone]
    key, phone = (item.region for item in found)
    # 19 letters and signs half as wide as the three hanzi and their colon: 25 halves in 500 pixels.
    assert 100 + 6 * 20 < key.left < 100 + 11 * 20 and key.right < 600 - 3 * 20
    assert phone.left <= 100 + 5 * 320 // 16 and phone.right >= 420


def test_a_name_on_the_left_tells_what_stands_on_the_right() -> None:
    lines = (Line("兑换码", 40, 100, 120, 40), Line("QW12ER", 600, 104, 200, 40))
    found = propose([Page(2, 1000, 500, lines)])
    assert [(item.kind, item.region.page) for item in found] == [(MaskKind.card_key, 2)]
    assert 570 <= found[0].region.left <= 600


def test_more_than_anybody_may_choose_is_black_all_the_same() -> None:
    """A list of 300 phone numbers on 30 pages: none of them is left out of the boxes."""
    pages = [
        Page(no, 1000, 1000, tuple(Line("手机 13900000000", 100, 80 * row, 320, 40) for row in range(10)))
        for no in range(1, 31)
    ]
    alone = {item for page in pages for item in propose([page])}
    found = propose(pages)
    assert len(alone) == 300 and len(found) <= REGIONS_MAX
    for item in alone:
        one = item.region
        assert any(
            box.page == one.page
            and (box.left <= one.left and box.top <= one.top)
            and (box.right >= one.right and box.bottom >= one.bottom)
            for box in (other.region for other in found)
        )


thousandth = st.integers(0, 1000)


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.lists(st.tuples(thousandth, thousandth, thousandth, thousandth)),
)
def test_what_is_black_is_black_and_the_rest_is_as_it_was(
    width: int, height: int, edges: list[tuple[int, ...]]
) -> None:
    regions = [item for each in edges if (item := Region(0, *each)).whole]
    rgb = bytearray(b"\xff" * (3 * width * height))
    black(rgb, width=width, height=height, regions=regions)
    assert len(rgb) == 3 * width * height
    for y in range(height):
        for x in range(width):
            covered = any(
                left <= x < right and top <= y < bottom
                for left, top, right, bottom in (item.pixels(width, height) for item in regions)
            )
            at = 3 * (y * width + x)
            assert rgb[at : at + 3] == (b"\0\0\0" if covered else b"\xff\xff\xff")


@given(st.binary(max_size=200))
def test_nothing_that_is_no_reading_is_one(payload: bytes) -> None:
    assert read_answer(payload, no=0) is None


def test_a_reading_crosses_the_border_whole() -> None:
    page = Page(3, 100, 200, (Line("待发货", 1, 2, 3, 4, 99),))
    assert read_answer(answer(page), no=3) == page
    assert read_answer(b'{"width":1,"height":1,"lines":[["a",-1,0,0,0,0]]}', no=0) is None
