# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A draft on the disk: bytes are hashed as they are written, and a big file is written beside the work, not after it.

A small file is written at once. From the second megabyte on one thread hashes and writes while the caller seals the next
piece, and another lets the disk begin, so that the last sync finds little left to do. Memory stays small: the caller waits
when the writer is behind. An error of either thread is the draft's error: a failed sync is never forgotten.
"""

import hashlib
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from recourse.gateways.sealed_folder import create, disk_trouble, write_all

_AT_ONCE = 1024 * 1024
_WAITING = 64  # pieces of 64 KiB
_FLUSHED = 8 * 1024 * 1024


class Draft:
    """A file that is being written; `path` until a store takes it away."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._name = hashlib.sha256()
        self._written = 0
        self._behind: _Behind | None = None

    def write(self, data: bytes) -> None:
        """Add bytes. Raises StoreTrouble when the disk does not take them."""
        self._written += len(data)
        if self._behind is None and self._written > _AT_ONCE:
            self._behind = _Behind(self._put, self._descriptor)
        if self._behind is None:
            with disk_trouble():
                self._put(data)
        else:
            self._behind.hand(data)

    def finish(self) -> str:
        """Wait until every byte was written; the name that they have a right to. Raises StoreTrouble."""
        self._stop()
        return self._name.hexdigest()

    def close(self) -> None:
        """Whatever became of it: no thread and no descriptor stays."""
        if self._behind is not None:
            self._behind.abandon()
            self._behind = None
        os.close(self._descriptor)

    def _stop(self) -> None:
        behind, self._behind = self._behind, None
        if behind is not None:
            behind.finish()

    def _put(self, data: bytes) -> None:
        self._name.update(data)
        write_all(self._descriptor, data)


class _Behind:
    """Two threads behind a draft: one writes, one lets the disk begin."""

    def __init__(self, put: Callable[[bytes], None], descriptor: int) -> None:
        self._put = put
        self._descriptor = descriptor
        self._pieces: Queue[bytes | None] = Queue(_WAITING)
        self._flushes: Queue[bool] = Queue()
        self._error: OSError | None = None
        self._threads = [
            threading.Thread(target=target, name="vault-draft", daemon=True)
            for target in (self._write, self._flush)
        ]
        for thread in self._threads:
            thread.start()

    def hand(self, data: bytes) -> None:
        """Give a piece to the writer; waits when it is behind."""
        self._raise()
        self._pieces.put(data)

    def finish(self) -> None:
        """Wait for everything."""
        self.abandon()
        self._raise()

    def abandon(self) -> None:
        """Let both threads end."""
        self._pieces.put(None)
        for thread in self._threads:
            thread.join()

    def _raise(self) -> None:
        if self._error is not None:
            with disk_trouble():
                raise self._error

    def _write(self) -> None:
        length = 0
        while (piece := self._pieces.get()) is not None:
            if self._error is not None:
                continue  # taken off the queue, so that nobody waits for ever
            try:
                self._put(piece)
            except OSError as error:
                self._error = error
            length += len(piece)
            if length >= _FLUSHED:
                self._flushes.put(True)
                length = 0
        self._flushes.put(False)

    def _flush(self) -> None:
        while self._flushes.get():
            try:
                os.fdatasync(self._descriptor)
            except OSError as error:
                self._error = error


@contextmanager
def new_draft(spool: Path) -> Iterator[Draft]:
    """A draft in a folder; it is gone afterwards unless a store took it."""
    path = spool / secrets.token_hex(16)
    with disk_trouble():
        try:
            draft = Draft(path, create(path))
        except FileNotFoundError:
            spool.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = Draft(path, create(path))
    try:
        yield draft
    finally:
        draft.close()
        path.unlink(missing_ok=True)
