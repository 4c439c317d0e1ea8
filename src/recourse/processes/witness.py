# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The witness: cosigns checkpoints of the logs it was told about, if and only if they grew (C2SP tlog-witness).

`python -m recourse.processes.witness FOLDER [--port N]`. The folder holds its key, the newest head of each log, and
`logs.json`, which a person may write: {"origin": ["base64 key", …]}. It needs no database and knows no case. What it
keeps is on the disk before it answers; checking and keeping are one step under one lock.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from recourse.core.checkpoint.cosignature import cosign
from recourse.core.checkpoint.extension import NOTHING, Growth, Refusal, read_growth
from recourse.core.checkpoint.note import (
    KEY_SIZE,
    BadNote,
    Kind,
    NoteKey,
    decode,
    encode,
    is_signed,
)
from recourse.processes.kept_state import Damaged, Folder, plain_heads
from recourse.processes.listening import Answer, Asked, listen, serve_until_told
from recourse.processes.refusing import no_growth


class Witness:
    """The rule, the key and the memory of one witness."""

    def __init__(self, folder: Folder, *, now: Callable[[], int] = lambda: int(time.time())) -> None:
        self._folder = folder
        self._now = now
        self._lock = threading.Lock()
        self._private = folder.keys()[-1]
        public = self._private.public_key().public_bytes_raw()
        self.key = NoteKey(f"recourse.witness/{public.hex()[:16]}", public, Kind.cosignature)
        self._heads = folder.heads()
        folder.keep("public.json", {"name": self.key.name, "key": encode(public)})

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        match asked.method, asked.path:
            case "POST", "/add-checkpoint":
                return self.add_checkpoint(asked.body)
            case "GET", "/state":
                return Answer(200, json.dumps(plain_heads(self._heads), sort_keys=True), "application/json")
            case _:
                return Answer(404, "no such page\n")

    def add_checkpoint(self, body: bytes) -> Answer:
        """Cosign a checkpoint, or say why not."""
        try:
            asked = read_growth(body, signed=True)
        except BadNote as error:
            return Answer(Refusal.malformed, f"{error}\n")
        keys = self._trusted(asked.checkpoint.origin)
        if keys is None:
            return Answer(Refusal.unknown, "this log is not known here\n")
        if not any(_holds(asked, key) for key in keys):
            return Answer(Refusal.unsigned, "no key of this log signed it\n")
        with self._lock:
            last = self._heads.get(asked.checkpoint.origin, NOTHING)
            refused = no_growth(last, asked, what="seen")
            if refused is not None:
                return refused
            if asked.checkpoint.head != last:
                heads = {**self._heads, asked.checkpoint.origin: asked.checkpoint.head}
                self._folder.keep_heads(heads)
                self._heads = heads
        line = cosign(asked.note.text, key=self.key, time=self._now(), sign=self._private.sign)
        return Answer(200, line.line())

    def _trusted(self, origin: str) -> list[bytes] | None:
        """The keys of a log; None when it is not known. Read anew, so that a person may add a log while this runs."""
        try:
            found = (self._folder.read("logs.json") or {}).get(origin)
            return None if found is None else [decode(key, size=KEY_SIZE) for key in found]
        except (Damaged, BadNote, AttributeError, TypeError):
            return None


def _holds(asked: Growth, key: bytes) -> bool:
    """Whether this key signed, under whatever name: the keys are what is trusted."""
    return any(
        is_signed(asked.note, NoteKey(one.name, key), verify=verify) is True for one in asked.note.signatures
    )


def verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; behind another process that holds the folder. 1 when what it holds cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args(arguments)
    try:
        folder = Folder(given.folder)
        witness = Witness(folder)
    except Damaged as error:
        print(f"witness: {error}", file=sys.stderr)
        return 1
    serve_until_told(listen(witness.answer, port=given.port), address_file=given.folder / "address")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
