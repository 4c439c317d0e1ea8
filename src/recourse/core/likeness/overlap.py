# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Where one screenshot goes on in another: the shift at which their strips lie upon one another.

Strips that share 16 of their bits exactly vote for a shift; the best shifts are then compared strip by strip.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recourse.core.likeness.strip import NEAR_BITS, TELLING_BITS

# Strips that many screens have (an avatar's edge, a bubble's corner) say nothing about where they lie.
_COMMON = 40
_SHIFTS_TRIED = 3
_VOTES_MIN = 3
# A line of text at this width is some 14 strips high; two lines tell a chat apart from another.
TELLING_MIN = 24
_NEAR_SHARE = 4, 5


@dataclass(frozen=True, slots=True)
class Overlap:
    """Strip `shift` of the first lies upon strip 0 of the second; `telling` strips agree."""

    first: int
    second: int
    shift: int
    telling: int


def overlaps(screens: Sequence[Sequence[int]]) -> tuple[Overlap, ...]:
    """All pairs of screens that surely share a part, by their places in the list; the shift may be negative."""
    found = []
    for (first, second), shifts in _candidates(screens).items():
        best: Overlap | None = None
        for shift, votes in shifts.most_common(_SHIFTS_TRIED):
            if votes < _VOTES_MIN:
                break
            telling = agreement(screens[first], screens[second], shift)
            if telling >= TELLING_MIN and (best is None or telling > best.telling):
                best = Overlap(first, second, shift, telling)
        if best is not None:
            found.append(best)
    return tuple(found)


def agreement(first: Sequence[int], second: Sequence[int], shift: int) -> int:
    """How many telling strips agree at this shift; 0 when too many of them do not."""
    telling = near = 0
    for row in range(max(0, shift), min(len(first), len(second) + shift)):
        one, other = first[row], second[row - shift]
        if one.bit_count() < TELLING_BITS and other.bit_count() < TELLING_BITS:
            continue
        telling += 1
        near += (one ^ other).bit_count() <= NEAR_BITS
    return near if near * _NEAR_SHARE[1] >= telling * _NEAR_SHARE[0] else 0


def _candidates(screens: Sequence[Sequence[int]]) -> Mapping[tuple[int, int], Counter[int]]:
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for screen, rows in enumerate(screens):
        for row, bits in enumerate(rows):
            if bits.bit_count() >= TELLING_BITS:
                for part in _parts(bits):
                    places[part].append((screen, row))
    votes: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for where in places.values():
        if len(where) > _COMMON:
            continue
        for index, (first, row) in enumerate(where):
            for second, other in where[index + 1 :]:
                if first != second:
                    votes[first, second][row - other] += 1
    return votes


def _parts(bits: int) -> Iterator[int]:
    """The quarters of a strip that tell something, each marked with its place."""
    for place in range(4):
        part = bits >> (16 * place) & 0xFFFF
        if part.bit_count() >= 3:
            yield place << 16 | part
