# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A dossier as plain values that a test may bend, and packing it again with or without the keys."""

import base64
import hashlib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from recourse.core.canonical import canonical, commitment, digest
from recourse.core.checkpoint.cosignature import cosign
from recourse.core.checkpoint.head import Checkpoint, Head
from recourse.core.checkpoint.leaf import head_commitment
from recourse.core.checkpoint.note import Kind, Note, NoteKey, sign_note
from recourse.core.checkpoint.promise import promise_message
from recourse.core.dossier.bag import content_of
from recourse.core.dossier.packing import bag_up, packed
from recourse.core.evidence import GENESIS
from recourse.core.merkle import leaf_hash, prove_inclusion, root_of

ORIGIN = "log.example.org/recourse"


@dataclass(frozen=True)
class Key:
    """A key of a test: the secret follows from the name."""

    name: str
    kind: Kind = Kind.ed25519

    @property
    def secret(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.name.encode()).digest())

    @property
    def public(self) -> bytes:
        return self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def note_key(self) -> NoteKey:
        return NoteKey(self.name, self.public, self.kind)

    @property
    def base64(self) -> str:
        return base64.b64encode(self.public).decode()


LOG, RECEIPT, STRANGER = Key(ORIGIN), Key(ORIGIN + "/receipt"), Key("stranger.example")
WITNESSES = tuple(Key(f"witness{n}.example", Kind.cosignature) for n in range(3))
# What a verifier brings of its own: the keys that draft dossiers, whoever runs the witnesses by a dossier's own word.
POLICY: dict[str, Any] = {
    "format": "recourse-policy/1",
    "origin": ORIGIN,
    "log": [{"name": LOG.name, "key": LOG.base64, "alg": "ed25519"}],
    "receipt": [{"name": RECEIPT.name, "key": RECEIPT.base64}],
    "witnesses": [
        {"name": key.name, "key": key.base64, "operator": who}
        for key, who in zip(WITNESSES, ("odr.example.org", "某大学", "odr.example.org"), strict=True)
    ],
    "quorum": 2,
}


@dataclass
class Draft:
    """Everything that goes into a dossier, before it is written."""

    number: str
    cover: dict[str, Any]
    events: list[dict[str, Any]]
    salts: dict[tuple[int, str], bytes]
    values: dict[tuple[int, str], Any]
    private: list[dict[str, Any]] = field(default_factory=list)
    rulebook: bytes = b"{}"
    exhibits: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    policy: dict[str, Any] = field(default_factory=dict)
    leaves: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)
    checkpoint: bytes | None = None
    seal_key: Key = RECEIPT

    def copy(self) -> "Draft":
        """Another one, to be bent."""
        return deepcopy(self)

    def payload(self) -> dict[str, bytes]:
        """The payload by path."""
        made = {
            "data/case.json": canonical(self.cover),
            "data/events.jsonl": lines(self.events),
            "data/private.jsonl": lines(self.private),
            "data/rulebook.json": self.rulebook,
            "data/exhibits.json": canonical(self.exhibits),
            "data/proofs/policy.json": canonical(self.policy),
            "data/proofs/leaves.jsonl": lines(self.leaves),
            "data/proofs/promises.jsonl": lines(self.promises),
        }
        if self.checkpoint is not None:
            made["data/proofs/checkpoint.txt"] = self.checkpoint
        return {**made, **self.files}

    def pack(self) -> bytes:
        """The container, sealed with the seal key."""
        return pack(self.number, self.payload(), self.seal_key)

    def chain(self) -> "Draft":
        """Commit to the private values anew and link the events anew, as whoever holds the database could."""
        previous = GENESIS
        for event in self.events:
            for name in event["commitments"]:
                place = (event["version"], name)
                event["commitments"][name] = commitment(
                    field=name, salt=self.salts[place], value=self.values[place]
                )
            event["previous"] = previous
            event["hash"] = previous = digest({k: v for k, v in event.items() if k != "hash"})
        return self


def pack(number: str, payload: Mapping[str, bytes], key: Key | None = RECEIPT) -> bytes:
    """A container of a payload with fresh manifests; sealed with a key."""
    bag = bag_up(
        origin=ORIGIN, number=number, payload={path: content_of(data) for path, data in payload.items()}
    )
    key = key or STRANGER
    line = sign_note(bag.seal_text.decode(), key=key.note_key, sign=key.secret.sign).line()
    return b"".join(packed(bag, line.rstrip("\n"), payload.__getitem__))


def lines(values: list[Any]) -> bytes:
    """Canonical values, a line each."""
    return b"".join(canonical(value) + b"\n" for value in values)


def head_data(event: Mapping[str, Any], salt: bytes) -> dict[str, Any]:
    """The leaf of the chain's head after an event."""
    opened = head_commitment(case=event["case"], version=event["version"], head=event["hash"], salt=salt)
    return {"at": event["at"], "commitment": opened, "kind": "head", "v": 1}


def exhibit_data(event: Mapping[str, Any]) -> dict[str, Any]:
    """The leaf of an exhibit."""
    return {"at": event["at"], "commitment": event["commitments"]["digest"], "kind": "exhibit", "v": 1}


def enter(leaves: list[dict[str, Any]], others: list[bytes], places: list[int]) -> Head:
    """Put leaves into a tree among those of other cases, at these places, and prove them; the tree's head."""
    tree = list(others)
    for leaf, place in zip(leaves, places, strict=True):
        tree.insert(place, leaf_hash(canonical(leaf["data"])))
    for leaf in leaves:
        index = tree.index(leaf_hash(canonical(leaf["data"])))
        leaf["index"] = index
        leaf["path"] = [
            base64.b64encode(item).decode() for item in prove_inclusion(index, len(tree), _fetch(tree))
        ]
    return Head(len(tree), root_of(tree))


def _fetch(tree: list[bytes]) -> Any:
    def fetch(wanted: Any) -> dict[Any, bytes]:
        return {(h, n): root_of(tree[n << h : (n + 1) << h]) for h, n in wanted}

    return fetch


def checkpoint_note(
    head: Head, *, cosigners: list[tuple[Key, int]], origin: str = ORIGIN, log: Key = LOG
) -> bytes:
    """A checkpoint, signed by the log and cosigned by witnesses at POSIX times."""
    text = Checkpoint(origin, head).text()
    signatures = [sign_note(text, key=log.note_key, sign=log.secret.sign)]
    signatures += [cosign(text, key=key.note_key, time=time, sign=key.secret.sign) for key, time in cosigners]
    return Note(text, tuple(signatures)).write().encode()


def promise(leaf: Mapping[str, Any], *, at: str, key: Key = RECEIPT, origin: str = ORIGIN) -> dict[str, Any]:
    """The operator's promise of a leaf."""
    hashed = leaf_hash(canonical(leaf["data"]))
    message = promise_message(origin=origin, leaf=hashed, at=at)
    return {
        "leaf": hashed.hex(),
        "origin": origin,
        "at": at,
        "signature": base64.b64encode(key.secret.sign(message)).decode(),
    }


def stamp_reply(over: bytes, *, time: str = "20261124153000Z") -> bytes:
    """The reply of a time stamp authority, as far as it is read without certificates."""

    def tlv(tag: int, *parts: bytes) -> bytes:
        data = b"".join(parts)
        length = len(data)
        if length < 0x80:
            return bytes([tag, length]) + data
        size = length.to_bytes((length.bit_length() + 7) // 8, "big")
        return bytes([tag, 0x80 + len(size)]) + size + data

    sha256 = tlv(0x30, tlv(0x06, bytes.fromhex("608648016503040201")), tlv(0x05))
    imprint = tlv(0x30, sha256, tlv(0x04, hashlib.sha256(over).digest()))
    info = tlv(
        0x30, tlv(0x02, b"\x01"), tlv(0x06, b"\x2a\x03\x04"), imprint, tlv(0x02, b"\x07"), tlv(0x18, time.encode())
    )  # fmt: skip
    inner = tlv(0x30, tlv(0x06, bytes.fromhex("2a864886f70d0109100104")), tlv(0xA0, tlv(0x04, info)))
    signed = tlv(0x30, tlv(0x02, b"\x03"), tlv(0x31, sha256), inner, tlv(0x31))
    token = tlv(0x30, tlv(0x06, bytes.fromhex("2a864886f70d010702")), tlv(0xA0, signed))
    return tlv(0x30, tlv(0x30, tlv(0x02, b"\x00")), token)
