# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What signer and witness keep: a folder of their own, one process at a time, on the disk before anything is answered."""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recourse.core.checkpoint.head import Head
from recourse.core.checkpoint.note import decode, encode
from recourse.core.merkle import HASH_SIZE


class Damaged(RuntimeError):
    """A file that was kept cannot be read; to go on without it would be to forget. A person must look."""


class Folder:
    """A private folder that one process holds for as long as it lives. Another one waits for its turn."""

    def __init__(self, path: Path) -> None:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self._lock = (path / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def read(self, name: str) -> Any:
        """A kept value, or None when there is none. Raises Damaged."""
        try:
            return json.loads((self.path / name).read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise Damaged(f"{self.path.name}/{name} cannot be read: {error}") from None

    def keep(self, name: str, value: Any) -> None:
        """Write a value: a new file, synced, renamed over the old one, and the folder synced."""
        draft = self.path / f".{name}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(json.dumps(value, sort_keys=True, indent=1).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path / name)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        self._sync()

    def keys(self) -> list[Ed25519PrivateKey]:
        """The private keys, oldest first; one is made when there is none."""
        kept = self.read("keys.json")
        if kept is None:
            kept = [Ed25519PrivateKey.generate().private_bytes_raw().hex()]
            self.keep("keys.json", kept)
        return [Ed25519PrivateKey.from_private_bytes(bytes.fromhex(item)) for item in kept]

    def heads(self) -> dict[str, Head]:
        """The newest head of each log by origin. Raises Damaged."""
        kept = self.read("state.json") or {}
        try:
            return {
                origin: Head(int(item["size"]), decode(item["root"], size=HASH_SIZE))
                for origin, item in kept.items()
            }
        except (KeyError, TypeError, ValueError) as error:
            raise Damaged(f"{self.path.name}/state.json cannot be read: {error}") from None

    def keep_heads(self, heads: dict[str, Head]) -> None:
        """Keep the newest heads."""
        self.keep("state.json", plain_heads(heads))

    def _sync(self) -> None:
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def plain_heads(heads: Mapping[str, Head]) -> dict[str, Any]:
    """Heads by origin as they are kept and told: the size, and the root in base64."""
    return {origin: {"size": head.size, "root": encode(head.root)} for origin, head in heads.items()}
