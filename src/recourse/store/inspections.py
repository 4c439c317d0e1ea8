# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What inspectors made of exhibits: kept beside the case, read through the gate, gone with its erasure."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from recourse.core.actor import Actor
from recourse.core.inspection import MADE_BY, Form, Inspection, Note, Picture, Reason, Verdict
from recourse.core.masking import MaskKind
from recourse.core.port import StoredBlob
from recourse.core.reading import Readings, plain_page, read_page
from recourse.core.region import Page, Proposal
from recourse.core.screen import Region
from recourse.store import blob_keys
from recourse.store.access import case_key, visible
from recourse.store.jobs import NewJob, enqueue
from recourse.store.models import CaseKey, InspectionRow, MaskedRow, RenditionRow
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
    """An exhibit as an inspector saw it. `findings` and `pages` (lines read) are empty unless they were asked for.

    `proposed` is what to mask, `masked` the pictures with `drawn` black; `drawn` is None while they wait to be drawn.
    """

    no: int
    verdict: Verdict
    reason: Reason
    notes: tuple[Note, ...]
    picked: int | None
    renditions: tuple[Rendition, ...]
    findings: Mapping[str, Any] = field(default_factory=dict)
    reading: Readings = Readings.none
    pages: tuple[Page, ...] = ()
    proposed: tuple[Proposal, ...] = ()
    masked: tuple[Rendition, ...] = ()
    drawn: tuple[Region, ...] | None = ()

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
    reading: Readings = Readings.none,
    pages: Sequence[Page] = (),
    proposed: Sequence[Proposal] = (),
) -> list[str]:
    """Keep an inspection in place of an earlier one; the blobs that nobody needs any more, for the vault to delete.

    Masked pictures of the earlier one are gone with it, until they are drawn anew. A case that was erased meanwhile keeps nothing: then these are the new blobs themselves.
    """
    fresh = [stored.blob for _, stored in pictures]
    with transaction.atomic():
        # The erasure deletes this row; whoever holds it decides who was first.
        if not CaseKey.objects.select_for_update().filter(case_id=case_id).exists():
            return fresh
        gone = _take_away(RenditionRow, case_id, no) + _take_away(MaskedRow, case_id, no)
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
                "reading": reading.value,
                "lines": _sealed(
                    {"pages": [plain_page(page) for page in pages]}, key=key, about=_lines_of(case_id, no)
                ),
                "proposed": [[item.kind.value, *_plain(item.region)] for item in proposed],
                "drawn": None,
            },
        )
        RenditionRow.objects.bulk_create(_rows(RenditionRow, case_id, no, pictures))
        blob_keys.adopt(fresh, case_id=case_id)
    return [blob for blob in gone if blob not in fresh]


def keep_masked(
    case_id: str, no: int, regions: Sequence[Region], pictures: Sequence[tuple[Picture, StoredBlob]]
) -> list[str]:
    """Keep what was drawn for the other side in place of what was there; the blobs that nobody needs any more."""
    fresh = [stored.blob for _, stored in pictures]
    with transaction.atomic():
        if not CaseKey.objects.select_for_update().filter(case_id=case_id).exists():
            return fresh
        gone = _take_away(MaskedRow, case_id, no)
        MaskedRow.objects.bulk_create(_rows(MaskedRow, case_id, no, pictures))
        drawn = [_plain(region) for region in regions]
        InspectionRow.objects.filter(case_id=case_id, no=no).update(drawn=drawn)
        blob_keys.adopt(fresh, case_id=case_id)
    return [blob for blob in gone if blob not in fresh]


def _take_away(table: type[RenditionRow] | type[MaskedRow], case_id: str, no: int) -> list[str]:
    old = table.objects.filter(case_id=case_id, no=no)
    gone = list(old.values_list("blob", flat=True))
    old.delete()
    return gone


def _rows(
    table: type[Any], case_id: str, no: int, pictures: Sequence[tuple[Picture, StoredBlob]]
) -> list[Any]:
    return [
        table(
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


def _plain(region: Region) -> list[int]:
    return [region.page, region.left, region.top, region.right, region.bottom]


def inspected(
    actor: Actor, number: str, *, findings: bool = False, only: Collection[int] | None = None
) -> dict[int, Inspected]:
    """What was seen of the exhibits of a case by number, for whoever may see the case. Empty for anybody else.

    Which exhibits a reader may see is for the caller to say: this is one case's rows, not one exhibit's gate.
    """
    row = visible(actor).filter(number=number).select_related("sealed_key").first()
    if row is None:
        return {}
    key = case_key(row) if findings else None
    rows = InspectionRow.objects.filter(case_id=row.id)
    if only is not None:
        rows = rows.filter(no__in=only)
    if not findings:
        rows = rows.defer("findings", "lines")
    renditions = _renditions(RenditionRow, row.id, only)
    masked = _renditions(MaskedRow, row.id, only)
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
            reading=Readings(item.reading),
            pages=_pages(item, key) if key is not None else (),
            proposed=tuple(Proposal(MaskKind(kind), Region(*place)) for kind, *place in item.proposed),
            masked=tuple(masked[item.no]),
            drawn=None if item.drawn is None else tuple(Region(*place) for place in item.drawn),
        )
        for item in rows
    }


def _renditions(
    table: type[RenditionRow] | type[MaskedRow], case_id: str, only: Collection[int] | None
) -> dict[int, list[Rendition]]:
    rows = table.objects.filter(case_id=case_id).order_by("no", "form", "page")
    if only is not None:
        rows = rows.filter(no__in=only)
    found: dict[int, list[Rendition]] = defaultdict(list)
    for item in rows:
        found[item.no].append(
            Rendition(
                Form(item.form), item.page, item.blob, item.size, item.width, item.height, item.media_type
            )
        )
    return found


def _pages(row: InspectionRow, key: bytes) -> tuple[Page, ...]:
    if row.lines is None:
        return ()
    kept = _opened(row.lines, key=key, about=_lines_of(row.case_id, row.no))["pages"]
    return tuple(page for item in kept if (page := read_page(item)) is not None)


def pick(case_id: str, no: int, row: int | None) -> bool:
    """Note which row of a bill is meant; False when the exhibit was not inspected."""
    return InspectionRow.objects.filter(case_id=case_id, no=no).update(picked=row) == 1


def blobs_of(case_id: str) -> list[str]:
    """The vault's names of all pictures of a case."""
    return [
        blob
        for table in (RenditionRow, MaskedRow)
        for blob in table.objects.filter(case_id=case_id).values_list("blob", flat=True)
    ]


def drop_renditions(case_id: str) -> None:
    """Forget the pictures of a case, once the vault has deleted them."""
    RenditionRow.objects.filter(case_id=case_id).delete()
    MaskedRow.objects.filter(case_id=case_id).delete()


def queue_again(*, confined: bool, reads: bool, now: datetime) -> int:
    """Queue exhibits for another look: those of an older inspector, where it is confined now those left unseen, and
    where pictures are read now those that were not.

    At most some hundred at a time, oldest version first; each once for a version.
    """
    asked = "inspection.made_by < %s" + (" OR inspection.reason = 'off'" if confined else "")
    asked += " OR inspection.reading = 'none'" if reads else ""
    found = select(
        "SELECT inspection.case_id, inspection.no, cases.number, cases.operator FROM store_inspection AS inspection "
        f"JOIN store_case AS cases ON cases.id = inspection.case_id WHERE {asked} "
        f"ORDER BY inspection.made_by, inspection.case_id, inspection.no LIMIT {_STALE_BATCH}",
        [MADE_BY],
    )
    new = [
        NewJob(
            "inspect",
            f"{case}:inspect:{no}:{MADE_BY}:{int(confined)}{':read' if reads else ''}",
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


def _lines_of(case_id: str, no: int) -> str:
    return f"lines/{case_id}/{no}"


def _sealed(findings: Mapping[str, Any], *, key: bytes, about: str) -> bytes:
    return seal(zlib.compress(json.dumps(findings).encode()), key=key, about=about)


def _opened(sealed: bytes | memoryview, *, key: bytes, about: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(unseal(sealed, key=key, about=about)))
    return found
