# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Cosignatures (C2SP tlog-cosignature v1): a witness says that this tree grew from the one it saw before, and when."""

from recourse.core.checkpoint.note import SIGNATURE_SIZE, Note, NoteKey, NoteSignature, Sign, Verify

_TIME_SIZE = 8


def cosigned_message(text: str, *, time: int) -> bytes:
    """The bytes under a cosignature: header, POSIX time, and the whole text of the checkpoint."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosign(text: str, *, key: NoteKey, time: int, sign: Sign) -> NoteSignature:
    """A witness's signature line over a checkpoint's text at `time` (POSIX seconds)."""
    blob = time.to_bytes(_TIME_SIZE, "big") + sign(cosigned_message(text, time=time))
    return NoteSignature(key.name, key.key_id, blob)


def cosigned_at(signature: NoteSignature) -> int:
    """The POSIX time that a cosignature states."""
    return int.from_bytes(signature.blob[:_TIME_SIZE], "big")


def is_cosigned(note: Note, key: NoteKey, *, verify: Verify) -> bool | None:
    """Whether this witness cosigned: None when it has no line; False when any of its lines is false."""
    mine = note.by(key)
    if not mine:
        return None
    return all(holds(one, text=note.text, key=key, verify=verify) for one in mine)


def holds(signature: NoteSignature, *, text: str, key: NoteKey, verify: Verify) -> bool:
    """Whether one cosignature over this text is the key's own."""
    time = cosigned_at(signature)
    if len(signature.blob) != _TIME_SIZE + SIGNATURE_SIZE or time >= 1 << 63:
        return False
    message = cosigned_message(text, time=time)
    return verify(key.key, message, signature.blob[_TIME_SIZE:])
