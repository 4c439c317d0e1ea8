# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault over the real store: the master key changes while files are read, and a kill in between loses nothing."""

from pathlib import Path

import pytest

from recourse.core.port import StoredBlob
from recourse.gateways.blobs import local_vault
from recourse.gateways.master_keys import ROOT, MasterKeys
from recourse.store.blob_keys import BlobKeys, by_master
from recourse.store.fault_point import REWRAPPED
from recourse.store.models import BlobKey
from recourse.store.sealing import Unsealable, purpose_key
from tests.store.house import House, masters
from tests.store.test_crash import killed_at

pytestmark = pytest.mark.django_db(transaction=True)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def sealed(house: House, content: bytes) -> str:
    """The name of a file in the vault."""
    stored = house.world.blobs.put([PNG + content], name="x.png")
    assert isinstance(stored, StoredBlob)
    return stored.blob


def test_a_changed_master_key_opens_every_file_at_every_moment(
    committed_house: House, tmp_path: Path
) -> None:
    house, keys = committed_house, masters(tmp_path)
    blobs = {sealed(house, bytes([n])): PNG + bytes([n]) for n in range(7)}
    assert by_master() == {ROOT: 7}
    new = keys.make()
    blobs[sealed(house, b"new")] = PNG + b"new"
    assert by_master() == {ROOT: 7, new: 1} and keys.current() == new
    rewrap = BlobKeys(clock=house.clock, masters=keys).rewrap
    while rewrap(limit=3):
        assert all(house.world.blobs.get(blob) == content for blob, content in blobs.items())
    assert by_master() == {new: 8}
    # The next one, and the first is taken away for good.
    newer = keys.make()
    assert (newer > new) and rewrap(limit=100) == 8
    keys.drop(new)
    fresh = MasterKeys(tmp_path / "master-keys", root=bytes(32))
    vault = local_vault(tmp_path / "blobs", keys=BlobKeys(clock=house.clock, masters=fresh))
    assert all(vault.get(blob) == content for blob, content in blobs.items())


def test_a_change_killed_between_batches_goes_on_where_it_stopped(
    committed_house: House, tmp_path: Path
) -> None:
    house, keys = committed_house, masters(tmp_path)
    blobs = [sealed(house, bytes([n])) for n in range(5)]
    new = keys.make()
    rewrap = BlobKeys(clock=house.clock, masters=keys).rewrap
    assert killed_at(REWRAPPED, lambda: rewrap(limit=2))
    assert by_master() == {ROOT: 3, new: 2}
    assert all(house.world.blobs.get(blob) for blob in blobs)
    assert rewrap(limit=2) == 2 and rewrap(limit=2) == 1 and rewrap(limit=2) == 0
    assert all(house.world.blobs.get(blob) for blob in blobs)


def test_without_its_master_key_a_file_says_so_and_is_not_taken_for_damaged(
    committed_house: House, tmp_path: Path
) -> None:
    house, keys = committed_house, masters(tmp_path)
    new = keys.make()
    blob = sealed(house, b"lost")
    keys.drop(new)
    blind = BlobKeys(clock=house.clock, masters=masters(tmp_path))
    with pytest.raises(Unsealable, match=new):
        blind.key(blob)
    assert BlobKey.objects.get(pk=blob).damaged_at is None


def test_a_wrapped_key_opens_under_its_own_master_alone(committed_house: House, tmp_path: Path) -> None:
    house = committed_house
    blob = sealed(house, b"x")
    other = BlobKeys(clock=house.clock, masters=MasterKeys(tmp_path / "none", root=purpose_key("field")))
    with pytest.raises(Unsealable):
        other.key(blob)


def test_master_keys_are_read_by_their_owner_alone(tmp_path: Path) -> None:
    keys = masters(tmp_path)
    assert keys.ids() == (ROOT,) and keys.current() == ROOT
    made = [keys.make() for _ in range(3)]
    assert keys.ids() == (ROOT, *made) and len({keys.key(one) for one in made}) == 3
    for file in (tmp_path / "master-keys").iterdir():
        assert file.stat().st_mode & 0o077 == 0
    assert keys.key("k9999-ffff") is None
    with pytest.raises(ValueError, match="not the id"):
        keys.drop("../secret")
