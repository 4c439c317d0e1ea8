# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The keys of sealed files, wrapped under the installation's blob key; the vault asks for them by name."""

from collections.abc import Sequence
from datetime import datetime

from recourse.core.port import Clock
from recourse.store.fault_point import fault_point
from recourse.store.models import BlobKey
from recourse.store.sealing import purpose_key, seal, unseal


class BlobKeys:
    """What the vault needs to know of keys: keep one, give it back, destroy it."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock

    def keep(self, blob: str, key: bytes) -> None:
        """Keep a new blob's key."""
        keep_key(blob, key, now=self._clock.now())
        fault_point("blob.key_stored")

    def key(self, blob: str) -> bytes | None:
        """The key again; None once it was destroyed."""
        row = BlobKey.objects.filter(pk=blob).first()
        return None if row is None else unseal(row.wrapped, key=purpose_key("blob"), about=f"blob-key/{blob}")

    def destroy(self, blob: str) -> None:
        """Erase a file for good: without its key every copy of it is noise."""
        BlobKey.objects.filter(pk=blob).delete()


def adopt(blobs: Sequence[str], *, case_id: str) -> None:
    """These blobs are exhibits of a case now; called within the commit."""
    if blobs:
        BlobKey.objects.filter(blob__in=blobs).update(case_id=case_id)


def orphans(*, before: datetime, limit: int = 100) -> list[str]:
    """Blobs sealed before a moment that no case names: uploads that were never finished."""
    found = BlobKey.objects.filter(case_id="", stored_at__lt=before).order_by("stored_at", "blob")
    return list(found.values_list("blob", flat=True)[:limit])


def keep_key(blob: str, key: bytes, *, now: datetime) -> None:
    """Keep one key."""
    wrapped = seal(key, key=purpose_key("blob"), about=f"blob-key/{blob}")
    BlobKey.objects.create(blob=blob, wrapped=wrapped, stored_at=now)
