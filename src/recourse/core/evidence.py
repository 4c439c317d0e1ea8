# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Evidence: exhibits as handed over, what a person says of each wanted item, captures to come back for.

And the chain that seals a case: each link hashes its event's public body, the salted commitments of the private
fields, and the link before it, so that nothing can be altered, dropped or put in later unseen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from recourse.core.canonical import Plain, digest
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
    sm3: str = ""  # a second digest of the same bytes (GB/T 32905), where the installation makes one


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
