# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The form of a sealed file: the mark `RCB1`, then chunks of 64 KiB, each sealed with AES-256-GCM.

The nonce is the chunk's number and whether it is the last, so that no chunk can be moved, dropped or cut off; the key is
used for this one file only. The name of a sealed file is the SHA-256 of all its bytes.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"RCB1"
CHUNK = 64 * 1024
TAG = 16
_STEP = CHUNK + TAG
_READ = 1024 * 1024


class TooBig(Exception):
    """More bytes came than this file may have."""


class Torn(Exception):
    """The sealed bytes are not what was sealed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was handed over, as it was before sealing: size in bytes, SHA-256, and SM3 or nothing."""

    size: int
    digest: str
    sm3: str


def new_key() -> bytes:
    """A key for one file."""
    return AESGCM.generate_key(256)


def seal(
    pieces: Iterable[bytes], write: Callable[[bytes], object], *, key: bytes, limit: int, sm3: bool
) -> Sealed:
    """Seal bytes as they come, writing the sealed ones. Raises TooBig as soon as the limit is passed."""
    cipher, plain = AESGCM(key), hashlib.sha256()
    second = _sm3() if sm3 else None
    size = 0

    def note(piece: bytes) -> None:
        nonlocal size
        size += len(piece)
        if size > limit:
            raise TooBig
        plain.update(piece)
        if second is not None:
            second.update(piece)

    write(MARK)
    for number, (chunk, last) in enumerate(_chunks(pieces, note)):
        write(cipher.encrypt(_nonce(number, last=last), chunk, None))
    return Sealed(size, plain.hexdigest(), second.finalize().hex() if second else "")


def unseal(file: BinaryIO, *, key: bytes) -> Iterator[bytes]:
    """The bytes as handed over, chunk by chunk. Raises Torn before it gives a chunk that was altered, moved or cut."""
    cipher, number = AESGCM(key), 0
    if file.read(len(MARK)) != MARK:
        raise Torn
    held = file.read(_STEP)
    while True:
        following = file.read(_STEP)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), held, None)
        except InvalidTag:
            raise Torn from None
        if not following:
            return
        held, number = following, number + 1


def digest_of(file: BinaryIO) -> str:
    """The name that these sealed bytes have a right to; the file stands at its end afterwards."""
    found = hashlib.sha256()
    while piece := file.read(_READ):
        found.update(piece)
    return found.hexdigest()


def plain_size(sealed: int) -> int:
    """How many bytes a sealed file of this size gives."""
    body = sealed - len(MARK)
    return max(0, body - TAG * -(-body // _STEP))


def _chunks(pieces: Iterable[bytes], note: Callable[[bytes], None]) -> Iterator[tuple[bytes, bool]]:
    """Chunks of full size, and the last with whether it is. The last is known only when nothing follows.

    Pieces that are chunks already, as uploads come, are passed on as they are.
    """
    held = b""
    for piece in pieces:
        note(piece)
        if not piece:
            continue
        if len(held) == CHUNK:
            yield held, False
            held = piece
        else:
            held = held + piece if held else piece
        if len(held) > CHUNK:
            # What is left may be a whole chunk and no more: it waits, because it may be the last.
            full = (len(held) - 1) // CHUNK * CHUNK
            for start in range(0, full, CHUNK):
                yield held[start : start + CHUNK], False
            held = held[full:]
    yield held, True


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _sm3() -> Any:
    return hashes.Hash(hashes.SM3())
