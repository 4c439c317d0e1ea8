# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault is looked after: copies are made, damage is marked and mended, unfinished work is swept."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from recourse.actions import tend_vault
from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import perform
from recourse.core.port import BlobHealth, Receipt
from recourse.core.vocabulary import EvidenceKind
from recourse.gateways.blobs import Vault
from recourse.gateways.sealed_folder import FolderStore
from recourse.queries.case_file import case_file
from recourse.queries.exhibit_file import exhibit_file
from recourse.queries.vault_state import vault_problems, vault_state
from recourse.store import vault_rounds
from recourse.store.blob_keys import BlobKeys
from recourse.store.models import Job, VaultRound
from tests.store.house import House, masters

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture
def tended(house: House, tmp_path: Path) -> Iterator[House]:
    """A house whose vault has a replica."""
    keys = BlobKeys(clock=house.clock, masters=masters(tmp_path), copies=True)
    vault = Vault(
        FolderStore(tmp_path / "blobs"),
        keys=keys,
        spool=tmp_path / "blobs" / "drafts",
        replica=FolderStore(tmp_path / "replica"),
    )
    yield replace(house, world=replace(house.world, blobs=vault))


def handed_in(house: House, content: bytes = b"") -> tuple[str, int, str]:
    """Case number, exhibit number and blob of a new exhibit."""
    number = house.served()
    receipt = house.do(
        add_exhibit(
            house.world,
            actor=house.complainant(number),
            number=number,
            kind=EvidenceKind.chat_export,
            chunks=[PNG, content],
            name="x.png",
        )
    )
    assert isinstance(receipt, Receipt)
    opened = house.world.cases.open(house.complainant(number), number)
    assert opened is not None
    return number, opened.case.exhibits[-1].no, opened.case.exhibits[-1].blob


def path_of(folder: Path, blob: str) -> Path:
    """Where the file of a blob lies."""
    return folder / blob[:2] / blob[2:]


def rot(path: Path) -> None:
    """One bit is no longer what it was."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 8
    path.write_bytes(bytes(content))


def work(house: House) -> None:
    """Everything that waits."""
    while perform(run_jobs(house.world)):
        pass


def test_each_new_file_gets_its_copy(tended: House, tmp_path: Path) -> None:
    _, _, blob = handed_in(tended)
    assert not path_of(tmp_path / "replica", blob).exists()
    work(tended)
    original, copy = path_of(tmp_path / "blobs", blob), path_of(tmp_path / "replica", blob)
    assert copy.read_bytes() == original.read_bytes()


@pytest.mark.parametrize("how", ["rot", "unlink", "truncate"])
def test_damage_is_served_from_the_replica_and_mended(tended: House, tmp_path: Path, how: str) -> None:
    number, no, blob = handed_in(tended)
    work(tended)
    path = path_of(tmp_path / "blobs", blob)
    before = path.read_bytes()
    {"rot": rot, "unlink": Path.unlink, "truncate": lambda p: os.truncate(p, 9)}[how](path)  # type: ignore[operator]
    found = exhibit_file(tended.world, actor=tended.complainant(number), number=number, no=no)
    assert found is not None and b"".join(found.chunks) == PNG
    assert path.read_bytes() == before
    assert vault_state().damaged == []


def test_damage_without_a_whole_copy_is_never_served_and_said_to_everybody(
    tended: House, tmp_path: Path
) -> None:
    number, no, blob = handed_in(tended)
    work(tended)
    whole = path_of(tmp_path / "replica", blob).read_bytes()
    for folder in ("blobs", "replica"):
        rot(path_of(tmp_path / folder, blob))
    actor = tended.complainant(number)
    assert exhibit_file(tended.world, actor=actor, number=number, no=no) is None
    since = tended.clock.now()
    tended.clock.at = since + timedelta(hours=5)
    assert exhibit_file(tended.world, actor=actor, number=number, no=no) is None
    file = case_file(tended.world, actor=actor, number=number)
    assert file is not None and dict(file.damaged) == {no: since}
    (found,) = vault_problems(tended.world)
    assert found.key == "blob_damaged" and found.field == number and f"{since:%Y-%m-%d}" in found.message.zh
    # The operator puts a good copy back; the next look clears the mark.
    path_of(tmp_path / "replica", blob).write_bytes(whole)
    assert tended.world.blobs.check(blob) is BlobHealth.mended
    assert path_of(tmp_path / "blobs", blob).read_bytes() == whole
    assert vault_problems(tended.world) == ()


def test_the_round_looks_at_every_file_and_goes_on_after_a_break(
    tended: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tend_vault, "SLICE", 2)
    blobs = sorted(handed_in(tended, bytes([n]))[2] for n in range(5))
    work(tended)
    rot(path_of(tmp_path / "replica", blobs[3]))
    perform(tend_vault.begin_round(tended.world))
    perform(tend_vault.begin_round(tended.world))
    (job,) = Job.objects.filter(kind="vault_round")
    tended.clock.at = job.run_at
    perform(run_jobs(tended.world))
    assert VaultRound.objects.get().cursor == blobs[1]
    # A slice that is looked at twice, because a worker died in between, counts once.
    day = VaultRound.objects.get().day
    vault_rounds.advance(day, after="", to=blobs[1], checked=2, mended=0, damaged=0)
    work(tended)
    last = vault_state().last
    assert last is not None and (last.checked, last.mended, last.damaged) == (5, 1, 0)
    assert Job.objects.get(kind="vault_round").done_at is not None


def test_what_was_erased_gets_no_copy(tended: House, tmp_path: Path) -> None:
    _, _, blob = handed_in(tended)
    tended.world.blobs.delete(blob)
    work(tended)
    assert not path_of(tmp_path / "replica", blob).exists()
    assert tended.world.blobs.check(blob) is BlobHealth.erased


def test_what_broke_off_is_swept_and_what_is_known_stays(tended: House, tmp_path: Path) -> None:
    _, _, blob = handed_in(tended)
    store = tended.world.blobs
    draft, keyless = tmp_path / "blobs" / "drafts" / "cut", path_of(tmp_path / "blobs", "ab" * 32)
    for path in (draft, keyless):
        path.write_bytes(b"RCB1")
        os.utime(path, (0, 0))
    fresh = draft.with_name("fresh")
    fresh.write_bytes(b"RCB1")
    now = tended.clock.now()
    for path in (fresh, path_of(tmp_path / "blobs", blob)):
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert store.sweep(now) == 2
    assert not draft.exists() and not keyless.exists() and fresh.exists()
    assert store.get(blob) == PNG


def test_with_the_wrong_database_nothing_is_swept(tended: House, tmp_path: Path) -> None:
    handed_in(tended)
    for number in range(150):
        path = path_of(tmp_path / "blobs", f"{number:064x}")
        path.write_bytes(b"RCB1")
        os.utime(path, (0, 0))
    assert tended.world.blobs.sweep(tended.clock.now()) == 0


def test_a_page_of_a_case_asks_once_for_all_its_files(tended: House, django_assert_num_queries: Any) -> None:
    _, _, blob = handed_in(tended)
    with django_assert_num_queries(1):
        assert tended.world.blobs.damaged_since([blob]) == {}
    with django_assert_num_queries(0):
        assert tended.world.blobs.damaged_since([]) == {}
