# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault on a local disk: each file sealed under its own key, named by the digest of its ciphertext.

Bytes are on the disk (file, rename and folder synced) before anybody is told that they are kept. The key lies
elsewhere, so that erasing the key erases every copy of the file.

Format: the mark `RCB1`, then chunks of 64 KiB, each sealed with AES-256-GCM. The nonce is the chunk's number and
whether it is the last, so that no chunk can be moved, dropped or cut off; the key is used for this one file only.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recourse.core.port import StoredBlob
from recourse.core.problem import Problems
from recourse.gateways.media_type import ALLOWED, HEAD_BYTES, media_type, too_big

_MARK = b"RCB1"
_CHUNK = 64 * 1024
_TAG = 16


class Keys(Protocol):
    """Where the keys of blobs lie."""

    def keep(self, blob: str, key: bytes) -> None:
        """Keep a new blob's key, durably."""

    def key(self, blob: str) -> bytes | None:
        """The key, or None once it was destroyed."""

    def destroy(self, blob: str) -> None:
        """Forget the key for good."""


class _TooBig(Exception):
    """More bytes came than this kind of file may have."""


class LocalBlobs:
    """`Blobs` in a folder."""

    def __init__(self, folder: Path, *, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys
        self._laid_out = False

    def put(self, chunks: Iterable[bytes], *, name: str) -> StoredBlob | Problems:
        """Seal a file; it is on the disk when this returns. `name` is not believed and not kept here.

        Refuses kinds that are not on the list and files over their limit; nothing of them stays.
        """
        pieces = iter(chunks)
        head, pieces = _head(pieces)
        kind = media_type(head[:HEAD_BYTES])
        if isinstance(kind, Problems):
            return kind
        key = AESGCM.generate_key(256)
        plain = hashlib.sha256()
        draft = self._folder / "drafts" / secrets.token_hex(16)
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with _create(draft) as file:
                size, blob = _seal_into(file, pieces, key=key, limit=ALLOWED[kind], note=plain.update)
                file.flush()
                os.fsync(file.fileno())
            self._settle(draft, blob)
        except _TooBig:
            return too_big(kind)
        finally:
            draft.unlink(missing_ok=True)
        self._keys.keep(blob, key)
        return StoredBlob(blob=blob, digest=plain.hexdigest(), size=size, media_type=kind)

    def get(self, blob: str) -> bytes | None:
        """The bytes as handed over; None when they are erased, missing or damaged."""
        key = self._keys.key(blob)
        if key is None:
            return None
        try:
            sealed = self._path(blob).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(sealed).hexdigest() != blob:
            return None
        try:
            return b"".join(_unseal(sealed, key=key))
        except InvalidTag:
            return None

    def damaged(self, blob: str) -> bool:
        """Whether the sealed file is missing or its bytes changed; erasure of the key is no damage."""
        try:
            return hashlib.sha256(self._path(blob).read_bytes()).hexdigest() != blob
        except FileNotFoundError:
            return True

    def delete(self, blob: str) -> None:
        """Destroy the key, then remove the file."""
        self._keys.destroy(blob)
        self._path(blob).unlink(missing_ok=True)

    def _settle(self, draft: Path, blob: str) -> None:
        """Give the file its name, and make its folder entry durable."""
        if not self._laid_out:
            self._lay_out()
        path = self._path(blob)
        draft.replace(path)
        _sync(path.parent)

    def _lay_out(self) -> None:
        """All folders at once and durable, so that a file costs one sync of a folder and not two."""
        for number in range(256):
            (self._folder / f"{number:02x}").mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(self._folder)
        self._laid_out = True

    def _path(self, blob: str) -> Path:
        if len(blob) != 64 or not set(blob) <= set("0123456789abcdef"):
            raise ValueError("a blob is named by a digest")
        return self._folder / blob[:2] / blob[2:]


def _head(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, enough to tell the kind, and all bytes again."""
    begun = b""
    for piece in pieces:
        begun += piece
        if len(begun) >= HEAD_BYTES:
            break
    return begun, _again(begun, pieces)


def _again(begun: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield begun
    yield from pieces


def _seal_into(
    file: BinaryIO, pieces: Iterator[bytes], *, key: bytes, limit: int, note: Callable[[bytes], None]
) -> tuple[int, str]:
    """Write the sealed file; the plain size and the name. Raises _TooBig as soon as the limit is passed."""
    cipher, name, size, number, held = AESGCM(key), hashlib.sha256(_MARK), 0, 0, b""
    file.write(_MARK)

    def write(chunk: bytes, *, last: bool) -> None:
        nonlocal number
        sealed = cipher.encrypt(_nonce(number, last=last), chunk, None)
        name.update(sealed)
        file.write(sealed)
        number += 1

    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise _TooBig
        note(piece)
        held += piece
        # The last chunk is written after the loop, because only then is it known to be the last.
        while len(held) > _CHUNK:
            write(held[:_CHUNK], last=False)
            held = held[_CHUNK:]
    write(held, last=True)
    return size, name.hexdigest()


def _unseal(sealed: bytes, *, key: bytes) -> Iterator[bytes]:
    cipher, step = AESGCM(key), _CHUNK + _TAG
    if not sealed.startswith(_MARK):
        raise InvalidTag
    starts = range(len(_MARK), len(sealed), step)
    for number, start in enumerate(starts):
        last = number == len(starts) - 1
        yield cipher.decrypt(_nonce(number, last=last), sealed[start : start + step], None)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _create(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some file systems have no way to sync a folder; there the rename itself is durable.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
