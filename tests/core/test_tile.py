# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tiles: growing piece by piece gives the tree, and every complete subtree is found in one tile or on the edge."""

from hypothesis import given
from hypothesis import strategies as st

from recourse.core.merkle import EMPTY_ROOT, leaf_hash, root_of, subtrees
from recourse.core.tile import WIDTH, Edge, edge_spans, grow, pack, span_of, unpack

LEAVES = [leaf_hash(n.to_bytes(4, "big")) for n in range(70_000)]


@given(st.lists(st.integers(0, 700), max_size=8))
def test_growing_by_pieces_gives_the_tree(pieces: list[int]) -> None:
    edge, tiles = Edge(0, ()), []
    assert edge.root == EMPTY_ROOT
    for count in pieces:
        edge, made = grow(edge, LEAVES[edge.size : edge.size + count])
        tiles += made
        assert edge.root == root_of(LEAVES[: edge.size])
        assert [len(entries) for entries in edge.levels] == [
            s.count for s in edge_spans(edge.size)
        ] or not count
    assert len({(tile.level, tile.number) for tile in tiles}) == len(tiles)
    for tile in tiles:
        width = WIDTH**tile.level
        begin = tile.number * WIDTH * width
        assert tile.root == root_of(LEAVES[begin : begin + WIDTH * width])


def test_three_levels_of_tiles() -> None:
    edge, tiles = grow(Edge(0, ()), LEAVES)
    # The example of C2SP tlog-tiles: 70,000 leaves are 273 full tiles of level 0, one of level 1, and partial ones.
    assert sum(tile.level == 0 for tile in tiles) == 273
    assert sum(tile.level == 1 for tile in tiles) == 1
    assert [len(entries) for entries in edge.levels] == [112, 17, 1]
    assert edge.root == root_of(LEAVES)


@given(st.integers(1, 2**40))
def test_a_subtree_lies_within_one_tile(size: int) -> None:
    for height, number in subtrees(0, size):
        span = span_of((height, number))
        assert span.first << 8 * span.level == number << height
        assert span.count << 8 * span.level == 1 << height
        assert span.offset + span.count <= WIDTH
    for span in edge_spans(size):
        assert not span.is_full(size)


def test_hashes_are_packed_and_unpacked() -> None:
    assert unpack(pack(LEAVES[:5])) == tuple(LEAVES[:5])
    assert unpack(b"") == ()
