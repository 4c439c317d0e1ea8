# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The signer: holds the log's key and signs a checkpoint if and only if the tree grew from the last one it signed.

`python -m recourse.processes.signer FOLDER --name ORIGIN [--port N]`. The folder holds the key, the newest head of each
origin, and a token that whoever asks must know, so that no other program of this machine can let the log grow. What it
keeps is on the disk before it answers. Two requests change more than a head: a gap declaration begins a new origin, and a
rotation makes a new key; both are kept with what was declared.
"""

import argparse
import hmac
import json
import secrets
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recourse.core.canonical import canonical
from recourse.core.checkpoint.declaration import gap_message, rotation_message
from recourse.core.checkpoint.extension import NOTHING, Refusal, read_growth
from recourse.core.checkpoint.head import Head
from recourse.core.checkpoint.note import BadNote, NoteKey, encode, sign_note
from recourse.processes.kept_state import Damaged, Folder, plain_heads
from recourse.processes.listening import Answer, Asked, listen, serve_until_told
from recourse.processes.refusing import conflict, no_growth

_JSON = "application/json"


class Signer:
    """The rule, the keys and the memory of the log's signer."""

    def __init__(self, folder: Folder, *, name: str) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self.name = name
        self._private = folder.keys()
        self._heads = folder.heads()
        self._heads.setdefault(name, NOTHING)
        declared = self._declarations()
        # The one origin that may grow: after a gap was declared none of the earlier ones.
        self._origin = str(declared[-1]["origin"]) if declared else name
        token = folder.read("token")
        if token is None:
            token = secrets.token_hex(32)
            folder.keep("token", token)
        self._token: str = token
        self._publish()

    def answer(self, asked: Asked) -> Answer:
        """Answer one request; nothing without the token."""
        if not hmac.compare_digest(asked.token.encode(), self._token.encode()):
            return Answer(401, "the token is missing or another one\n")
        match asked.method, asked.path:
            case "GET", "/state":
                return Answer(200, json.dumps(self._state(), sort_keys=True), _JSON)
            case "POST", "/sign":
                return self.sign(asked.body)
            case "POST", "/declare":
                return self.declare(asked.body)
            case "POST", "/rotate":
                return self.rotate(asked.body)
            case _:
                return Answer(404, "no such page\n")

    def sign(self, body: bytes) -> Answer:
        """Sign a checkpoint with every key in use, or say why not."""
        try:
            asked = read_growth(body, signed=False)
        except BadNote as error:
            return Answer(Refusal.malformed, f"{error}\n")
        origin = asked.checkpoint.origin
        with self._lock:
            last = self._heads.get(origin)
            if last is None or origin != self._origin:
                return Answer(
                    Refusal.unknown, "this origin was never begun here, or ended with a declared gap\n"
                )
            refused = no_growth(last, asked, what="signed")
            if refused is not None:
                return refused
            if asked.checkpoint.head != last:
                self._keep({**self._heads, origin: asked.checkpoint.head})
            lines = [
                sign_note(asked.note.text, key=_named(self.name, key), sign=key.sign) for key in self._private
            ]
        return Answer(200, "".join(line.line() for line in lines))

    def declare(self, body: bytes) -> Answer:
        """Sign a gap declaration that names rightly what was signed last, and begin the origin it names."""
        statement = _object(body)
        if statement is None:
            return Answer(Refusal.malformed, "a JSON object was expected\n")
        with self._lock:
            before = self._heads.get(str(statement.get("before")), NOTHING)
            if not any(_is_at_least(statement.get(told), before) for told in ("seen", "held")):
                return conflict(before)
            origin = statement.get("origin")
            if not isinstance(origin, str) or not origin.startswith(f"{self.name}/"):
                return Answer(Refusal.malformed, "the new origin begins with the log's name\n")
            if origin in self._heads and self._heads[origin] != NOTHING:
                return conflict(self._heads[origin])
            self._folder.keep("declarations.json", [*self._declarations(), statement])
            self._origin = origin
            self._keep({**self._heads, origin: NOTHING})
            key = self._private[-1]
            line = sign_note(gap_message(statement), key=_named(self.name, key), sign=key.sign)
        return Answer(200, line.line())

    def rotate(self, body: bytes) -> Answer:
        """Make a new key. The statement that names both, signed by both, is what the log will hold."""
        statement = _object(body)
        if statement is None or set(statement) != {"at", "by"}:
            return Answer(Refusal.malformed, "at and by were expected\n")
        with self._lock:
            old, new = self._private[-1], Ed25519PrivateKey.generate()
            said = {
                **statement,
                "log": self.name,
                "old": encode(old.public_key().public_bytes_raw()),
                "new": encode(new.public_key().public_bytes_raw()),
            }
            message = rotation_message(said).encode()
            self._folder.keep("keys.json", [key.private_bytes_raw().hex() for key in (*self._private, new)])
            self._private = [*self._private, new]
            self._publish()
        signed = {**said, "signatures": [encode(old.sign(message)), encode(new.sign(message))]}
        return Answer(200, canonical(signed).decode(), _JSON)

    def _declarations(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._folder.read("declarations.json") or []
        return found

    def _keep(self, heads: dict[str, Any]) -> None:
        self._folder.keep_heads(heads)
        self._heads = heads

    def _publish(self) -> None:
        self._folder.keep("public.json", self._public())

    def _state(self) -> dict[str, Any]:
        return {**self._public(), "heads": plain_heads(self._heads)}

    def _public(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "keys": [encode(key.public_key().public_bytes_raw()) for key in self._private],
        }


def _named(name: str, key: Ed25519PrivateKey) -> NoteKey:
    return NoteKey(name, key.public_key().public_bytes_raw())


def _is_at_least(seen: Any, before: Head) -> bool:
    """Whether a declaration names what was signed last, or something larger: seen by a witness, or held still."""
    match seen:
        case {"size": int(size), "root": str(root)}:
            return size > before.size or (size, root) == (before.size, encode(before.root))
        case _:
            return False


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; behind another process that holds the folder. 1 when what it holds cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", required=True, help="the log's origin")
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args(arguments)
    try:
        signer = Signer(Folder(given.folder), name=given.name)
    except Damaged as error:
        print(f"signer: {error}", file=sys.stderr)
        return 1
    serve_until_told(listen(signer.answer, port=given.port), address_file=given.folder / "address")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
