# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case's chain as it was written: for proofs, and for whoever wants to check it."""

from collections.abc import Mapping

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recourse.core.actor import Actor
from recourse.core.canonical import Plain, commitment
from recourse.core.evidence import Link, first_broken
from recourse.store.access import case_key, visible
from recourse.store.codec import EVENT_COLUMNS, link_of, open_fields
from recourse.store.models import CaseRow, EventRow, PrivateRow


def read_links(actor: Actor, number: str) -> tuple[Link, ...] | None:
    """The chain as it is published: public bodies and commitments; None when absent or forbidden."""
    row = _row(actor, number)
    return None if row is None else _links(row)


def read_head(actor: Actor, number: str) -> str | None:
    """The head as the case's row has it; None when absent or forbidden."""
    return visible(actor).filter(number=number).values_list("head", flat=True).first()


def read_case_id(actor: Actor, number: str) -> str | None:
    """The id that a case's rows are kept under; None when absent or forbidden."""
    return visible(actor).filter(number=number).values_list("id", flat=True).first()


def read_private(actor: Actor, number: str) -> Mapping[int, Mapping[str, tuple[bytes, Plain]]] | None:
    """Salt and value of each personal field by version, with which a party proves what it may show."""
    row = _row(actor, number)
    return None if row is None else _fields(row)


def broken_at(actor: Actor, number: str) -> int | None:
    """The version of the first link that does not hold, or None when the whole chain does.

    Looks at the links themselves, at the commitments of the personal fields that are still there, and at the head
    in the case row: a chain that was cut off at its end is broken after its last link. Raises CaseStopped when a
    ciphertext was altered.
    """
    row = _row(actor, number)
    if row is None:
        return None
    links = _links(row)
    broken = first_broken(links)
    if broken is not None:
        return broken
    fields = _fields(row)
    for item in links:
        for field, (salt, value) in fields.get(item.version, {}).items():
            if commitment(field=field, salt=salt, value=value) != item.commitments.get(field):
                return item.version
    if not links or links[-1].hash != row.head or links[-1].version != row.version:
        return len(links) + 1
    return None


def _row(actor: Actor, number: str) -> CaseRow | None:
    return visible(actor).filter(number=number).select_related("sealed_key").first()


def _links(row: CaseRow) -> tuple[Link, ...]:
    found = EventRow.objects.filter(case_id=row.id).order_by("version").values_list(*EVENT_COLUMNS)
    return tuple(link_of(*item) for item in found)


def _fields(row: CaseRow) -> dict[int, dict[str, tuple[bytes, Plain]]]:
    key = case_key(row)
    cipher = AESGCM(key) if key is not None else None
    return {
        version: open_fields(case=row.id, version=version, private=private, cipher=cipher)
        for version, private in _private(row).items()
    }


def _private(row: CaseRow) -> dict[int, bytes]:
    found = PrivateRow.objects.filter(case_id=row.id).order_by("version").values_list("version", "fields")
    return {version: bytes(fields) for version, fields in found}
