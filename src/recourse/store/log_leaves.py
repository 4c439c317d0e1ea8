# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Leaves: written in the transaction of the commit they speak of, each with the promise that it will be in the log.

The promise is signed here, in the process that commits: the installation's receipt key costs 40 µs and needs nobody else.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from recourse.core.canonical import Plain
from recourse.core.checkpoint.leaf import LeafKind, exhibit_leaf, head_commitment, head_leaf
from recourse.core.checkpoint.note import NoteKey
from recourse.core.checkpoint.promise import Promise, promise_message
from recourse.core.merkle import leaf_hash
from recourse.store import rows
from recourse.store.codec import Sealed, plain_json
from recourse.store.receipt_keys import with_kept
from recourse.store.sealing import purpose_key

_COLUMNS = ("kind", "case_id", "version", "at", "data", "salt", "hash", "promise")
_SALT = 16
# The newest declaration says under which origin the log goes on.
_ORIGIN = "SELECT data FROM store_log_leaf WHERE kind = 'gap' ORDER BY id DESC LIMIT 1"
_ORIGINS = "SELECT id, data FROM store_log_leaf WHERE kind = 'gap' ORDER BY id"
_OF_COMMIT = (
    "SELECT kind, hash, at, promise FROM store_log_leaf WHERE case_id = %s AND version <= %s "
    "ORDER BY version DESC, id DESC LIMIT 100"
)


@dataclass(frozen=True, slots=True)
class NewLeaf:
    """A leaf ready to be written, with its promise."""

    kind: LeafKind
    case: str
    version: int
    at: str
    data: bytes
    salt: bytes | None
    hash: bytes
    signature: bytes

    @property
    def promise(self) -> Promise:
        """What whoever committed is told."""
        return Promise(self.hash, self.at, self.signature)

    def row(self) -> tuple[Any, ...]:
        """The values of the row."""
        return (
            self.kind.value,
            self.case,
            self.version,
            self.at,
            self.data.decode(),
            self.salt,
            self.hash,
            self.signature,
        )


def leaves_of(links: Sequence[Sealed], *, origin: str) -> tuple[NewLeaf, ...]:
    """The leaves of one commit: one for each exhibit, and one for the head of the chain."""
    if not links:
        return ()
    found = [
        new_leaf(
            LeafKind.exhibit,
            exhibit_leaf(at=link.at, commitment=str(plain_json(link.commitments)["digest"])),
            at=link.at,
            origin=origin,
            case=link.case,
            version=link.version,
        )
        for link in links
        if link.type == "ExhibitAdded"
    ]
    last, salt = links[-1], secrets.token_bytes(_SALT)
    sealed = head_commitment(case=last.case, version=last.version, head=last.hash, salt=salt)
    data = head_leaf(at=last.at, commitment=sealed)
    head = new_leaf(
        LeafKind.head, data, at=last.at, origin=origin, case=last.case, version=last.version, salt=salt
    )
    return (*found, head)


def new_leaf(
    kind: LeafKind,
    data: bytes,
    *,
    at: str,
    origin: str,
    case: str = "",
    version: int = 0,
    salt: bytes | None = None,
) -> NewLeaf:
    """One leaf with its promise."""
    digest = leaf_hash(data)
    signature = sign_receipt(promise_message(origin=origin, leaf=digest, at=at))
    return NewLeaf(kind, case, version, at, data, salt, digest, signature)


def write_leaves(leaves: Sequence[NewLeaf]) -> None:
    """Write leaves in the caller's transaction, so that they exist exactly if what they speak of exists."""
    rows.insert("store_log_leaf", _COLUMNS, [leaf.row() for leaf in leaves])


def promises_of(case: str, version: int) -> tuple[Promise, ...]:
    """The promises that were given with the commit that ended at this version, in the order they were given."""
    found = []
    for kind, digest, at, signature in rows.select(_OF_COMMIT, [case, version]):
        if kind == LeafKind.head and found:
            break
        found.append(Promise(bytes(digest), at, bytes(signature)))
    return tuple(reversed(found))


def receipt_key() -> NoteKey:
    """The public key of promises, under the log's own name."""
    public = _signer(purpose_key("receipt")).public_key().public_bytes_raw()
    return NoteKey(settings.RECOURSE_LOG_ORIGIN, public)


def receipt_keys() -> tuple[NoteKey, ...]:
    """The keys of all promises that were ever given: the present one first, then those under earlier root secrets."""
    return with_kept(Path(settings.RECOURSE_DATA), receipt_key())


def sign_receipt(message: bytes) -> bytes:
    """Sign with the receipt key."""
    return _signer(purpose_key("receipt")).sign(message)


def current_origin() -> str:
    """The origin under which the log goes on: the installation's own, until a declaration names the next."""
    return _known_origin(settings.RECOURSE_LOG_ORIGIN)


def forget_origin() -> None:
    """Look the origin up again: a declaration was written."""
    _known_origin.cache_clear()


def origins() -> tuple[str, ...]:
    """All origins the log had: its own first, then those that declarations named, the present one last."""
    return tuple(name for _, name in origins_by_leaf())


def origins_by_leaf() -> tuple[tuple[int, str], ...]:
    """Each origin with the row from which on leaves were promised to it: a declaration is promised to the new one."""
    declared = [(int(id_), str(_declaration(text)["origin"])) for id_, text in rows.select(_ORIGINS, [])]
    return ((0, settings.RECOURSE_LOG_ORIGIN), *declared)


def next_origin(taken: Sequence[str]) -> str:
    """An origin that nobody signed for: the base name with the next number that is not taken."""
    base = settings.RECOURSE_LOG_ORIGIN
    number = 2
    while f"{base}/{number}" in taken:
        number += 1
    return f"{base}/{number}"


@lru_cache(maxsize=1)
def _known_origin(base: str) -> str:
    found = rows.select(_ORIGIN, [])
    if not found:
        return base
    return str(_declaration(found[0][0])["origin"])


def _declaration(text: str) -> dict[str, Plain]:
    found: dict[str, Plain] = plain_json(text)["declaration"]
    return found


@lru_cache(maxsize=4)
def _signer(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
