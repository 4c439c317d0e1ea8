# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Master keys: files of their own, so that they can be changed, kept on another disk and taken away.

One file a key, named by its id (`k0001-1a2b`: the number counts up), 32 bytes as hex, readable by the owner alone. The newest is the
current one. The key `root` is derived from the installation's secret; it wraps until the first file is made.
The folder is read again when it changes, so that a running server learns of a new key without a restart.
"""

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

ROOT = "root"
_ID = re.compile(r"k(\d{4})-[0-9a-f]{4}")
_BYTES = 32


def installed_masters() -> "MasterKeys":
    """The master keys of this installation, in RECOURSE_MASTER_KEYS."""
    return MasterKeys(settings.RECOURSE_MASTER_KEYS, root=settings.RECOURSE_KEYS["blob"])


class MasterKeys:
    """The master keys of a folder, and the one that comes from the secret."""

    def __init__(self, folder: Path, *, root: bytes) -> None:
        self._folder = folder
        self._root = root
        self._read: dict[str, bytes] = {}

    def ids(self) -> tuple[str, ...]:
        """All keys that can be used, the oldest first."""
        try:
            return (ROOT, *sorted(name for name in os.listdir(self._folder) if _ID.fullmatch(name)))
        except FileNotFoundError:
            return (ROOT,)

    def current(self) -> str:
        """The key that new files are wrapped under: the newest."""
        return self.ids()[-1]

    def key(self, master: str) -> bytes | None:
        """A key by its id; None when there is none."""
        if master == ROOT:
            return self._root
        if master not in self._read:
            try:
                self._read[master] = bytes.fromhex(self._path(master).read_text().strip())
            except FileNotFoundError:
                return None
        return self._read[master]

    def make(self) -> str:
        """A new key, on the disk when this returns; it is the current one from now on. Its id."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        newest = _ID.fullmatch(self.current())
        master = f"k{1 + int(newest[1]) if newest else 1:04d}-{secrets.token_hex(2)}"
        descriptor = os.open(self._path(master), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        self._sync()
        return master

    def drop(self, master: str) -> None:
        """Take a key away for good. Whoever calls this has looked that nothing is wrapped under it."""
        self._path(master).unlink()
        self._read.pop(master, None)
        self._sync()

    def _path(self, master: str) -> Path:
        if not _ID.fullmatch(master):
            raise ValueError(f"not the id of a master key: {master}")
        return self._folder / master

    def _sync(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
