# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The contract of every store of sealed files: a folder, a bucket of moto, and a bucket that is stricter than real ones."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from recourse.core.calendar import CHINA
from recourse.gateways.sealed_bucket import BucketStore, Patience, connect, parse_bucket
from recourse.gateways.sealed_folder import FolderStore
from recourse.gateways.sealed_store import SealedStore
from tests.gateways.chaos_bucket import chaos_bucket

LONG_AGO = datetime(2020, 1, 1, tzinfo=CHINA)


class StandingStill:
    """Time for a store: it passes only by sleeping."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """Now."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Later."""
        self.slept.append(seconds)
        self.seconds += seconds


def bucket_at(
    url: str, spool: Path, *, passing: Any = None, read: float = 5.0, prefix: str = "vault"
) -> BucketStore:
    """A store over a bucket at an address of this machine."""
    bucket = parse_bucket(f"s3://evidence/{prefix}?endpoint={url}")
    patience = Patience(connect=2.0, read=read)
    return BucketStore(
        bucket,
        spool=spool,
        patience=patience,
        client=lambda: connect(bucket, patience),
        passing=passing or StandingStill(),
        chance=lambda: 0.5,
    )


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    """A moto server with one bucket."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        _credentials(patch)
        bucket = parse_bucket(f"s3://evidence/?endpoint={url}")
        connect(bucket, Patience()).create_bucket(Bucket="evidence")
    yield url
    server.stop()


def _credentials(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("AWS_ACCESS_KEY_ID", "test")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    patch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(params=["folder", "moto", "strict"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The same suite on each."""
    _credentials(monkeypatch)
    if request.param == "folder":
        yield FolderStore(tmp_path / "store")
    elif request.param == "moto":
        url = request.getfixturevalue("moto_url")
        yield bucket_at(url, tmp_path / "spool", prefix=tmp_path.name)
    else:
        with chaos_bucket() as bucket:
            yield bucket_at(bucket.url, tmp_path / "spool")


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[bytes], tuple[str, Path]]:
    """Make a sealed file to be kept: its name and where it lies."""

    def made(content: bytes) -> tuple[str, Path]:
        path = tmp_path / f"draft-{len(list(tmp_path.iterdir()))}"
        path.write_bytes(content)
        return hashlib.sha256(content).hexdigest(), path

    return made


def read(store: SealedStore, blob: str) -> bytes | None:
    """What lies there."""
    file = store.fetch(blob)
    if file is None:
        return None
    with file:
        return file.read()


@pytest.mark.parametrize("size", [0, 1, 70_000, 3_000_000])
def test_what_was_kept_comes_back(store: SealedStore, draft: Any, size: int) -> None:
    blob, path = draft(b"RCB1" + bytes(i % 253 for i in range(size)))
    store.keep(blob, path)
    found = read(store, blob)
    assert found is not None and hashlib.sha256(found).hexdigest() == blob


def test_what_was_never_kept_is_not_there(store: SealedStore) -> None:
    assert store.fetch("0" * 64) is None
    store.remove("0" * 64)


def test_keeping_twice_is_keeping_once(store: SealedStore, draft: Any) -> None:
    for _ in range(2):
        blob, path = draft(b"RCB1 twice")
        store.keep(blob, path)
    assert read(store, blob) == b"RCB1 twice"
    assert [listed.blob for listed in store.names()] == [blob]


def test_removing_removes(store: SealedStore, draft: Any) -> None:
    blob, path = draft(b"RCB1 gone")
    store.keep(blob, path)
    store.remove(blob)
    store.remove(blob)
    assert store.fetch(blob) is None and list(store.names()) == []


def test_all_names_come_in_order_whatever_the_pages(store: SealedStore, draft: Any) -> None:
    blobs = []
    for number in range(8):
        blob, path = draft(b"RCB1 %d" % number)
        store.keep(blob, path)
        blobs.append(blob)
    listed = list(store.names())
    assert [item.blob for item in listed] == sorted(blobs)
    assert all(item.kept_at > LONG_AGO for item in listed)
    assert store.sweep(LONG_AGO) == 0


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_name_is_a_digest_and_nothing_else(store: SealedStore, draft: Any, name: str) -> None:
    _, path = draft(b"RCB1")
    for deed in (lambda: store.keep(name, path), lambda: store.fetch(name), lambda: store.remove(name)):
        with pytest.raises(ValueError, match="digest"):
            deed()
