# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Merkle tree hashing and its two proofs (RFC 9162 section 2.1), over leaf hashes that somebody else keeps.

A complete subtree is named `(height, number)`: it covers the leaves [number << height, (number + 1) << height).
Making a proof asks for complete subtrees alone, all at once, so that a store can answer from a few rows.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence

HASH_SIZE = 32
# A tree holds fewer than 2^63 leaves, so that no proof is longer than this (C2SP tlog-witness says the same).
PROOF_MAX = 63

Subtree = tuple[int, int]
Fetch = Callable[[Sequence[Subtree]], Mapping[Subtree, bytes]]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """HASH(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """HASH(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, all of them in memory."""
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        # A node without a neighbour moves up as it is: that gives the same tree as the recursive definition.
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0]


def subtrees(begin: int, end: int) -> list[Subtree]:
    """The complete subtrees that make up [begin, end), from left to right; `begin` is where a subtree may begin."""
    found = []
    while begin < end:
        height = (end - begin).bit_length() - 1
        found.append((height, begin >> height))
        begin += 1 << height
    return found


def join(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that shrink from left to right."""
    if not hashes:
        return EMPTY_ROOT
    total = hashes[-1]
    for item in reversed(hashes[:-1]):
        total = node_hash(item, total)
    return total


def root(size: int, fetch: Fetch) -> bytes:
    """The root of the first `size` leaves."""
    return _hashes([(0, size)], fetch)[0] if size else EMPTY_ROOT


def prove_inclusion(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    ranges: list[tuple[int, int]] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return _hashes(ranges[::-1], fetch)


def prove_consistency(old: int, new: int, fetch: Fetch) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with that of `old` (RFC 9162 section 2.1.4.1).

    Empty when `old` is zero or equal to `new`.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not grow from one of {old}")
    if old in (0, new):
        return []
    ranges: list[tuple[int, int]] = []
    begin, end, whole = 0, new, True
    while old != end:
        middle = begin + _split(end - begin)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin, whole = middle, False
    if not whole:
        ranges.append((begin, end))
    return _hashes(ranges[::-1], fetch)


def verify_inclusion(*, index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf hash to the root (RFC 9162 section 2.1.3.2)."""
    return verify_subtree_inclusion(index=index, start=0, end=size, leaf=leaf, proof=proof, root=root)


def verify_consistency(
    *, old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the tree of `old` leaves is the beginning of that of `new` (RFC 9162 section 2.1.4.2).

    Never from an empty tree to another: everything grows from nothing, so that there is nothing to prove.
    """
    if old == new:
        return old >= 0 and not proof and old_root == new_root
    if old == 0:
        return False
    return verify_subtree_consistency(
        start=0, end=old, size=new, subtree_root=old_root, root=new_root, proof=proof
    )


def verify_subtree_inclusion(
    *, index: int, start: int, end: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> bool:
    """The same for a subtree [start, end) (draft-ietf-plants-merkle-tree-certs section 4.3)."""
    if not (_is_subtree(start, end) and start <= index < end and _are_hashes(leaf, *proof)):
        return False
    here, last, total = index - start, end - start - 1, leaf
    for item in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            total = node_hash(item, total)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            total = node_hash(total, item)
        here, last = here >> 1, last >> 1
    return last == 0 and total == root


def verify_subtree_consistency(
    *, start: int, end: int, size: int, subtree_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the subtree [start, end) is part of the tree of `size` (draft-ietf-plants-merkle-tree-certs section 4.4).

    The empty subtree is part of every tree.
    """
    if 0 <= start == end <= size:
        return not proof and subtree_root == EMPTY_ROOT
    if not (_is_subtree(start, end) and end <= size and _are_hashes(*proof)):
        return False
    first, last, whole = start, end - 1, size - 1
    while first != last and (last == whole or last & 1):
        first, last, whole = first >> 1, last >> 1, whole >> 1
    rest = list(proof)
    if first == last:
        part = total = subtree_root
    elif rest:
        part = total = rest.pop(0)
    else:
        return False
    for item in rest:
        if whole == 0:
            return False
        if last & 1 or last == whole:
            part = node_hash(item, part) if first < last else part
            total = node_hash(item, total)
            while not last & 1 and last:
                first, last, whole = first >> 1, last >> 1, whole >> 1
        else:
            total = node_hash(total, item)
        first, last, whole = first >> 1, last >> 1, whole >> 1
    return whole == 0 and part == subtree_root and total == root


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def _is_subtree(start: int, end: int) -> bool:
    """Whether [start, end) is one: it begins at a multiple of the power of two that holds it."""
    return 0 <= start < end <= 1 << PROOF_MAX and start % (1 << (end - start - 1).bit_length()) == 0


def _are_hashes(*items: bytes) -> bool:
    return len(items) <= PROOF_MAX + 1 and all(len(item) == HASH_SIZE for item in items)


def _hashes(ranges: Sequence[tuple[int, int]], fetch: Fetch) -> list[bytes]:
    parts = [subtrees(begin, end) for begin, end in ranges]
    known = fetch([one for part in parts for one in part])
    return [join([known[one] for one in part]) for part in parts]
