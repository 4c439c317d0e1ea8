# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a time stamp says: the digest it is over and its time, read from an RFC 3161 reply (DER).

The authority's signature is not looked at here: that needs certificates, and is done with a library where there is one.
"""

import re
from dataclasses import dataclass

_SEQUENCE, _SET, _INTEGER, _OCTETS, _OID, _TIME, _EXPLICIT = 0x30, 0x31, 0x02, 0x04, 0x06, 0x18, 0xA0
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")  # 1.2.840.113549.1.9.16.1.4
_SHA256 = bytes.fromhex("608648016503040201")  # 2.16.840.1.101.3.4.2.1
_GENERALIZED = re.compile(rb"[0-9]{14}(?:\.[0-9]{1,9})?Z")

Element = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A granted time stamp: SHA-256 (32 bytes) of what it is over, and its time such as 20261124153000Z."""

    imprint: bytes
    time: str


class _Odd(ValueError):
    """The bytes are not the structure that was expected."""


def read_stamp(data: bytes) -> Stamp | None:
    """The stamp of a whole TimeStampResp, or None when the bytes are none, or the stamp was not granted."""
    try:
        status, token = _children(_only(data, _SEQUENCE), _SEQUENCE, _SEQUENCE)
        if _children(status, _INTEGER)[0] not in (b"\x00", b"\x01"):
            return None
        kind, wrapped = _children(token, _OID, _EXPLICIT)
        _, _, inner = _children(_only(wrapped, _SEQUENCE), _INTEGER, _SET, _SEQUENCE)
        content_kind, content = _children(inner, _OID, _EXPLICIT)
        if (kind, content_kind) != (_SIGNED_DATA, _TST_INFO):
            return None
        info = _only(_only(content, _OCTETS), _SEQUENCE)
        _, _, imprint, _, time = _children(info, _INTEGER, _OID, _SEQUENCE, _INTEGER, _TIME)
        algorithm, digest = _children(imprint, _SEQUENCE, _OCTETS)
        right = _children(algorithm, _OID)[0] == _SHA256 and len(digest) == 32
    except _Odd:
        return None
    return Stamp(digest, time.decode()) if right and _GENERALIZED.fullmatch(time) else None


def _only(data: bytes, tag: int) -> bytes:
    """The content of the one element that these bytes are."""
    items = _elements(data)
    if len(items) != 1 or items[0][0] != tag:
        raise _Odd
    return items[0][1]


def _children(data: bytes, *tags: int) -> list[bytes]:
    """The contents of the first elements of a structure, which have these tags; more may follow."""
    items = _elements(data)[: len(tags)]
    if [tag for tag, _ in items] != list(tags):
        raise _Odd
    return [content for _, content in items]


def _elements(data: bytes) -> list[Element]:
    """Tag and content of elements that stand one after another: one-byte tags, definite lengths of at most 4 bytes."""
    found, at = [], 0
    while at < len(data):
        if at + 2 > len(data):
            raise _Odd
        tag, length, at = data[at], data[at + 1], at + 2
        if length >= 0x80:
            more = length - 0x80
            if not 1 <= more <= 4 or at + more > len(data):
                raise _Odd
            length, at = int.from_bytes(data[at : at + more], "big"), at + more
        if at + length > len(data):
            raise _Odd
        found.append((tag, data[at : at + length]))
        at += length
    return found
