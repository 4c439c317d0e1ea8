# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Sealed files in a local folder: file and folder are synced before anybody is told that they are kept."""

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from recourse.core.calendar import CHINA
from recourse.gateways.sealed_file import digest_of
from recourse.gateways.sealed_store import Lack, Listed, StoreTrouble, checked_name

_COPY = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# File systems that have no way to sync a folder say one of these; there the rename itself is durable.
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


class FolderStore:
    """`SealedStore` in a folder: 256 folders by the first two letters of the name."""

    def __init__(self, folder: Path, *, passing: Callable[[str], None] = lambda _name: None) -> None:
        self._folder = folder
        self._passing = passing
        self._laid_out = False

    def keep(self, blob: str, sealed: Path) -> None:
        """Give the file its name, sync it, sync the folder.

        The name comes first because a journal that writes the file's bytes out then writes its name as well, and the
        second wait is for nothing. A power cut in between leaves a torn file that nobody was told of: no key opens it,
        no reading would serve it, and the sweep takes it.
        """
        path = self._path(blob)
        with disk_trouble():
            self._lay_out()
            if self._lies_whole(path, blob):
                return
            self._place(sealed, path)
            self._passing("blob.renamed")
            try:
                sync_file(path)
                self._passing("blob.synced")
                _sync_folder(path.parent)
            except OSError:
                # What may not be on the disk must not have the name; the same file is never synced a second time.
                with suppress(OSError):
                    path.unlink()
                raise

    def fetch(self, blob: str) -> BinaryIO | None:
        """The file, opened."""
        try:
            with disk_trouble():
                return self._path(blob).open("rb")
        except FileNotFoundError:
            return None

    def remove(self, blob: str) -> None:
        """Take the file away, durably."""
        path = self._path(blob)
        with disk_trouble(), suppress(FileNotFoundError):
            path.unlink()
            _sync_folder(path.parent)

    def names(self) -> Iterator[Listed]:
        """Every file under its name."""
        for number in range(256):
            folder = self._folder / f"{number:02x}"
            with disk_trouble():
                entries = sorted(os.scandir(folder), key=lambda e: e.name) if folder.is_dir() else []
            for entry in entries:
                with suppress(FileNotFoundError, ValueError):
                    at = datetime.fromtimestamp(entry.stat().st_mtime, tz=CHINA)
                    yield Listed(checked_name(f"{number:02x}{entry.name}"), at)

    def sweep(self, before: datetime) -> int:
        """Take away copies that were never finished."""
        return sweep_drafts(self._folder / "drafts", before)

    def _lies_whole(self, path: Path, blob: str) -> bool:
        if not os.path.exists(path):
            return False
        try:
            with path.open("rb") as file:
                return digest_of(file) == blob
        except FileNotFoundError:
            return False

    def _place(self, sealed: Path, path: Path) -> None:
        try:
            os.replace(sealed, path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            # The draft lies on another disk: copied first, then renamed, so that no half file has the name.
            near = self._folder / "drafts" / secrets.token_hex(16)
            near.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                _copy(sealed, near)
                os.replace(near, path)
            finally:
                near.unlink(missing_ok=True)

    def _lay_out(self) -> None:
        """All folders at once and durable, so that a file costs one sync of a folder and not two."""
        if not self._laid_out:
            for number in range(256):
                (self._folder / f"{number:02x}").mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(self._folder)
            self._laid_out = True

    def _path(self, blob: str) -> Path:
        checked_name(blob)
        return self._folder / blob[:2] / blob[2:]


@contextmanager
def disk_trouble() -> Iterator[None]:
    """What the disk refuses becomes StoreTrouble; a file that is not there stays what it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        lack = Lack.full if error.errno in _FULL else Lack.away
        raise StoreTrouble(lack, errno.errorcode.get(error.errno or 0, "OSError")) from error


def sync_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def create(path: Path) -> int:
    """A new file that its owner alone reads; its descriptor."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte, whatever a single call takes."""
    done = os.write(descriptor, data)
    while done < len(data):
        done += os.write(descriptor, memoryview(data)[done:])


def sweep_drafts(folder: Path, before: datetime) -> int:
    """Take away the drafts of a folder that nobody has written to since a moment; how many."""
    swept = 0
    with suppress(FileNotFoundError):
        for entry in os.scandir(folder):
            with suppress(FileNotFoundError):
                if entry.is_file() and datetime.fromtimestamp(entry.stat().st_mtime, tz=CHINA) < before:
                    os.unlink(entry.path)
                    swept += 1
    return swept


def _copy(source: Path, target: Path) -> None:
    descriptor = create(target)
    try:
        with source.open("rb") as file:
            while piece := file.read(_COPY):
                write_all(descriptor, piece)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)
