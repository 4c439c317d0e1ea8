# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Foreign records: written once, whole, and read by the staff of the operator that took them in. One door each way."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from recourse.core.actor import STAFF, Actor
from recourse.core.canonical import Plain, canonical
from recourse.core.evidence import Link
from recourse.store import blob_keys
from recourse.store.codec import link_of, open_fields, pack_fields, plain_json
from recourse.store.models import ForeignEvent, ForeignFile, ForeignRecord
from recourse.store.sealing import purpose_key, seal, unseal


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record came from, as its dossier says and its verification found."""

    case_id: str
    number: str
    origin: str
    operator: str  # over there
    platform: str
    seat: str
    version: int
    head: str
    made_at: str
    software: str
    file_digest: str
    verdict: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One exhibit of the record, or a picture of its page; `blob` is empty for what was withheld."""

    no: int
    form: str
    page: int
    kind: str
    media_type: str
    size: int
    blob: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list."""

    id: str
    provenance: Provenance
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class Foreign:
    """A whole record: its chain as it came, what was opened of it, its files, its rules."""

    id: str
    provenance: Provenance
    imported_at: datetime
    links: tuple[Link, ...]
    shown: Mapping[int, Mapping[str, tuple[bytes, Plain]]]
    files: tuple[KeptFile, ...]
    rulebook: str


def keep(
    about: Provenance,
    *,
    operator: str,
    by: str,
    links: Sequence[Link],
    shown: Mapping[int, Mapping[str, tuple[bytes, Plain]]],
    files: Sequence[KeptFile],
    rulebook: str,
    now: datetime,
) -> str | None:
    """Write a record; its id. None when another import of the same dossier was first."""
    id_, key = secrets.token_hex(16), secrets.token_bytes(32)
    row = ForeignRecord(
        id=id_,
        operator=operator,
        case_id=about.case_id,
        number=about.number,
        origin=about.origin,
        from_operator=about.operator,
        platform=about.platform,
        seat=about.seat,
        version=about.version,
        head=about.head,
        rulebook=rulebook,
        verdict=canonical(about.verdict).decode(),
        file_digest=about.file_digest,
        made_at=about.made_at,
        software=about.software,
        wrapped=seal(key, key=purpose_key("field"), about=f"foreign-key/{id_}"),
        imported_at=now,
        imported_by=by,
    )
    cipher = AESGCM(key)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            ForeignEvent.objects.bulk_create(_event(id_, link, shown, cipher) for link in links)
            ForeignFile.objects.bulk_create(
                ForeignFile(
                    record_id=id_,
                    no=item.no,
                    form=item.form,
                    page=item.page,
                    kind=item.kind,
                    media_type=item.media_type,
                    size=item.size,
                    blob=item.blob,
                )
                for item in files
            )
            blob_keys.adopt(blobs_of(files), case_id=id_)
    except IntegrityError:
        return None
    return id_


def same_case(operator: str, case_id: str) -> list[Listed]:
    """What this operator took in of a case before, oldest first."""
    rows = ForeignRecord.objects.filter(operator=operator, case_id=case_id).order_by("imported_at", "id")
    return [_listed(row) for row in rows]


def hashes_of(record: str) -> dict[int, str]:
    """The hash of each link of a record by version."""
    return dict(ForeignEvent.objects.filter(record_id=record).values_list("version", "hash"))


def listed(actor: Actor) -> list[Listed]:
    """The records this actor may read, newest first."""
    return [_listed(row) for row in _visible(actor).order_by("-imported_at", "-id")]


def of_number(actor: Actor, number: str) -> list[str]:
    """The ids of the records this actor may read that bear this number, newest first."""
    # PostgreSQL refuses to look for a NUL; no number has one.
    if not number or "\x00" in number:
        return []
    rows = _visible(actor).filter(number=number).order_by("-imported_at", "-id")
    return list(rows.values_list("id", flat=True))


def read(actor: Actor, id: str) -> Foreign | None:
    """The whole record; None when it is absent or not for this reader. Raises CaseStopped for an altered field."""
    row = _visible(actor).filter(id=id).first()
    if row is None:
        return None
    cipher = AESGCM(unseal(row.wrapped, key=purpose_key("field"), about=f"foreign-key/{row.id}"))
    events = list(ForeignEvent.objects.filter(record_id=row.id).order_by("version"))
    shown = {
        item.version: open_fields(
            case=row.id, version=item.version, private=bytes(item.private), cipher=cipher
        )
        for item in events
        if item.private is not None
    }
    files = ForeignFile.objects.filter(record_id=row.id).order_by("no", "form", "page")
    return Foreign(
        id=row.id,
        provenance=_provenance(row),
        imported_at=row.imported_at,
        links=tuple(_link(row.case_id, item) for item in events),
        shown=shown,
        files=tuple(_file(item) for item in files),
        rulebook=row.rulebook,
    )


def blobs_of(files: Iterable[KeptFile]) -> list[str]:
    """The vault's names of these files."""
    return [item.blob for item in files if item.blob]


def drop(operator: str, id: str) -> None:
    """Forget a record with its key: without it no copy of its private fields opens any more.

    In the same moment its blobs belong to nobody, so that the sweep of orphans takes whatever the caller leaves behind.
    """
    with transaction.atomic():
        # The triggers let chain and files go only once the record's own row went.
        if ForeignRecord.objects.filter(operator=operator, id=id).delete()[0]:
            ForeignFile.objects.filter(record_id=id).delete()
            ForeignEvent.objects.filter(record_id=id).delete()
            blob_keys.abandon(case_id=id)


def _visible(actor: Actor) -> "QuerySet[ForeignRecord]":
    """The records this actor may read."""
    found = ForeignRecord.objects.filter(operator=actor.operator)
    return found if actor.role in STAFF else found.none()


def _event(
    record: str, link: Link, shown: Mapping[int, Mapping[str, tuple[bytes, Plain]]], cipher: AESGCM
) -> ForeignEvent:
    fields = shown.get(link.version)
    return ForeignEvent(
        record_id=record,
        version=link.version,
        type=link.type,
        at=link.at,
        actor=canonical(link.actor).decode(),
        body=canonical(link.body).decode(),
        commitments=canonical(link.commitments).decode(),
        previous=link.previous,
        hash=link.hash,
        private=pack_fields(case=record, version=link.version, fields=fields, cipher=cipher)
        if fields
        else None,
    )


def _link(case_id: str, item: ForeignEvent) -> Link:
    written = (item.version, item.type, item.at, item.actor, item.body, item.commitments)
    return link_of(case_id, *written, item.previous, item.hash)


def _file(item: ForeignFile) -> KeptFile:
    return KeptFile(item.no, item.form, item.page, item.kind, item.media_type, item.size, item.blob)


def _listed(row: ForeignRecord) -> Listed:
    return Listed(row.id, _provenance(row), row.imported_at)


def _provenance(row: ForeignRecord) -> Provenance:
    return Provenance(
        case_id=row.case_id,
        number=row.number,
        origin=row.origin,
        operator=row.from_operator,
        platform=row.platform,
        seat=row.seat,
        version=row.version,
        head=row.head,
        made_at=row.made_at,
        software=row.software,
        file_digest=row.file_digest,
        verdict=plain_json(row.verdict),
    )
