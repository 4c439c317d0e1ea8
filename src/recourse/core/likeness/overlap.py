# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Where one screenshot goes on in another: the shift at which their strips lie upon one another.

Strips that share 16 of their bits exactly vote for a shift; the best shifts are then compared strip by strip.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recourse.core.likeness.strip import TELLING_BITS

# Strips that many screens have (an avatar's edge, a bubble's corner) say nothing about where they lie.
_COMMON = 40
_SHIFTS_TRIED = 3
_VOTES_MIN = 3
# A line of text at this width is some 14 strips high; two lines tell a chat apart from another.
TELLING_MIN = 31
_DOUBT_MIN = 12
# Measured on rendered chats (tests/core/likeness): the same lines, scaled and saved again, differ by less than 4 bits a
# strip when half a strip of play is given, other lines of the same few words by 5 and more.
_SAME_BITS, _OTHER_BITS, _NOTHING_BITS = 4, 9, 13


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
        for shift in _likely(shifts):
            telling = agreement(screens[first], screens[second], shift)
            if telling >= TELLING_MIN and (best is None or telling > best.telling):
                best = Overlap(first, second, shift, telling)
        if best is not None:
            found.append(best)
    return tuple(found)


def _likely(votes: Counter[int]) -> list[int]:
    """The shifts worth a comparison. Scaled screens lie between two strips, so neighbours vote for one another."""
    if votes.total() < _VOTES_MIN:
        return []
    together = {shift: votes[shift - 1] + 2 * votes[shift] + votes[shift + 1] for shift in votes}
    best = sorted(together, key=lambda shift: (-together[shift], shift))[:_SHIFTS_TRIED]
    return [shift for shift in best if together[shift] > _VOTES_MIN]


def contradicts(first: Sequence[int], second: Sequence[int], shift: int) -> bool:
    """Whether two screens that would lie upon one another at this shift show different things there."""
    telling, bits = _compared(first, second, shift)
    return telling >= _DOUBT_MIN and bits > _OTHER_BITS * telling


def agreement(first: Sequence[int], second: Sequence[int], shift: int) -> int:
    """How many telling strips both show at this shift; 0 when they differ in more bits than saving again makes."""
    telling, bits = _compared(first, second, shift)
    if bits > _OTHER_BITS * telling:
        return 0
    telling, bits = _compared_closely(first, second, shift)
    return telling if bits <= _SAME_BITS * telling else 0


def _compared_closely(first: Sequence[int], second: Sequence[int], shift: int) -> tuple[int, int]:
    """The same, where a strip may also lie between two of the other screen: what was scaled seldom falls on whole rows."""
    telling = bits = 0
    for row in range(max(1, shift + 1), min(len(first), len(second) + shift) - 1):
        one, other = first[row], second[row - shift]
        if one.bit_count() >= TELLING_BITS or other.bit_count() >= TELLING_BITS:
            telling += 1
            bits += min(
                (one ^ other).bit_count(),
                (one ^ second[row - shift - 1]).bit_count(),
                (one ^ second[row - shift + 1]).bit_count(),
                (other ^ first[row - 1]).bit_count(),
                (other ^ first[row + 1]).bit_count(),
            )
    return telling, bits


def _compared(first: Sequence[int], second: Sequence[int], shift: int) -> tuple[int, int]:
    """(telling strips in what both would show, in how many bits they differ together)."""
    telling = bits = 0
    for row in range(max(0, shift), min(len(first), len(second) + shift)):
        one, other = first[row], second[row - shift]
        if one.bit_count() >= TELLING_BITS or other.bit_count() >= TELLING_BITS:
            telling += 1
            bits += (one ^ other).bit_count()
            # Most shifts that were voted for are nothing, and are seen to be after a line of text.
            if telling % 16 == 0 and bits > _NOTHING_BITS * telling:
                break
    return telling, bits


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
