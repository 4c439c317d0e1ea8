# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Evidence: exhibits as handed over, what a person says of each wanted item, captures to come back for.

And the chain that seals a case: each link hashes its event's public body, the salted commitments of the private
fields, and the link before it, so that nothing can be altered, dropped or put in later unseen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from recourse.core.canonical import Plain, digest
from recourse.core.screen import Region, ScreenField
from recourse.core.vocabulary import EvidenceKind, Party


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One item handed over. `no` counts from 1 within the case; the plain digest is private, the blob name is not."""

    no: int
    kind: EvidenceKind
    by: Party
    blob: str  # digest of the ciphertext: the name it is stored under
    size: int
    media_type: str
    received_at: datetime
    digest: str  # SHA-256 of the bytes as handed over
    name: str = ""  # the file's own name
    note: str = ""  # what it shows, in the person's words
    withdrawn: bool = False
    still_of: int = 0  # the recording it was taken from, by number; 0 for what is no still
    second: int = 0  # where in that recording, counted from its start
    sm3: str = ""  # a second digest of the same bytes (GB/T 32905), where the installation makes one
    # What is black for the other side, as the owner chose; None while nothing was chosen: then what is proposed is.
    regions: tuple[Region, ...] | None = None
    reading: Mapping[ScreenField, str] = field(default_factory=dict)  # what it says, as a person confirmed it


def time_code(second: int) -> str:
    """A place in a recording as players show it: 01:12, 1:02:03."""
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def parse_time_code(text: str) -> int | None:
    """Seconds of 72, 01:12 or 1:02:03; None when it is no place in a recording."""
    parts = text.strip().replace("：", ":").split(":")
    if not 1 <= len(parts) <= 3 or not all(p.isascii() and p.isdigit() and len(p) <= 5 for p in parts):
        return None
    numbers = [int(part) for part in parts]
    if any(number >= 60 for number in numbers[1:]):
        return None
    second = 0
    for number in numbers:
        second = second * 60 + number
    return second


@dataclass(frozen=True, slots=True)
class CaptureTask:
    """Come back at a moment and take the picture that only then exists (still 充值中 after an hour)."""

    id: str
    kind: EvidenceKind
    due_at: datetime
    text: str
    done_by: int | None = None  # exhibit number


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain, as stored and as published."""

    case: str
    version: int
    type: str
    at: str
    actor: Mapping[str, str]
    body: Mapping[str, Plain]
    commitments: Mapping[str, str]
    previous: str
    hash: str


GENESIS = "0" * 64


def link(
    *,
    case: str,
    version: int,
    type: str,
    at: str,
    actor: Mapping[str, str],
    body: Mapping[str, Plain],
    commitments: Mapping[str, str],
    previous: str,
) -> Link:
    """Seal one event onto the chain."""
    sealed = link_digest(
        case=case,
        version=version,
        type=type,
        at=at,
        actor=actor,
        body=body,
        commitments=commitments,
        previous=previous,
    )
    return Link(case, version, type, at, actor, body, commitments, previous, sealed)


def link_digest(
    *,
    case: str,
    version: int,
    type: str,
    at: str,
    actor: Mapping[str, str],
    body: Mapping[str, Plain],
    commitments: Mapping[str, str],
    previous: str,
) -> str:
    """SHA-256 over the canonical bytes of everything a link says."""
    return digest(
        {
            "case": case,
            "version": version,
            "type": type,
            "at": at,
            "actor": actor,
            "body": body,
            "commitments": commitments,
            "previous": previous,
        }
    )


def first_broken(links: Iterable[Link]) -> int | None:
    """The version of the first link that does not follow from the one before, or None when the chain holds."""
    previous, case = GENESIS, None
    for version, item in enumerate(links, start=1):
        case = case if case is not None else item.case
        expected = link_digest(
            case=item.case,
            version=item.version,
            type=item.type,
            at=item.at,
            actor=item.actor,
            body=item.body,
            commitments=item.commitments,
            previous=item.previous,
        )
        if (item.case, item.version, item.previous, item.hash) != (
            case,
            version,
            previous,
            expected,
        ):
            return version
        previous = item.hash
    return None
