# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse vault`: the master key is changed, and every file is looked at."""

from pathlib import Path

import pytest
from django.conf import settings

from recourse.config import wiring
from recourse.core.port import StoredBlob
from recourse.core.problem import refuse
from recourse.queries import guard
from recourse.store.models import BlobKey
from recourse.webkit.world import world

pytestmark = pytest.mark.django_db(transaction=True)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture
def blob(tmp_path: Path, settings):
    """The name of a sealed file, with master keys of this test alone."""
    settings.RECOURSE_MASTER_KEYS = tmp_path / "keys"
    # What another test left would be wrapped under keys that go with this one.
    BlobKey.objects.all().delete()
    renewed()
    stored = world().blobs.put([PNG], name="x.png")
    assert isinstance(stored, StoredBlob)
    yield stored.blob
    world().blobs.delete(stored.blob)
    BlobKey.objects.all().delete()
    renewed()


def renewed() -> None:
    """The next world reads its settings anew."""
    world.cache_clear()
    wiring.world.cache_clear()


def test_the_master_key_is_changed_and_the_old_one_taken_away(run, blob):
    assert run("vault", "status", "--json").json["current"] == "root"
    first = run("vault", "new-key", "--json").json["master"]
    assert run("vault", "rewrap", "--json").json["rewrapped"] >= 1
    assert run("vault", "rewrap", "--json").json["rewrapped"] == 0
    used = run("vault", "drop-key", first, "--json")
    assert used.code == 1 and used.keys == ["master_key_in_use"]
    second = run("vault", "new-key", "--json").json["master"]
    assert run("vault", "drop-key", first, "--json").keys == ["master_key_in_use"]
    assert "换到了新主密钥" in run("vault", "rewrap").out
    assert run("vault", "drop-key", first).code == 0
    status = run("vault", "status", "--json").json
    assert status["current"] == second and first not in status["masters"]
    assert world().blobs.get(blob) == PNG
    for wrong, key in (("root", "master_key_is_root"), (first, "master_key_unknown")):
        assert run("vault", "drop-key", wrong, "--json").keys == [key]


def test_behind_an_old_backup_no_master_key_is_touched(run, blob, monkeypatch):
    """The old database knows no file under the newest key; dropping it would lose those of the newer one for good."""
    first = run("vault", "new-key", "--json").json["master"]
    run("vault", "new-key")
    shut = refuse(
        "read_only", zh="只能看。", en="Reading only.", do_zh="恢复备份。", do_en="Restore the backup."
    )
    monkeypatch.setattr(guard, "closed", lambda _world: shut)
    for deed in (("new-key",), ("rewrap",), ("drop-key", first)):
        found = run("vault", *deed, "--json")
        assert found.code == 1 and found.keys == ["read_only"], deed
    assert first in run("vault", "status", "--json").json["masters"]
    assert run("vault", "check").code == 0


def test_every_file_is_looked_at_and_damage_is_told(run, blob):
    assert run("vault", "check").code == 0
    path = Path(settings.RECOURSE_DATA) / "blobs" / blob[:2] / blob[2:]
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    found = run("vault", "check", "--json")
    assert found.code == 1 and found.keys == ["blob_damaged"]
    assert "blob_damaged" in run("doctor", "--json").keys
    assert run("vault", "status", "--json").json["damaged"][0]["blob"] == blob
    path.write_bytes(whole)
    assert run("vault", "check", "--json").json["checked"]["whole"] >= 1
