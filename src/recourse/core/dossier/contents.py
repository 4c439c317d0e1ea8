# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The files of a dossier's payload, written: one value each for its cover, exhibits, leaves and promises.

JSON files are canonical bytes without a line feed; `.jsonl` files have one canonical value a line, each ended by a line
feed. docs/rules/evidence-chain.md, section 4, says of each field what it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from recourse.core.canonical import Plain, canonical
from recourse.core.evidence import Link

FORMAT = "recourse-dossier/1"
CASE, EVENTS, PRIVATE = "data/case.json", "data/events.jsonl", "data/private.jsonl"
RULEBOOK, EXHIBITS = "data/rulebook.json", "data/exhibits.json"
POLICY, CHECKPOINT = "data/proofs/policy.json", "data/proofs/checkpoint.txt"
LEAVES, PROMISES = "data/proofs/leaves.jsonl", "data/proofs/promises.jsonl"
TIMESTAMP, TIMESTAMP_CHAIN = "data/proofs/timestamp.tsr", "data/proofs/timestamp-chain.pem"
GUIDE = "data/HOW-TO-VERIFY.txt"


class Form(StrEnum):
    """In which form an exhibit lies in a dossier; the order of the list."""

    original = "original"  # the bytes as they were handed in
    copy = "copy"  # a derivative for this reader: metadata gone, masked
    withheld = "withheld"  # not for this reader, or erased
    page = "page"  # an image of a page, or a still, beside one of the above


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose dossier this is. `part` of `parts`: a big one is split, and every part says the same but for its files."""

    case: str
    number: str
    operator: str
    host: str  # who runs the installation, as the policy names whoever runs a witness
    platform: str
    seat: str  # whose eyes it was made for: the role of an actor
    made_at: str  # RFC 3339
    software: str
    part: int = 1
    parts: int = 1
    format: str = FORMAT


@dataclass(frozen=True, slots=True)
class ExhibitEntry:
    """One file of the exhibits list, or an exhibit that is withheld (then file, digest and part are None).

    `version` is that of the event that added the exhibit. `file` is below `data/`: `exhibits/003-original.png`,
    `exhibits/003-copy.jpg`, `exhibits/003-page1.png`. `part` says in which part of a split dossier it lies.
    """

    no: int
    version: int
    kind: str
    form: Form
    file: str | None
    size: int
    media_type: str
    digest: str | None
    part: int | None


@dataclass(frozen=True, slots=True)
class LeafEntry:
    """A leaf of the log that is about this case, and its proof.

    `data` is the leaf's own value; `no` the exhibit it is about, None for the leaf of a head. `salt` (hex) opens the
    commitment of a head, and is None for an exhibit, whose commitment stands in the chain. `index` is None and `path`
    empty as long as the leaf is promised only; `path` holds base64 hashes from the leaf up.
    """

    version: int
    no: int | None
    data: Mapping[str, Plain]
    salt: str | None
    index: int | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PromiseEntry:
    """The operator's word, given at once, that a leaf (hash in hex) will be in the log; signature in base64.

    `origin` is the name the log had then: it has another after a gap was declared.
    """

    leaf: str
    origin: str
    at: str
    signature: str


def cover_json(cover: Cover) -> bytes:
    """`data/case.json`."""
    return canonical(_plain(cover))


def events_jsonl(links: Iterable[Link]) -> bytes:
    """`data/events.jsonl`: the chain as it is published, from version 1 on."""
    return _lines(_plain(item) for item in links)


def private_jsonl(shown: Mapping[int, Mapping[str, tuple[bytes, Plain]]]) -> bytes:
    """`data/private.jsonl`: salt and value of each private field this reader may see, by version."""
    return _lines(
        {
            "version": version,
            "fields": {name: {"salt": salt.hex(), "value": value} for name, (salt, value) in fields.items()},
        }
        for version, fields in sorted(shown.items())
        if fields
    )


def exhibits_json(entries: Iterable[ExhibitEntry]) -> bytes:
    """`data/exhibits.json`, in the order of numbers and forms."""
    forms = list(Form)
    rows = sorted(entries, key=lambda item: (item.no, forms.index(item.form), item.file or ""))
    return canonical([_plain(item) for item in rows])


def leaves_jsonl(entries: Iterable[LeafEntry]) -> bytes:
    """`data/proofs/leaves.jsonl`, by version, a head before the exhibits."""
    rows = sorted(entries, key=lambda item: (item.version, item.no or 0))
    return _lines(_plain(item) for item in rows)


def promises_jsonl(entries: Iterable[PromiseEntry]) -> bytes:
    """`data/proofs/promises.jsonl`, in the order given: that of the leaves."""
    return _lines(_plain(item) for item in entries)


def _plain(value: Cover | Link | ExhibitEntry | LeafEntry | PromiseEntry) -> dict[str, Plain]:
    return {item.name: getattr(value, item.name) for item in fields(value)}


def _lines(values: Iterable[Plain]) -> bytes:
    return b"".join(canonical(value) + b"\n" for value in values)
