# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault: each file sealed under its own key, named by the digest of its ciphertext, proven whole at every reading.

Bytes are kept, and proven to be, before anybody is told so. The key lies elsewhere, so that erasing the key erases every
copy of the file. A file that changed is never served: it is marked, and made whole again from the replica.
"""

import hmac
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol

from recourse.core.port import BlobHealth, OpenedBlob, StoredBlob
from recourse.core.problem import Problems, refuse
from recourse.gateways.media_type import ALLOWED, HEAD_BYTES, media_type, too_big
from recourse.gateways.sealed_draft import new_draft
from recourse.gateways.sealed_file import TooBig, Torn, digest_of, new_key, plain_size, seal, unseal
from recourse.gateways.sealed_folder import FolderStore, disk_trouble, sweep_drafts
from recourse.gateways.sealed_store import Lack, SealedStore, StoreTrouble, checked_name

log = logging.getLogger(__name__)

# A draft that nobody has written to for a day belongs to an upload that broke off.
DRAFT_AGE = timedelta(hours=24)
# A sealed file without a key is noise; it is given time all the same, should a backup of the keys come back.
KEYLESS_AGE = timedelta(days=31)
_KEYLESS_MANY = 100
# A file of this size is opened whole before the first byte leaves; a bigger one in pieces.
_AT_ONCE = 1024 * 1024


class Keys(Protocol):
    """Where the keys of blobs lie, and what is known of the health of each."""

    def keep(self, blob: str, key: bytes, *, made: bool = False) -> None:
        """Keep a new blob's key."""

    def key(self, blob: str) -> bytes | None:
        """The key, or None once it was destroyed."""

    def destroy(self, blob: str) -> None:
        """Forget the key for good."""

    def mark(self, blob: str, *, damaged: bool) -> None:
        """Remember since when a blob is damaged, or that it is whole again."""

    def damaged_since(self, blobs: Sequence[str]) -> Mapping[str, datetime]:
        """Which of these are damaged, and since when."""

    def unknown(self, blobs: Sequence[str]) -> Sequence[str]:
        """Those that no key belongs to."""


class Vault:
    """`Blobs` over one or two stores. `spool` holds drafts while they are sealed; `passing` names points of a put."""

    def __init__(
        self,
        store: SealedStore,
        *,
        keys: Keys,
        spool: Path,
        replica: SealedStore | None = None,
        sm3: bool = False,
        passing: Callable[[str], None] = lambda _name: None,
    ) -> None:
        self._store = store
        self._keys = keys
        self._spool = spool
        self._replica = replica
        self._sm3 = sm3
        self._passing = passing

    def put(self, chunks: Iterable[bytes], *, name: str, made: bool = False) -> StoredBlob | Problems:
        """Seal a file; it is kept and proven when this returns. `name` is not believed and not kept here.

        Refuses kinds that are not on the list, files over their limit, and everything while the store is full or away;
        nothing of them stays.
        """
        head, pieces = _head(iter(chunks))
        kind = media_type(head[:HEAD_BYTES])
        if isinstance(kind, Problems):
            return kind
        key = new_key()
        try:
            with new_draft(self._spool) as draft:
                sealed = seal(pieces, draft.write, key=key, limit=ALLOWED[kind], sm3=self._sm3)
                blob = draft.finish()
                self._passing("blob.drafted")
                self._store.keep(blob, draft.path)
                self._passing("blob.placed")
        except TooBig:
            return too_big(kind)
        except StoreTrouble as trouble:
            log.error("the vault did not take a file: %s", trouble)
            return _not_taken(trouble.lack)
        self._keys.keep(blob, key, made=made)
        return StoredBlob(blob, sealed.digest, sealed.size, kind, sealed.sm3)

    def get(self, blob: str) -> bytes | None:
        """The bytes as handed over; None when they are erased, missing or damaged."""
        opened = self.open(blob)
        try:
            return None if opened is None else b"".join(opened.chunks)
        except Torn:
            self._keys.mark(blob, damaged=True)
            return None

    def open(self, blob: str) -> OpenedBlob | None:
        """The bytes to be read in pieces: every sealed byte was checked before this returns.

        Each piece is checked again when it is opened, so that a change in between breaks the reading off (Torn).
        """
        checked_name(blob)
        key = self._keys.key(blob)
        if key is None:
            return None
        file = self._whole(blob)
        if file is None:
            return None
        size = plain_size(os.fstat(file.fileno()).st_size)
        if size > _AT_ONCE:
            return OpenedBlob(size, _reading(file, key))
        try:
            return OpenedBlob(size, iter((b"".join(_reading(file, key)),)))
        except Torn:
            self._keys.mark(blob, damaged=True)
            return None

    def damaged_since(self, blobs: Sequence[str]) -> Mapping[str, datetime]:
        """Which of these cannot be served, and since when that is known."""
        return self._keys.damaged_since(blobs)

    def check(self, blob: str) -> BlobHealth:
        """Look at every copy of a blob, mend what can be mended, and remember what cannot."""
        if self._keys.key(blob) is None:
            return BlobHealth.erased
        file, mended = self._look(blob)
        if file is None:
            self._keys.mark(blob, damaged=True)
            return BlobHealth.damaged
        with file:
            copied = not mended and self._copy(blob, file)
        self._keys.mark(blob, damaged=False)
        return BlobHealth.mended if mended or copied else BlobHealth.whole

    def delete(self, blob: str) -> None:
        """Destroy the key, then remove every copy. A copy that cannot be removed now is noise, and swept later."""
        self._keys.destroy(blob)
        for store in self._stores():
            try:
                store.remove(checked_name(blob))
            except StoreTrouble as trouble:
                log.error("a copy of an erased file stays for now: %s", trouble)

    def reachable(self) -> bool:
        """Whether every store answers."""
        try:
            for store in self._stores():
                next(store.names(), None)
        except StoreTrouble as trouble:
            log.error("a store of the vault does not answer: %s", trouble)
            return False
        return True

    def sweep(self, now: datetime) -> int:
        """Take away what unfinished uploads left: drafts, and sealed files that no key opens; how many.

        When many files have no key, it is the database that is wrong, and nothing is taken away.
        """
        swept = sweep_drafts(self._spool, now - DRAFT_AGE)
        for store in self._stores():
            swept += store.sweep(now - DRAFT_AGE)
            keyless, others = self._keyless(store, before=now - KEYLESS_AGE)
            if len(keyless) > max(_KEYLESS_MANY, others // 10):
                log.error("%d sealed files have no key: is this the right database? They stay.", len(keyless))
                continue
            for blob in keyless:
                store.remove(blob)
            swept += len(keyless)
        return swept

    def _keyless(self, store: SealedStore, *, before: datetime) -> tuple[list[str], int]:
        """The files older than a moment that no key belongs to, and how many others there are."""
        keyless: list[str] = []
        others, listed = 0, store.names()
        while batch := list(islice(listed, 500)):
            # A list may be stale, and a file is placed before its key is kept: only what is old is looked at.
            found = self._keys.unknown([item.blob for item in batch if item.kept_at < before])
            keyless.extend(found)
            others += len(batch) - len(found)
        return keyless, others

    def _stores(self) -> tuple[SealedStore, ...]:
        return (self._store,) if self._replica is None else (self._store, self._replica)

    def _whole(self, blob: str) -> BinaryIO | None:
        """The sealed bytes, proven; marks the blob when no copy is whole, and mends it from the replica."""
        try:
            file, mended = self._look(blob)
        except StoreTrouble as trouble:
            # Not to be had is not damaged: nothing is marked, and the reader is told to come back.
            log.error("the vault could not be read: %s", trouble)
            return None
        if file is None:
            self._keys.mark(blob, damaged=True)
        elif mended:
            self._keys.mark(blob, damaged=False)
        return file

    def _look(self, blob: str) -> tuple[BinaryIO | None, bool]:
        """A whole copy, and whether the first store had to be mended for it."""
        file = _proven(self._store, blob)
        if file is not None or self._replica is None:
            return file, False
        file = _proven(self._replica, blob)
        if file is None:
            return None, False
        log.error("a sealed file was damaged and is mended from the replica: %s", blob)
        with suppress(StoreTrouble):
            self._hand_on(blob, file, self._store)
        return file, True

    def _copy(self, blob: str, file: BinaryIO) -> bool:
        """Give the replica what it lacks; whether it lacked it."""
        if self._replica is None:
            return False
        there = _proven(self._replica, blob)
        if there is not None:
            there.close()
            return False
        self._hand_on(blob, file, self._replica)
        if self._keys.key(blob) is None:
            # Erased meanwhile: what was copied must not outlive the original.
            self._replica.remove(blob)
        return True

    def _hand_on(self, blob: str, file: BinaryIO, store: SealedStore) -> None:
        with new_draft(self._spool) as draft:
            file.seek(0)
            while piece := file.read(1024 * 1024):
                draft.write(piece)
            if draft.finish() != blob:
                raise StoreTrouble(Lack.away, "a copy changed on its way")
            store.keep(blob, draft.path)
        file.seek(0)


def local_vault(
    folder: Path, *, keys: Keys, sm3: bool = False, passing: Callable[[str], None] = lambda _name: None
) -> Vault:
    """A vault in one folder."""
    store = FolderStore(folder, passing=passing)
    return Vault(store, keys=keys, spool=folder / "drafts", sm3=sm3, passing=passing)


def _proven(store: SealedStore, blob: str) -> BinaryIO | None:
    """The bytes of one store, only if they are those that the name stands for."""
    file = store.fetch(blob)
    if file is None:
        return None
    try:
        with disk_trouble():
            if hmac.compare_digest(digest_of(file), blob):
                file.seek(0)
                return file
    except StoreTrouble:
        # A sector that cannot be read is damage like any other; the replica may have it.
        log.error("a sealed file cannot be read: %s", blob)
    file.close()
    return None


def _reading(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    with file:
        yield from unseal(file, key=key)


def _head(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, enough to tell the kind, and all bytes again."""
    begun: list[bytes] = []
    length = 0
    for piece in pieces:
        begun.append(piece)
        length += len(piece)
        if length >= HEAD_BYTES:
            break
    return b"".join(begun), _again(begun, pieces)


def _again(begun: list[bytes], pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from begun
    yield from pieces


def _not_taken(lack: Lack) -> Problems:
    if lack is Lack.full:
        return refuse(
            "vault_full",
            field="file",
            zh="存放证据的地方满了，这个文件没有收下。",
            en="There is no room left to keep files; this one was not taken.",
            do_zh="请保留原件，稍后再交；其他内容都还在。管理员已能看到这个情况。",
            do_en="Keep the original and hand it in later; everything else is kept. The operator can see this.",
        )
    return refuse(
        "vault_away",
        field="file",
        zh="文件没有存成，什么也没有留下。",
        en="The file could not be kept, and nothing of it stayed.",
        do_zh="请过几分钟再交一次；原件请先留着。",
        do_en="Hand it in again in a few minutes, and keep the original until then.",
    )
