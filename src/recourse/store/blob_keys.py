# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The keys of sealed files, wrapped under a master key that can be changed; the vault asks for them by name."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.db.models import Count

from recourse.core.port import Clock
from recourse.store import jobs, rows
from recourse.store.durability import may_be_lost
from recourse.store.fault_point import REWRAPPED, fault_point
from recourse.store.models import BlobKey
from recourse.store.sealing import Unsealable, seal, unseal

_ROW = ("blob", "wrapped", "master", "case_id", "stored_at")


class Masters(Protocol):
    """The master keys of this installation."""

    def current(self) -> str:
        """The id of the key that new files are wrapped under."""

    def key(self, master: str) -> bytes | None:
        """A master key by its id; None when it was taken away."""


class BlobKeys:
    """What the vault needs to know of keys: keep one, give it back, destroy it. `copies` orders a copy of each file."""

    def __init__(self, *, clock: Clock, masters: Masters, copies: bool = False) -> None:
        self._clock = clock
        self._masters = masters
        self._copies = copies

    def keep(self, blob: str, key: bytes) -> None:
        """Keep a new blob's key.

        It is on the disk with the next commit that is: whoever is told of the file was told by such a commit. Without
        one the file is noise that is swept later.
        """
        now = self._clock.now()
        wrapped, master = self._wrap(blob, key)
        with may_be_lost():
            rows.insert("store_blob_key", _ROW, [(blob, wrapped, master, "", now)])
            if self._masters.current() != master:
                # A new master was made meanwhile, and the old one may be taken away at any moment.
                wrapped, master = self._wrap(blob, key)
                BlobKey.objects.filter(pk=blob).update(wrapped=wrapped, master=master)
            if self._copies:
                jobs.enqueue([jobs.NewJob("copy_blob", f"copy_blob:{blob}", {"blob": blob}, now)])
        fault_point("blob.key_stored")

    def key(self, blob: str) -> bytes | None:
        """The key again; None once it was destroyed."""
        row = BlobKey.objects.filter(pk=blob).values_list("wrapped", "master").first()
        return None if row is None else self._unwrap(blob, *row)

    def destroy(self, blob: str) -> None:
        """Erase a file for good: without its key every copy of it is noise."""
        BlobKey.objects.filter(pk=blob).delete()

    def mark(self, blob: str, *, damaged: bool) -> None:
        """Remember since when no copy of a file is whole, or that one is again."""
        found = BlobKey.objects.filter(pk=blob, damaged_at__isnull=damaged)
        found.update(damaged_at=self._clock.now() if damaged else None)

    def damaged_since(self, blobs: Sequence[str]) -> Mapping[str, datetime]:
        """Which of these are damaged, and since when."""
        if not blobs:
            return {}
        found = BlobKey.objects.filter(blob__in=blobs, damaged_at__isnull=False)
        return {blob: at for blob, at in found.values_list("blob", "damaged_at") if at is not None}

    def unknown(self, blobs: Sequence[str]) -> Sequence[str]:
        """Those that no key belongs to."""
        known = set(BlobKey.objects.filter(blob__in=blobs).values_list("blob", flat=True)) if blobs else set()
        return [blob for blob in blobs if blob not in known]

    def rewrap(self, *, limit: int) -> int:
        """Wrap up to `limit` keys under the current master that are under another; how many. 0 means: all are.

        Each batch is one transaction; broken off anywhere, the next call goes on where it stopped.
        """
        now = self._masters.current()
        with transaction.atomic():
            found = list(BlobKey.objects.select_for_update().exclude(master=now).order_by("blob")[:limit])
            for row in found:
                row.wrapped, row.master = self._wrap(
                    row.blob, self._unwrap(row.blob, row.wrapped, row.master)
                )
            BlobKey.objects.bulk_update(found, ["wrapped", "master"])
        fault_point(REWRAPPED)
        return len(found)

    def _wrap(self, blob: str, key: bytes) -> tuple[bytes, str]:
        master = self._masters.current()
        return seal(key, key=self._master(master), about=f"blob-key/{blob}"), master

    def _unwrap(self, blob: str, wrapped: bytes | memoryview, master: str) -> bytes:
        return unseal(wrapped, key=self._master(master), about=f"blob-key/{blob}")

    def _master(self, master: str) -> bytes:
        key = self._masters.key(master)
        if key is None:
            raise Unsealable(f"the master key {master} is not there")
        return key


def by_master() -> dict[str, int]:
    """How many files each master key wraps."""
    counted = BlobKey.objects.values_list("master").annotate(number=Count("blob")).order_by("master")
    return dict(counted)


def damaged() -> Sequence[tuple[str, str, datetime]]:
    """(case id, blob, since when) of every file that cannot be served."""
    found = BlobKey.objects.filter(damaged_at__isnull=False).order_by("damaged_at", "blob")
    return [(row.case_id, row.blob, row.damaged_at) for row in found if row.damaged_at is not None]


def after(blob: str, *, limit: int) -> list[str]:
    """The next names in order, for a look at all of them."""
    return list(BlobKey.objects.filter(blob__gt=blob).order_by("blob").values_list("blob", flat=True)[:limit])


def adopt(blobs: Iterable[str], *, case_id: str) -> None:
    """These blobs are exhibits of a case now; called within the commit."""
    for blob in blobs:
        rows.change("UPDATE store_blob_key SET case_id = %s WHERE blob = %s", [case_id, blob])


def abandon(*, case_id: str) -> None:
    """The blobs of a record that is forgotten are nobody's now; called in the transaction that forgets it."""
    BlobKey.objects.filter(case_id=case_id).update(case_id="")


def orphans(*, before: datetime, limit: int = 100) -> list[str]:
    """Blobs sealed before a moment that no case names: uploads never finished, files of a forgotten foreign record."""
    found = BlobKey.objects.filter(case_id="", stored_at__lt=before).order_by("stored_at", "blob")
    return list(found.values_list("blob", flat=True)[:limit])
