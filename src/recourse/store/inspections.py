# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What inspectors made of exhibits: kept beside the case, read through the gate, gone with its erasure."""

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from recourse.core.actor import Actor
from recourse.core.inspection import MADE_BY, Form, Inspection, Note, Picture, Reason, Verdict
from recourse.core.port import StoredBlob
from recourse.store import blob_keys
from recourse.store.access import case_key, visible
from recourse.store.jobs import NewJob, enqueue
from recourse.store.models import CaseKey, InspectionRow, RenditionRow
from recourse.store.rows import select
from recourse.store.sealing import seal, unseal

_STALE_BATCH = 500


@dataclass(frozen=True, slots=True)
class Rendition:
    """One picture of an exhibit as it lies in the vault; sizes in pixels, `size` in bytes."""

    form: Form
    page: int
    blob: str
    size: int
    width: int
    height: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """An exhibit as an inspector saw it. `findings` are empty unless they were asked for."""

    no: int
    verdict: Verdict
    reason: Reason
    notes: tuple[Note, ...]
    picked: int | None
    renditions: tuple[Rendition, ...]
    findings: Mapping[str, Any] = field(default_factory=dict)

    def rendition(self, form: Form, page: int = 0) -> Rendition | None:
        """The picture of a form; a page counts from 1."""
        return next((item for item in self.renditions if (item.form, item.page) == (form, page)), None)


def keep(
    case_id: str,
    no: int,
    made: Inspection,
    pictures: Sequence[tuple[Picture, StoredBlob]],
    *,
    key: bytes,
    now: datetime,
) -> list[str]:
    """Keep an inspection in place of an earlier one; the blobs that nobody needs any more, for the vault to delete.

    A case that was erased meanwhile keeps nothing: then these are the new blobs themselves.
    """
    fresh = [stored.blob for _, stored in pictures]
    with transaction.atomic():
        # The erasure deletes this row; whoever holds it decides who was first.
        if not CaseKey.objects.select_for_update().filter(case_id=case_id).exists():
            return fresh
        old = RenditionRow.objects.filter(case_id=case_id, no=no)
        gone = list(old.values_list("blob", flat=True))
        old.delete()
        InspectionRow.objects.update_or_create(
            case_id=case_id,
            no=no,
            defaults={
                "verdict": made.verdict.value,
                "reason": made.reason.value,
                "notes": [note.value for note in made.notes],
                "made_by": MADE_BY,
                "at": now,
                "findings": _sealed(made.findings, key=key, about=_about(case_id, no)),
            },
        )
        RenditionRow.objects.bulk_create(
            [
                RenditionRow(
                    case_id=case_id,
                    no=no,
                    form=picture.form.value,
                    page=picture.page,
                    blob=stored.blob,
                    size=stored.size,
                    width=picture.width,
                    height=picture.height,
                    media_type=picture.media_type,
                    made_by=MADE_BY,
                )
                for picture, stored in pictures
            ]
        )
        blob_keys.adopt(fresh, case_id=case_id)
    return [blob for blob in gone if blob not in fresh]


def inspected(
    actor: Actor, number: str, *, findings: bool = False, only: int | None = None
) -> dict[int, Inspected]:
    """What was seen of the exhibits of a case by number, for whoever may see the case. Empty for anybody else.

    Which exhibits a reader may see is for the caller to say: this is one case's rows, not one exhibit's gate.
    """
    row = visible(actor).filter(number=number).select_related("sealed_key").first()
    if row is None:
        return {}
    key = case_key(row) if findings else None
    rows = InspectionRow.objects.filter(case_id=row.id)
    pictures = RenditionRow.objects.filter(case_id=row.id).order_by("no", "form", "page")
    if only is not None:
        rows, pictures = rows.filter(no=only), pictures.filter(no=only)
    if not findings:
        rows = rows.defer("findings")
    renditions: dict[int, list[Rendition]] = defaultdict(list)
    for item in pictures:
        renditions[item.no].append(
            Rendition(
                Form(item.form), item.page, item.blob, item.size, item.width, item.height, item.media_type
            )
        )
    return {
        item.no: Inspected(
            no=item.no,
            verdict=Verdict(item.verdict),
            reason=Reason(item.reason),
            notes=tuple(Note(name) for name in item.notes),
            picked=item.picked,
            renditions=tuple(renditions[item.no]),
            findings=_opened(item.findings, key=key, about=_about(row.id, item.no))
            if key is not None
            else {},
        )
        for item in rows
    }


def pick(case_id: str, no: int, row: int | None) -> bool:
    """Note which row of a bill is meant; False when the exhibit was not inspected."""
    return InspectionRow.objects.filter(case_id=case_id, no=no).update(picked=row) == 1


def blobs_of(case_id: str) -> list[str]:
    """The vault's names of all pictures of a case."""
    return list(RenditionRow.objects.filter(case_id=case_id).values_list("blob", flat=True))


def drop_renditions(case_id: str) -> None:
    """Forget the pictures of a case, once the vault has deleted them."""
    RenditionRow.objects.filter(case_id=case_id).delete()


def queue_again(*, confined: bool, now: datetime) -> int:
    """Queue exhibits for another look: those of an older inspector, and where it is confined now those left unseen.

    At most some hundred at a time, oldest version first; each once for a version.
    """
    asked = "inspection.made_by < %s" + (" OR inspection.reason = 'off'" if confined else "")
    found = select(
        "SELECT inspection.case_id, inspection.no, cases.number, cases.operator FROM store_inspection AS inspection "
        f"JOIN store_case AS cases ON cases.id = inspection.case_id WHERE {asked} "
        f"ORDER BY inspection.made_by, inspection.case_id, inspection.no LIMIT {_STALE_BATCH}",
        [MADE_BY],
    )
    new = [
        NewJob(
            "inspect",
            f"{case}:inspect:{no}:{MADE_BY}:{int(confined)}",
            {"number": number, "no": str(no), "operator": operator},
            now,
        )
        for case, no, number, operator in found
    ]
    enqueue(new)
    return len(new)


def left_unseen() -> bool:
    """Whether exhibits have no preview because no worker could lock an inspector in; one that can looks again."""
    return InspectionRow.objects.filter(reason=Reason.off.value).exists()


def _about(case_id: str, no: int) -> str:
    return f"findings/{case_id}/{no}"


def _sealed(findings: Mapping[str, Any], *, key: bytes, about: str) -> bytes:
    return seal(zlib.compress(json.dumps(findings).encode()), key=key, about=about)


def _opened(sealed: bytes | memoryview, *, key: bytes, about: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(unseal(sealed, key=key, about=about)))
    return found
