# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Two statements about the log itself, each signed and then a leaf of it: a gap, and a change of key.

A gap declaration says that leaves which were signed for are gone (an old backup was put back), which ones, who says so
and why. The log then goes on under a new origin, because under the old one nobody could grow from what is lost.
"""

from collections.abc import Mapping, Sequence

from recourse.core.canonical import Plain, canonical
from recourse.core.checkpoint.head import Head
from recourse.core.checkpoint.note import (
    KEY_SIZE,
    SIGNATURE_SIZE,
    BadNote,
    Verify,
    decode,
    encode,
    is_name,
)

_ROTATION = {"at", "by", "log", "new", "old", "signatures"}


def gap_statement(
    *, at: str, by: str, reason: str, before: str, seen: Head, seen_by: str, held: Head, origin: str
) -> dict[str, Plain]:
    """What is declared. `seen` is what `seen_by` saw of the origin `before`, `held` what the database still holds.

    Lost are the leaves [held.size, seen.size); when there are none, the two trees differ within, or who signed or
    witnessed remembers nothing. The root is empty where a witness told its size alone.
    """
    return {
        "at": at,
        "before": before,
        "by": by,
        "held": _head(held),
        "origin": origin,
        "reason": reason,
        "seen": _head(seen),
        "seen_by": seen_by,
    }


def gap_message(statement: Mapping[str, Plain]) -> str:
    """The text under the signature of a gap declaration."""
    return f"recourse.gap/v1\n{canonical(statement).decode()}\n"


def rotation_message(statement: Mapping[str, Plain]) -> str:
    """The text under both signatures of a change of key."""
    return f"recourse.rotation/v1\n{canonical(statement).decode()}\n"


def is_rotation(keys: Mapping[str, Plain], *, verify: Verify) -> bool:
    """Whether a change of key was signed by the old key and by the new one."""
    signatures = keys.get("signatures")
    if set(keys) != _ROTATION or not isinstance(signatures, Sequence) or len(signatures) != 2:
        return False
    message = rotation_message({k: v for k, v in keys.items() if k != "signatures"}).encode()
    try:
        return is_name(str(keys["log"])) and all(
            verify(decode(str(keys[name]), size=KEY_SIZE), message, decode(str(one), size=SIGNATURE_SIZE))
            for name, one in zip(("old", "new"), signatures, strict=True)
        )
    except BadNote:
        return False


def _head(head: Head) -> dict[str, Plain]:
    return {"size": head.size, "root": encode(head.root)}
