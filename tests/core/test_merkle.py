# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The Merkle tree: published vectors, every small tree whole, and every kind of false proof."""

import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core import merkle
from recourse.core.merkle import (
    EMPTY_ROOT,
    Subtree,
    join,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
    subtrees,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)

VECTORS = Path(__file__).parent.parent / "data" / "vectors-merkle"
SIZES = 64
LEAVES = [leaf_hash(bytes([n])) for n in range(SIZES)]
ROOTS = [root_of(LEAVES[:n]) for n in range(SIZES + 1)]


def fetch(wanted: Sequence[Subtree]) -> dict[Subtree, bytes]:
    """Complete subtrees of the test tree; a subtree that reaches beyond it is never asked for."""
    assert all((n + 1) << height <= SIZES for height, n in wanted)
    return {(height, n): root_of(LEAVES[n << height : (n + 1) << height]) for height, n in wanted}


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """MTH as RFC 9162 section 2.1.1 defines it, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(plain_root(leaves[:k]), plain_root(leaves[k:]))


def cases() -> Iterator[tuple[str, dict]]:
    """The published cases by path."""
    for line in (VECTORS / "rfc6962_proof_cases.jsonl").read_text().splitlines():
        found = json.loads(line)
        yield found["path"].removeprefix("testdata/"), found["case"]


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


@pytest.mark.parametrize(("path", "case"), [pytest.param(*one, id=one[0]) for one in cases()])
def test_the_published_cases_pass(path: str, case: dict) -> None:
    proof = [raw(item) for item in case["proof"] or []]
    match path.split("/")[0]:
        case "inclusion":
            holds = verify_inclusion(
                index=case["leafIdx"],
                size=case["treeSize"],
                leaf=raw(case["leafHash"]),
                proof=proof,
                root=raw(case["root"]),
            )
        case "consistency":
            holds = verify_consistency(
                old=case["size1"],
                new=case["size2"],
                old_root=raw(case["root1"]),
                new_root=raw(case["root2"]),
                proof=proof,
            )
        case "subtreeinclusion":
            holds = verify_subtree_inclusion(
                index=case["leafIdx"],
                start=case["start"],
                end=case["end"],
                leaf=raw(case["leafHash"]),
                proof=proof,
                root=raw(case["root"]),
            )
        case _:
            holds = verify_subtree_consistency(
                start=case["start"],
                end=case["end"],
                size=case["size"],
                subtree_root=raw(case["root1"]),
                root=raw(case["root2"]),
                proof=proof,
            )
    assert holds is not case["wantErr"], case["desc"]


def test_the_reference_tree_has_the_published_roots() -> None:
    tree = json.loads((VECTORS / "rfc6962_reference_tree.json").read_text())
    leaves = [leaf_hash(bytes.fromhex(item)) for item in tree["leaf_inputs_hex"]]
    roots = [root_of(leaves[: n + 1]).hex() for n in range(len(leaves))]
    assert roots == tree["root_hashes_by_size_hex"]


def test_every_root_is_the_one_of_the_definition() -> None:
    assert [plain_root(LEAVES[:n]) for n in range(SIZES + 1)] == ROOTS
    assert [merkle.root(n, fetch) for n in range(SIZES + 1)] == ROOTS


def mutants(proof: Sequence[bytes]) -> Iterator[list[bytes]]:
    """False proofs: a node flipped, swapped, dropped or doubled; garbage before and after; cut short."""
    items = list(proof)
    junk = b"\x17" * 32
    yield [*items, b""]
    yield [*items, junk]
    yield [junk, *items]
    yield [b"", *items]
    for n, item in enumerate(items):
        yield [*items[:n], bytes([item[0] ^ 0x08, *item[1:]]), *items[n + 1 :]]
        yield [*items[:n], item[:-1], *items[n + 1 :]]
        yield [*items[:n], item, *items[n:]]
        yield items[:n] + items[n + 1 :]
        yield items[:n]
        if n and items[n - 1] != item:
            yield [*items[: n - 1], item, items[n - 1], *items[n + 1 :]]


def test_every_leaf_of_every_small_tree_is_proven_and_nothing_else_is() -> None:
    wrong_root = leaf_hash(b"elsewhere")
    for size in range(1, SIZES + 1):
        for index in range(size):
            proof = prove_inclusion(index, size, fetch)
            right = {
                "index": index,
                "size": size,
                "leaf": LEAVES[index],
                "proof": proof,
                "root": ROOTS[size],
            }
            assert verify_inclusion(**right)
            for other in {index ^ 1, index ^ 2, index + 1, index - 1, size, -1} - {index}:
                assert not verify_inclusion(**right | {"index": other}), (index, size, other)
            for other in {size * 2, size // 2, 0}:
                assert not verify_inclusion(**right | {"size": other}) or _same_path(index, size, other)
            assert not verify_inclusion(**right | {"leaf": wrong_root})
            for root in (wrong_root, b"", EMPTY_ROOT):
                assert not verify_inclusion(**right | {"root": root})
            for false in mutants(proof):
                assert not verify_inclusion(**right | {"proof": false}), (index, size)


def _same_path(index: int, size: int, other: int) -> bool:
    """Whether the walk to the root is the same in both sizes; the root then stands for the size in a checkpoint."""
    return 0 <= index < other and _sides(index, size) == _sides(index, other)


def _sides(index: int, size: int) -> list[bool]:
    found, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + (1 << (end - begin - 1).bit_length() - 1)
        found.append(index < middle)
        begin, end = (begin, middle) if index < middle else (middle, end)
    return found


def test_every_growth_of_every_small_tree_is_proven_and_nothing_else_is() -> None:
    wrong_root = leaf_hash(b"elsewhere")
    for new in range(1, SIZES + 1):
        for old in range(1, new + 1):
            proof = prove_consistency(old, new, fetch)
            right = {
                "old": old,
                "new": new,
                "old_root": ROOTS[old],
                "new_root": ROOTS[new],
                "proof": proof,
            }
            assert verify_consistency(**right)
            for side in ("old_root", "new_root"):
                for root in (wrong_root, b"", EMPTY_ROOT):
                    assert not verify_consistency(**right | {side: root}), (old, new)
            if old != new:
                assert not verify_consistency(**right | {"old_root": ROOTS[new], "new_root": ROOTS[old]})
                assert not verify_consistency(**right | {"old": 0})
                assert not verify_consistency(**right | {"old": new + 1})
            for false in mutants(proof):
                assert not verify_consistency(**right | {"proof": false}), (old, new)


def test_a_proof_of_growth_proves_no_other_tree() -> None:
    for new in range(2, 33):
        for old in range(1, new):
            proof = prove_consistency(old, new, fetch)
            for other in set(range(1, 33)) - {old}:
                assert not verify_consistency(
                    old=other, new=new, old_root=ROOTS[other], new_root=ROOTS[new], proof=proof
                ), (old, other, new)


@given(st.integers(0, 2**40), st.integers(1, 2**40))
def test_complete_subtrees_cover_a_range_without_gap(number: int, length: int) -> None:
    begin = number << (length - 1).bit_length()
    found = subtrees(begin, begin + length)
    at = begin
    for height, n in found:
        assert n << height == at
        at += 1 << height
    assert at == begin + length
    assert [height for height, _ in found] == sorted({height for height, _ in found}, reverse=True)


@given(st.integers(1, 2**30), st.data())
def test_proofs_in_large_trees_ask_for_few_subtrees(size: int, data: st.DataObject) -> None:
    asked: list[Subtree] = []

    def pretend(wanted: Sequence[Subtree]) -> dict[Subtree, bytes]:
        asked.extend(wanted)
        return {one: leaf_hash(repr(one).encode()) for one in wanted}

    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    assert len(prove_inclusion(index, size, pretend)) <= size.bit_length()
    assert len(prove_consistency(old, size, pretend)) <= size.bit_length() + 1
    assert len(asked) <= 4 * size.bit_length()
    assert all((n + 1) << height <= size for height, n in asked)


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_joining_complete_subtrees_gives_the_root(data: list[bytes]) -> None:
    leaves = [leaf_hash(item) for item in data]
    parts = [root_of(leaves[n << h : (n + 1) << h]) for h, n in subtrees(0, len(leaves))]
    assert join(parts) == root_of(leaves) == plain_root(leaves)


def test_no_proof_is_made_of_what_is_not_there() -> None:
    for index, size in ((0, 0), (3, 3), (-1, 2)):
        with pytest.raises(ValueError, match="no leaf"):
            prove_inclusion(index, size, fetch)
    with pytest.raises(ValueError, match="does not grow"):
        prove_consistency(5, 4, fetch)
    assert prove_consistency(0, 7, fetch) == prove_consistency(7, 7, fetch) == []
