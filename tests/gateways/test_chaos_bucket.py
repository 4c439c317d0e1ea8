# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A bucket that lies, tears, drops and stalls: what was acknowledged is there whole, everything else was refused aloud."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recourse.core.port import BlobHealth, StoredBlob
from recourse.core.problem import Problems
from recourse.gateways.blobs import Vault
from recourse.gateways.sealed_bucket import Bucket, parse_bucket
from recourse.gateways.sealed_folder import FolderStore
from recourse.gateways.sealed_store import Lack, StoreTrouble
from tests.gateways.chaos_bucket import BEFORE, GETS, MOODS, PUTS, REFUSALS, ChaosBucket, chaos_bucket
from tests.gateways.key_ring import KeyRing
from tests.gateways.test_sealed_store import StandingStill, _credentials, bucket_at

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489") + bytes(5000)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChaosBucket]:
    """The bucket alone."""
    _credentials(monkeypatch)
    with chaos_bucket() as found:
        yield found


@pytest.fixture
def clock() -> StandingStill:
    """The time of the store."""
    return StandingStill()


@pytest.fixture
def vault(bucket: ChaosBucket, clock: StandingStill, tmp_path: Path) -> Vault:
    """A vault over it that hangs up after a second."""
    store = bucket_at(bucket.url, tmp_path / "spool", passing=clock, read=1.0)
    return Vault(store, keys=KeyRing(), spool=tmp_path / "spool")


def whole(bucket: ChaosBucket, blob: str) -> bool:
    """Whether the bucket really holds these bytes."""
    content = bucket.kept.get(f"vault/{blob}")
    return content is not None and hashlib.sha256(content).hexdigest() == blob


@pytest.mark.parametrize("mood", [*BEFORE, *PUTS])
def test_one_bad_moment_is_waited_out(vault: Vault, bucket: ChaosBucket, mood: str) -> None:
    bucket.script(mood)
    stored = vault.put([PNG], name="x.png")
    assert isinstance(stored, StoredBlob) and whole(bucket, stored.blob)
    assert bucket.overwritten == [] or mood in {"torn", "bent"}


@pytest.mark.parametrize("mood", GETS)
def test_a_proof_that_was_spoilt_on_the_way_is_asked_for_again(
    vault: Vault, bucket: ChaosBucket, mood: str
) -> None:
    bucket.script("well", mood)
    stored = vault.put([PNG], name="x.png")
    assert isinstance(stored, StoredBlob) and whole(bucket, stored.blob)


@pytest.mark.parametrize("mood", ["503", "torn", "lost", "bent", "drop"])
def test_a_bucket_that_never_does_it_is_never_believed(
    vault: Vault, bucket: ChaosBucket, clock: StandingStill, tmp_path: Path, mood: str
) -> None:
    bucket.mood = lambda deed: mood if deed == "put" else "well"
    refused = vault.put([PNG], name="x.png")
    assert isinstance(refused, Problems) and refused.keys() == ("vault_away",)
    assert refused.items[0].message.zh and refused.items[0].do.en
    assert clock.seconds <= 45 and len(clock.slept) <= 6
    assert list((tmp_path / "spool").iterdir()) == []


@pytest.mark.parametrize("mood", ["401", "403"])
def test_a_bucket_that_refuses_us_is_not_pestered(
    vault: Vault, bucket: ChaosBucket, clock: StandingStill, mood: str
) -> None:
    bucket.mood = lambda _deed: mood
    assert isinstance(vault.put([PNG], name="x.png"), Problems)
    assert len(bucket.seen) == 1 and clock.slept == []


def test_a_key_that_ran_out_is_read_again_once(vault: Vault, bucket: ChaosBucket) -> None:
    bucket.script("expired")
    assert isinstance(vault.put([PNG], name="x.png"), StoredBlob)
    bucket.mood = lambda _deed: "expired"
    bucket.seen.clear()
    assert isinstance(vault.put([PNG], name="x.png"), Problems)
    assert len(bucket.seen) == 2


def test_other_bytes_never_take_a_name(bucket: ChaosBucket, tmp_path: Path) -> None:
    store = bucket_at(bucket.url, tmp_path / "spool")
    draft = tmp_path / "draft"
    draft.write_bytes(b"RCB1 right")
    blob = hashlib.sha256(b"RCB1 right").hexdigest()
    store.keep(blob, draft)
    draft.write_bytes(b"RCB1 wrong")
    with pytest.raises(StoreTrouble):
        store.keep(blob, draft)
    assert bucket.kept[f"vault/{blob}"] == b"RCB1 right" and bucket.overwritten == []
    bucket.kept.clear()
    with pytest.raises(StoreTrouble) as caught:
        store.keep(blob, draft)
    assert caught.value.lack is Lack.away and bucket.kept == {}


def test_a_stall_costs_its_time_and_no_more(vault: Vault, bucket: ChaosBucket, clock: StandingStill) -> None:
    bucket.mood = lambda _deed: "stall"
    clock.monotonic = lambda: clock.seconds + 15 * len(bucket.seen)  # type: ignore[method-assign]
    refused = vault.put([PNG], name="x.png")
    assert isinstance(refused, Problems)
    assert len(bucket.seen) <= 3


def test_reading_through_bad_moments_gives_the_bytes_or_nothing(vault: Vault, bucket: ChaosBucket) -> None:
    stored = vault.put([PNG], name="x.png")
    assert isinstance(stored, StoredBlob)
    for mood in (*BEFORE[:4], "drop", *GETS):
        bucket.script(mood)
        assert vault.get(stored.blob) == PNG, mood
    for mood in REFUSALS:
        bucket.mood = lambda _deed, mood=mood: mood  # type: ignore[misc]
        assert vault.get(stored.blob) is None
    bucket.mood = lambda _deed: "well"
    # Not to be had is not damaged.
    assert vault.damaged_since([stored.blob]) == {}
    assert vault.get(stored.blob) == PNG


def test_what_rotted_in_the_bucket_is_marked_and_mended_from_the_replica(
    bucket: ChaosBucket, tmp_path: Path
) -> None:
    ring = KeyRing()
    store = bucket_at(bucket.url, tmp_path / "spool")
    replica = FolderStore(tmp_path / "replica")
    alone = Vault(store, keys=ring, spool=tmp_path / "spool")
    both = Vault(store, keys=ring, spool=tmp_path / "spool", replica=replica)
    stored = both.put([PNG], name="x.png")
    assert isinstance(stored, StoredBlob)
    assert both.check(stored.blob) is BlobHealth.mended  # the replica got its copy
    bucket.kept[f"vault/{stored.blob}"] = b"RCB1 rotten"
    assert alone.get(stored.blob) is None and stored.blob in alone.damaged_since([stored.blob])
    assert both.get(stored.blob) == PNG and both.damaged_since([stored.blob]) == {}
    assert whole(bucket, stored.blob)


def test_a_sweep_by_a_stale_list_takes_nothing_that_is_known(bucket: ChaosBucket, vault: Vault) -> None:
    from datetime import datetime, timedelta

    from recourse.core.calendar import CHINA

    stored = vault.put([PNG], name="x.png")
    assert isinstance(stored, StoredBlob)
    bucket.before = {f"vault/{'0' * 64}": b"", f"vault/{stored.blob}": b"", "vault/notes.txt": b""}
    bucket.mood = lambda deed: "stale" if deed == "list" else "well"
    # The list shows one that is gone, and none that is new; the day is long after.
    assert vault.sweep(datetime(2026, 12, 1, tzinfo=CHINA) + timedelta(days=99)) == 1
    assert vault.get(stored.blob) == PNG


@pytest.mark.parametrize("seed", range(6))
def test_in_any_weather_what_was_acknowledged_is_whole(
    bucket: ChaosBucket, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    # A stall is the one mood that costs real time; it has its test above.
    moods = [mood for mood in MOODS if mood != "stall"]
    bucket.mood = lambda _deed: dice.choice(moods) if dice.random() < 0.4 else "well"
    store = bucket_at(bucket.url, tmp_path / "spool", read=5.0)
    vault = Vault(store, keys=KeyRing(), spool=tmp_path / "spool")
    answers: list[Any] = [vault.put([PNG, bytes([n])], name="x.png") for n in range(12)]
    kept = [item for item in answers if isinstance(item, StoredBlob)]
    assert kept and all(isinstance(item, StoredBlob | Problems) for item in answers)
    assert all(whole(bucket, item.blob) for item in kept)
    bucket.mood = lambda _deed: "well"
    assert all(vault.get(item.blob) == PNG + bytes([answers.index(item)]) for item in kept)


def test_the_address_of_a_bucket_is_read_or_refused() -> None:
    assert parse_bucket("s3://evidence/odr/vault?endpoint=https://s3.example.cn&region=cn-north-1") == Bucket(
        "evidence", "odr/vault/", "https://s3.example.cn", "cn-north-1"
    )
    assert parse_bucket("s3://evidence").prefix == ""
    for wrong in ("https://s3.example.cn/evidence", "s3://", "s3://evidence?endpont=x"):
        with pytest.raises(ValueError, match="s3://bucket"):
            parse_bucket(wrong)
