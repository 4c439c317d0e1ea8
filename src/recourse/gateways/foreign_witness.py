# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Witnesses that others run: who they are, and what each answered last about this log (C2SP tlog-witness).

An answer is kept in a file of the data folder, for every process of this machine. A cosignature tells size and root; a
refusal with 409 tells a size; a refusal of what should grow from its own size tells that its tree is another one.
"""

import json
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recourse.core.checkpoint.extension import Growth, Refusal
from recourse.core.checkpoint.head import Head
from recourse.core.checkpoint.note import KEY_SIZE, Kind, NoteKey, NoteSignature, decode, encode
from recourse.core.log import Declined, Seen


@dataclass(frozen=True, slots=True)
class ForeignWitness:
    """A witness that somebody else runs: its key, who that is, and where it listens."""

    key: NoteKey
    operator: str
    url: str


def read_foreign_witnesses(path: str) -> tuple[ForeignWitness, ...]:
    """The file of RECOURSE_WITNESSES: [{"name", "key", "operator", "url"}]. Raises ValueError with what is wrong."""
    if not path:
        return ()
    try:
        found = json.loads(Path(path).read_bytes())
        return tuple(
            ForeignWitness(
                NoteKey(item["name"], decode(item["key"], size=KEY_SIZE), Kind.cosignature),
                item["operator"],
                item["url"].rstrip("/"),
            )
            for item in found
        )
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"RECOURSE_WITNESSES must name a file of name, key, operator and url: {error}"
        ) from None


class WitnessAnswers:
    """What the witnesses of others answered last, by name and origin. The newest answer counts: it is what one keeps."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, name: str, asked: Growth, answer: tuple[NoteSignature, ...] | Declined) -> None:
        """Keep what an answer tells about the head that this witness keeps; many tell nothing."""
        told = _told(asked, answer)
        known = self._read()
        kept = known.get(name, {})
        before = kept.get(asked.checkpoint.origin)
        if told is None or before == told:
            return
        if before is not None and before["differs"] and told == _plain(before["size"]):
            return  # its size again: that is no news of its tree
        text = json.dumps({**known, name: {**kept, asked.checkpoint.origin: told}}, indent=1)
        write_whole(self._path, text.encode())

    def seen(self, names: Collection[str]) -> list[Seen]:
        """The heads that these witnesses told of."""
        return [
            Seen(name, origin, Head(told["size"], decode(told["root"])), differs=told["differs"])
            for name, logs in sorted(self._read().items())
            if name in names
            for origin, told in sorted(logs.items())
        ]

    def _read(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self._path.read_bytes())
        except (FileNotFoundError, ValueError):
            return {}  # asked again at the next start, and by the next checkpoint
        return found


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, whoever writes beside us."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(path)


def _told(asked: Growth, answer: tuple[NoteSignature, ...] | Declined) -> dict[str, Any] | None:
    head = asked.checkpoint.head
    if not isinstance(answer, Declined):
        return _plain(head.size, root=head.root)
    match answer.status, answer.size:
        case Refusal.conflict, int(size) if size != asked.old:
            return _plain(size)
        case Refusal.conflict, int(size) if size == head.size:
            return _plain(size, differs=True)  # the same size, and another root
        case Refusal.inconsistent, _ if asked.old:
            return _plain(asked.old, differs=True)  # it keeps this size, and ours does not grow from there
        case _:
            return None


def _plain(size: int, *, root: bytes = b"", differs: bool = False) -> dict[str, Any]:
    return {"size": size, "root": encode(root), "differs": differs}
