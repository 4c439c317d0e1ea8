# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tiles: a Merkle tree kept as rows of 256 hashes (C2SP tlog-tiles), so that a proof in a large tree reads a few rows.

A tile of level 0 holds 256 leaf hashes; one of level L holds the roots of 256 full tiles beneath it. Only full tiles are
kept, and never change; the entries right of them, fewer than 256 on each level, are the tree's edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recourse.core.merkle import HASH_SIZE, Subtree, join, root_of, subtrees

HEIGHT = 8
WIDTH = 1 << HEIGHT


@dataclass(frozen=True, slots=True)
class Tile:
    """A full tile: entries [number * 256, (number + 1) * 256) of its level."""

    level: int
    number: int
    hashes: tuple[bytes, ...]

    @property
    def root(self) -> bytes:
        """The root over the tile: one entry of the level above."""
        return root_of(self.hashes)


@dataclass(frozen=True, slots=True)
class Span:
    """Entries [first, first + count) of one level, all in one tile."""

    level: int
    first: int
    count: int

    @property
    def tile(self) -> int:
        """The number of the tile they are in."""
        return self.first >> HEIGHT

    @property
    def offset(self) -> int:
        """Where in the tile they begin."""
        return self.first & (WIDTH - 1)

    def is_full(self, size: int) -> bool:
        """Whether their tile is full in a tree of `size` leaves."""
        return (self.tile + 1) << HEIGHT * (self.level + 1) <= size


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a tree: the entries of each level that are in no full tile."""

    size: int
    levels: tuple[tuple[bytes, ...], ...]

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        parts = []
        for entries in reversed(self.levels):
            parts += [root_of(entries[n << h : (n + 1) << h]) for h, n in subtrees(0, len(entries))]
        return join(parts)


def edge_spans(size: int) -> list[Span]:
    """What must be read to have the edge of a tree of `size` leaves, from level 0 upwards."""
    found, level = [], 0
    while size:
        count = size & (WIDTH - 1)
        found.append(Span(level, size - count, count))
        size, level = size >> HEIGHT, level + 1
    return found


def span_of(subtree: Subtree) -> Span:
    """The entries that make up a complete subtree."""
    height, number = subtree
    level, rest = divmod(height, HEIGHT)
    return Span(level, number << rest, 1 << rest)


def grow(edge: Edge, leaves: Sequence[bytes]) -> tuple[Edge, list[Tile]]:
    """Put leaf hashes behind the edge: the new edge, and the tiles that became full, lower levels first."""
    tiles: list[Tile] = []
    levels: list[tuple[bytes, ...]] = []
    fresh: Sequence[bytes] = leaves
    level = 0
    while fresh or level < len(edge.levels):
        known = edge.levels[level] if level < len(edge.levels) else ()
        first = (edge.size >> HEIGHT * level) - len(known)
        entries = (*known, *fresh)
        full = len(entries) // WIDTH
        made = [Tile(level, (first >> HEIGHT) + n, entries[n * WIDTH : (n + 1) * WIDTH]) for n in range(full)]
        levels.append(entries[full * WIDTH :])
        tiles += made
        fresh = [tile.root for tile in made]
        level += 1
    return Edge(edge.size + len(leaves), tuple(levels)), tiles


def pack(hashes: Sequence[bytes]) -> bytes:
    """Hashes as one run of bytes."""
    return b"".join(hashes)


def unpack(packed: bytes) -> tuple[bytes, ...]:
    """Hashes from one run of bytes."""
    return tuple(packed[at : at + HASH_SIZE] for at in range(0, len(packed), HASH_SIZE))
