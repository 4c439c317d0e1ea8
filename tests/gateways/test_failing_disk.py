# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Disks that are full or fail, uploads that break off or never end: refused aloud, nothing kept by half, memory small."""

import errno
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from recourse.core.port import StoredBlob
from recourse.core.problem import Problems
from recourse.gateways.blobs import Vault, local_vault
from tests.gateways.key_ring import KeyRing

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
CALLS = ("open", "write", "fsync", "replace", "mkdir")


class FailingDisk:
    """The Nth call to the disk fails, once or from then on."""

    def __init__(self, patch: pytest.MonkeyPatch, *, number: int, code: int, always: bool) -> None:
        self.calls, self.failed = 0, 0
        self._number, self._code, self._always = number, code, always
        for name in CALLS:
            patch.setattr(os, name, self._wrapped(getattr(os, name)))

    def _wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def perhaps(*given: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self._number or (self._always and self.calls > self._number):
                self.failed += 1
                raise OSError(self._code, os.strerror(self._code))
            return call(*given, **named)

        return perhaps


def new_vault(tmp_path: Path) -> tuple[Vault, KeyRing, Path]:
    """A vault, its keys, its folder."""
    ring, folder = KeyRing(), tmp_path / "vault"
    return local_vault(folder, keys=ring), ring, folder


@pytest.mark.parametrize("always", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
def test_whichever_call_to_the_disk_fails_nothing_is_half_kept(
    tmp_path: Path, code: int, always: bool
) -> None:
    """SQLite's loop: fail the first call, the second, … until the upload comes through without a failure."""
    content = PNG + bytes(200_000)
    # The folders are laid out beforehand: 256 of them would be 256 times the same.
    vault, ring, folder = new_vault(tmp_path)
    first = vault.put([content], name="x.png")
    assert isinstance(first, StoredBlob)
    for number in range(1, 200):
        known = set(ring.keys)
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, number=number, code=code, always=always)
            answer = vault.put([content], name="x.png")
        if not disk.failed:
            break
        if isinstance(answer, Problems):
            expected = "vault_full" if code == errno.ENOSPC else "vault_away"
            assert answer.keys() == (expected,) and answer.items[0].do.zh and answer.items[0].do.en
            assert set(ring.keys) == known
        else:
            assert vault.get(answer.blob) == content
        assert list((folder / "drafts").iterdir()) == []
        assert vault.get(first.blob) == content
    assert 5 < number < 100 and isinstance(answer, StoredBlob)
    assert all(vault.get(blob) == content for blob in ring.keys)


def test_a_disk_that_is_really_full_is_told_apart(tmp_path: Path) -> None:
    """The system itself refuses to let a file grow; in a child, because the limit stays."""
    vault, _, folder = new_vault(tmp_path)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
            answer = vault.put([PNG, bytes(300_000)], name="x.png")
            os.write(writing, answer.keys()[0].encode() if isinstance(answer, Problems) else b"taken")
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    assert os.read(reading, 100) == b"vault_full"
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert isinstance(vault.put([PNG], name="x.png"), StoredBlob)


def test_an_upload_cut_at_any_piece_leaves_nothing(tmp_path: Path) -> None:
    vault, ring, folder = new_vault(tmp_path)
    pieces = [PNG + bytes(65_536 - len(PNG)), *(bytes([n]) * 65_536 for n in range(9))]

    def cut(after: int) -> Iterator[bytes]:
        yield from pieces[:after]
        raise ConnectionResetError("gone")

    for after in range(len(pieces) + 1):
        with pytest.raises(ConnectionResetError):
            vault.put(cut(after), name="x.png")
        assert ring.keys == {} and [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_stream_of_ten_gigabytes_is_refused_with_memory_to_spare(tmp_path: Path) -> None:
    vault, ring, folder = new_vault(tmp_path)
    piece = bytes(1024 * 1024)
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        yield b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42"
        for _ in range(10 * 1024):
            asked += 1
            yield piece

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = vault.put(endless(), name="x.mp4")
    assert isinstance(answer, Problems) and answer.keys() == ("file_too_big",)
    assert asked <= 201 and ring.keys == {}
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 <= 64 * 1024 * 1024


def test_a_big_file_is_read_in_pieces(tmp_path: Path) -> None:
    vault, _, _ = new_vault(tmp_path)
    head = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42"
    stored = vault.put([head, *(bytes([n]) * 1024 * 1024 for n in range(100))], name="x.mp4")
    assert isinstance(stored, StoredBlob)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    opened = vault.open(stored.blob)
    assert opened is not None and opened.size == stored.size
    assert sum(len(piece) for piece in opened.chunks) == stored.size
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 <= 16 * 1024 * 1024
