# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Screenshots as rows of signatures: 64 bits a strip, at one width for all, so that screens of any phone compare.

A strip of a blank ground has no bit; only strips with a few bits tell anything.
"""

from collections.abc import Sequence

CELLS = 64
ROWS_WIDTH = 360  # a screenshot is thought to be this wide; each strip is then one row high
ROWS_MAX = 8000
TELLING_BITS = 5
_BAR_BITS = 2
# Within a bar its marks stand at most this far apart, and its ground goes on at most this far.
_APART, _GROUND, _MANY = 30, 14, 12
_EDGE = 4  # the bars of an app are looked for in the upper and the lower quarter
_SHARE = 3, 5  # a bar is a strip that this share of the screens have in the same place


def rows_of(strips: str) -> tuple[int, ...]:
    """The signatures of a screenshot from the top; hex as the inspector wrote them."""
    return tuple(int(strips[i : i + 16], 16) for i in range(0, len(strips), 16))


def bars(screens: Sequence[Sequence[int]]) -> tuple[int, int]:
    """How many strips at the top and at the bottom belong to the app and not to the chat: they are the same in most.

    Screens of all sizes together; bars are counted from their own edge. Fewer than three screens tell nothing.
    """
    if len(screens) < 3:
        return 0, 0
    top = _bar([list(screen[: len(screen) // _EDGE]) for screen in screens])
    bottom = _bar([list(screen[::-1][: len(screen) // _EDGE]) for screen in screens])
    return top, bottom


def _bar(edges: Sequence[Sequence[int]]) -> int:
    depth, end = min(len(edge) for edge in edges), 0
    # Among a few screens what most have may be chance; then all must have it.
    share = _SHARE if len(edges) >= _MANY else (1, 1)
    for row in range(depth):
        if row - end > _APART:
            break
        column = [edge[row] for edge in edges]
        usual = _majority(column)
        marks = usual.bit_count()
        if marks < _BAR_BITS:
            continue
        near = sum(1 for bits in column if (bits ^ usual).bit_count() <= max(1, marks // 2))
        if near * share[1] >= len(column) * share[0]:
            end = row + 1
    # The ground of a bar has no marks; a chat has some in any row of every few screens.
    for row in range(end, min(depth, end + _GROUND) if end else end):
        if not _blank([edge[row] for edge in edges]):
            break
        end = row + 1
    return end


def _blank(column: Sequence[int]) -> bool:
    return sum(1 for bits in column if bits.bit_count() < _BAR_BITS) * 20 >= len(column) * 19


def _majority(column: Sequence[int]) -> int:
    """The bits that most have."""
    usual = 0
    for bit in range(CELLS):
        mark = 1 << bit
        if sum(1 for bits in column if bits & mark) * 2 > len(column):
            usual |= mark
    return usual
