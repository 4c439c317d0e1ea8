# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A turn at writing to one database file: one thread of one process has it at a time.

Within a process a lock hands it on at once. Between processes it is a lock on a file beside the database, which the
system takes back from a process that dies.
"""

import os
import threading
import time

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without file locks has SQLite's own waiting alone
    fcntl = None  # type: ignore[assignment]

# Between processes one thread of each asks this often.
_PAUSE = 0.0002
_threads: dict[str, threading.Lock] = {}


class Turn:
    """The right to write now."""

    def __init__(self, lock: threading.Lock, file: int) -> None:
        self._lock = lock
        self._file = file

    @classmethod
    def take(cls, database: str, *, patience: float) -> "Turn | None":
        """Wait up to `patience` seconds for the turn; None when it did not come."""
        until = time.monotonic() + patience
        lock = _threads.setdefault(database, threading.Lock())
        if not lock.acquire(timeout=patience):
            return None
        try:
            file = os.open(f"{database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except BaseException:
            lock.release()
            raise
        if _locked(file, until):
            return cls(lock, file)
        os.close(file)
        lock.release()
        return None

    def end(self) -> None:
        """Hand it on. Closing the file gives its lock back."""
        os.close(self._file)
        self._lock.release()


def _locked(file: int, until: float) -> bool:
    while fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_PAUSE)
    return True
