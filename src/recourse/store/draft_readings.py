# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was read off the pictures of a draft: put in by the worker, opened by the draft's token alone, gone with the draft.

The worker has no token, so it seals into the draft's box, whose public half lies with the request to read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recourse.core.screen import Reading, ScreenField
from recourse.store import drafts
from recourse.store.jobs import NewJob, enqueue
from recourse.store.models import DraftReading
from recourse.store.sealed_box import box_of, seal_into, unseal_with
from recourse.store.sealing import Unsealable


@dataclass(frozen=True, slots=True)
class DraftPicture:
    """One picture of a draft: what was read off it, best first; None while that is still to be done."""

    blob: str
    asked_at: datetime
    found: tuple[Reading, ...] | None


def ask(token: str, pictures: Mapping[str, str], *, now: datetime) -> None:
    """These are the pictures (media types by the names of their blobs) that the draft has now: have those read that were
    not asked for, forget what was read off others. Nothing when the draft is gone.
    """
    with transaction.atomic():
        draft = drafts.hold(token, now=now)
        if not draft:
            return
        DraftReading.objects.filter(draft=draft).exclude(blob__in=pictures).delete()
        asked = set(DraftReading.objects.filter(draft=draft).values_list("blob", flat=True))
        new = [blob for blob in pictures if blob not in asked]
        box = box_of(drafts.box_secret(token))
        DraftReading.objects.bulk_create(
            [DraftReading(draft=draft, blob=blob, asked_at=now, box=box) for blob in new]
        )
        # The key begins with the draft, by which drafts take turns.
        enqueue([_job(draft, blob, pictures[blob], now) for blob in new])


def _job(draft: str, blob: str, media_type: str, now: datetime) -> NewJob:
    payload = {"draft": draft, "blob": blob, "media_type": media_type}
    return NewJob("read_draft", f"{draft}:read:{blob}", payload, now)


def waits(draft: str, blob: str) -> bool:
    """Whether this picture is still to be read: not once it was taken out, or its draft was filed or thrown away."""
    return DraftReading.objects.filter(draft=draft, blob=blob, sealed__isnull=True).exists()


def keep(draft: str, blob: str, found: Sequence[Reading]) -> bool:
    """Keep what was read; False when nobody wants it any more."""
    with transaction.atomic():
        rows = DraftReading.objects.filter(draft=draft, blob=blob)
        box = rows.values_list("box", flat=True).first()
        if box is None:
            return False
        plain = [[item.field.value, item.value, item.said, item.line, item.name] for item in found]
        sealed = seal_into(bytes(box), json.dumps(plain).encode(), about=_about(draft, blob))
        return rows.update(sealed=sealed) == 1


def read(token: str) -> dict[str, DraftPicture]:
    """The pictures of a draft by the names of their blobs. Empty for anybody who has not the token."""
    draft, box = token.partition(".")[0], box_of(drafts.box_secret(token))
    return {
        row.blob: DraftPicture(row.blob, row.asked_at, _opened(row, token))
        for row in DraftReading.objects.filter(draft=draft, box=box)
    }


def _opened(row: DraftReading, token: str) -> tuple[Reading, ...] | None:
    if row.sealed is None:
        return None
    try:
        plain = unseal_with(drafts.box_secret(token), row.sealed, about=_about(row.draft, row.blob))
    except Unsealable:
        return ()
    return tuple(
        Reading(ScreenField(field), value, said, line, name)
        for field, value, said, line, name in json.loads(plain)
    )


def _about(draft: str, blob: str) -> str:
    return f"draft-reading/{draft}/{blob}"
