# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the log: salted commitments and times, never a case number and nothing about a person.

Each leaf is canonical JSON; its hash is that of RFC 9162. A head commits to the chain of a case as it stood after a
commit; an exhibit repeats the commitment that its link carries, so that a file proves its own time of receipt.
"""

from collections.abc import Mapping
from enum import StrEnum

from recourse.core.canonical import Plain, canonical, commitment


class LeafKind(StrEnum):
    """What a leaf is about."""

    head = "head"
    exhibit = "exhibit"
    gap = "gap"
    rotation = "rotation"


def head_commitment(*, case: str, version: int, head: str, salt: bytes) -> str:
    """The commitment to a case's chain after a commit: `head` is the hash of link `version` (hex)."""
    return commitment(field="head", salt=salt, value={"case": case, "head": head, "version": version})


def head_leaf(*, at: str, commitment: str) -> bytes:
    """The leaf of a commit."""
    return canonical({"at": at, "commitment": commitment, "kind": LeafKind.head, "v": 1})


def exhibit_leaf(*, at: str, commitment: str) -> bytes:
    """The leaf of an exhibit: the link's own commitment to the digest of the bytes as handed over."""
    return canonical({"at": at, "commitment": commitment, "kind": LeafKind.exhibit, "v": 1})


def gap_leaf(*, at: str, declaration: Mapping[str, Plain]) -> bytes:
    """The leaf of a gap declaration: which range was lost, who says so, and the signatures under it."""
    return canonical({"at": at, "declaration": declaration, "kind": LeafKind.gap, "v": 1})


def rotation_leaf(*, at: str, keys: Mapping[str, Plain]) -> bytes:
    """The leaf of a change of the log's key, signed by the old and the new one."""
    return canonical({"at": at, "keys": keys, "kind": LeafKind.rotation, "v": 1})
