# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether two exhibits are the same bytes or look alike. A hint for the neutral and the owner; never a verdict.

The difference hash has 256 bits; pictures that were only recompressed or scaled differ in a few of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LIKENESS_SIDE = 16
# Recompressed and scaled pictures stayed below 10; two screens of one app were never below 24 (tests/core/likeness).
ALIKE_BITS = 12


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two exhibits by number, the earlier one first. `same` means equal to the last bit."""

    first: int
    second: int
    same: bool


def distance(one: str, other: str) -> int:
    """In how many bits two hashes differ (Hamming)."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def like_pairs(digests: Mapping[int, str], likenesses: Mapping[int, str]) -> tuple[LikePair, ...]:
    """For each exhibit the first earlier one that it equals or looks like; exhibits by number."""
    found: list[LikePair] = []
    first_of: dict[str, int] = {}
    seen: list[tuple[int, int]] = []
    for no in sorted({*digests, *likenesses}):
        digest, likeness = digests.get(no, ""), likenesses.get(no, "")
        if digest and digest in first_of:
            found.append(LikePair(first_of[digest], no, True))
            continue
        if digest:
            first_of[digest] = no
        if not likeness or not _tells(likeness):
            continue
        bits = int(likeness, 16)
        earlier = _alike(bits, seen)
        if earlier is not None:
            found.append(LikePair(earlier, no, False))
        seen.append((no, bits))
    return tuple(found)


def _alike(bits: int, seen: Sequence[tuple[int, int]]) -> int | None:
    return next((no for no, other in seen if (bits ^ other).bit_count() <= ALIKE_BITS), None)


def _tells(likeness: str) -> bool:
    """An empty picture has no bits, and everything empty looks alike."""
    return int(likeness, 16).bit_count() >= 2 * LIKENESS_SIDE
