# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Signed notes (C2SP signed-note v1): a text, an empty line, and one line for each signature.

The core signs and verifies nothing by itself: whoever holds a key hands in `sign`, whoever checks hands in `Verify`.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

Sign = Callable[[bytes], bytes]
# (raw public key of 32 bytes, message, signature of 64 bytes) -> whether it holds
Verify = Callable[[bytes, bytes, bytes], bool]

KEY_SIZE = 32
SIGNATURE_SIZE = 64
# A note is small; what is longer was not written by a log.
NOTE_MAX = 64 * 1024
SIGNATURES_MAX = 64

_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


class BadNote(ValueError):
    """The bytes are no signed note; the message says why."""


class Kind(IntEnum):
    """The signature types in use. `alg` in the policy leaves room for others (ML-DSA-44 is 0x06)."""

    ed25519 = 0x01
    cosignature = 0x04  # timestamped, by a witness


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: the key's name, its 4-byte id, and the bytes after it."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"— {self.name} {encode(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key that is trusted for something: name, 32 raw bytes, and what it signs."""

    name: str
    key: bytes
    kind: Kind = Kind.ed25519

    @property
    def key_id(self) -> bytes:
        """SHA-256(name, newline, kind, key)[:4]."""
        return key_id(self.name, self.key, kind=self.kind)

    def vkey(self) -> str:
        """The key as C2SP writes it: name+hex id+base64(kind, key)."""
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.kind]) + self.key)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a newline, and its signatures."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def write(self) -> str:
        """The note as it is sent and stored."""
        return f"{self.text}\n" + "".join(item.line() for item in self.signatures)

    def by(self, key: NoteKey) -> tuple[NoteSignature, ...]:
        """The signatures that claim to be of this key."""
        return tuple(item for item in self.signatures if (item.name, item.key_id) == (key.name, key.key_id))

    def with_signatures(self, more: Iterable[NoteSignature]) -> "Note":
        """The note with further signatures; one that is there already is not written twice."""
        fresh = [item for item in more if item not in self.signatures]
        return Note(self.text, (*self.signatures, *dict.fromkeys(fresh)))


def key_id(name: str, key: bytes, *, kind: Kind) -> bytes:
    """The first four bytes of SHA-256(name || 0x0A || kind || key)."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def is_name(name: str) -> bool:
    """Whether a text may be the name of a key: not empty, no white space, no plus sign."""
    return bool(name) and "+" not in name and not any(c.isspace() or c < " " for c in name)


def read_note(given: str | bytes) -> Note:
    """Read a signed note strictly. Raises BadNote; at least one signature is there."""
    text = _decoded(given)
    body, gap, lines = text.rpartition("\n\n")
    if not gap:
        raise BadNote("there is no empty line before the signatures")
    return Note(body + "\n", read_signatures(lines))


def read_signatures(lines: str) -> tuple[NoteSignature, ...]:
    """Read signature lines alone, as a witness answers them. Raises BadNote."""
    if not lines.endswith("\n"):
        raise BadNote("the last line does not end")
    found = []
    for line in lines[:-1].split("\n"):
        shape = _LINE.fullmatch(line)
        if shape is None or not is_name(shape[1]):
            raise BadNote("a line is not a signature")
        blob = decode(shape[2])
        if len(blob) <= 4:
            raise BadNote("a signature is too short")
        found.append(NoteSignature(shape[1], blob[:4], blob[4:]))
    if len(found) > SIGNATURES_MAX:
        raise BadNote(f"there are more than {SIGNATURES_MAX} signatures")
    return tuple(found)


def sign_note(text: str, *, key: NoteKey, sign: Sign) -> NoteSignature:
    """An Ed25519 signature over a note's text."""
    return NoteSignature(key.name, key.key_id, sign(text.encode()))


def is_signed(note: Note, key: NoteKey, *, verify: Verify) -> bool | None:
    """Whether this Ed25519 key signed: None when it has no line; False when any of its lines is false."""
    mine = note.by(key)
    if not mine:
        return None
    return all(
        len(one.blob) == SIGNATURE_SIZE and verify(key.key, note.text.encode(), one.blob) for one in mine
    )


def encode(blob: bytes) -> str:
    """Base64 (RFC 4648 section 4)."""
    return base64.b64encode(blob).decode()


def decode(text: str, *, size: int | None = None) -> bytes:
    """Base64 back to bytes, in its one canonical spelling. Raises BadNote."""
    try:
        blob = base64.b64decode(text, validate=True)
    except ValueError:
        raise BadNote("this is not base64") from None
    if encode(blob) != text:
        raise BadNote("this base64 is not canonical")
    if size is not None and len(blob) != size:
        raise BadNote(f"{size} bytes were expected")
    return blob


def _decoded(given: str | bytes) -> str:
    if len(given) > NOTE_MAX:
        raise BadNote("the note is too long")
    try:
        text = given.decode() if isinstance(given, bytes) else given
        text.encode()
    except UnicodeError:
        raise BadNote("the note is not UTF-8") from None
    if any(c < " " and c != "\n" for c in text):
        raise BadNote("the note has control characters")
    return text
