# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Backups put back, folders lost, programs away: whatever leaves nobody to ask whether the database is old closes it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from recourse.actions.declare_gap import Declared, declare_gap
from recourse.actions.keep_log import keep_log
from recourse.actions.story import perform
from recourse.core.checkpoint.extension import growth
from recourse.core.log import Declined, Log, Notary
from recourse.gateways.foreign_witness import WitnessAnswers
from recourse.gateways.signature import Notaries
from recourse.queries import guard
from recourse.queries.check_log import check_log
from recourse.store import log_leaves, rows
from recourse.store.append_only import LOG_REMOVE
from recourse.store.codec import plain_json
from recourse.store.log_leaves import receipt_keys
from recourse.store.models import LogLeaf
from tests.store.house import House, build_house
from tests.store.log_house import InHouse, with_log

pytestmark = pytest.mark.django_db


class Logged:
    """A house with a log, a witness of its own and one that others run."""

    def __init__(self, house: House, inside: InHouse) -> None:
        self.house, self.inside = house, inside
        assert house.world.log is not None and house.world.notary is not None
        self.log: Log = house.world.log
        self.notary: Notary = house.world.notary

    def keep(self) -> int:
        """File a case, have it signed and witnessed; how large the log is now."""
        self.house.file()
        perform(keep_log(self.house.world))
        return self.log.size()

    def closed(self) -> str:
        """What a process that starts now says; empty when it is open."""
        guard.look_again()
        found = guard.closed(self.house.world)
        return "" if found is None else f"{found.items[0].message.zh} {found.items[0].message.en}"

    def lose_from(self, size: int) -> None:
        """Put the database back to what it was at this size."""
        with connection.cursor() as cursor:
            for statement in LOG_REMOVE[connection.vendor]:
                cursor.execute(statement)
        rows.change("DELETE FROM store_log_leaf WHERE position >= %s", [size])
        rows.change(
            "DELETE FROM store_log_cosignature WHERE checkpoint_id IN "
            "(SELECT id FROM store_log_checkpoint WHERE size > %s)",
            [size],
        )
        rows.change("DELETE FROM store_log_checkpoint WHERE size > %s", [size])


@pytest.fixture
def logged(db: Any, tmp_path: Path, monkeypatch: Any) -> Iterator[Logged]:
    """The house, its log empty."""
    house = build_house(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    house.world, inside = with_log(house, home, monkeypatch, elsewhere=True)
    guard.look_again()
    yield Logged(house, inside)
    guard.look_again()
    log_leaves.forget_origin()


def put_all_back(logged: Logged, copy: Path) -> tuple[int, int]:
    """Put database, signer and witness back together to an earlier day; the sizes then and before that."""
    old = logged.keep()
    logged.inside.back_up(copy)
    seen = logged.keep()
    logged.lose_from(old)
    logged.inside.put_back(copy, "signer", "witness")
    shutil.copy(copy / "witnessed.json", logged.inside.folder / "witnessed.json")
    return old, seen


def test_a_new_installation_opens_by_itself(logged: Logged, tmp_path: Path) -> None:
    assert logged.closed() == ""
    bare = Notaries(tmp_path / "nothing", name="log.example/1", receipts=receipt_keys, operator="o")
    assert bare.seen() == [] and bare.silent() == frozenset()
    logged.keep()
    assert logged.closed() == "" and check_log(logged.house.world) == []


def test_all_of_this_house_put_back_is_noticed_by_the_witness_of_others_alone(
    logged: Logged, tmp_path: Path
) -> None:
    old, seen = put_all_back(logged, tmp_path / "copy")
    told = logged.closed()
    (name,) = logged.notary.others()
    assert (
        f"外部见证人 {name} 见过{seen}条，数据库里只有{old}条" in told
        and f"{name} saw {seen} entries" in told
    )
    # It needs no asking again: another process reads what was answered.
    logged.inside.elsewhere, elsewhere = None, logged.inside.elsewhere
    assert str(seen) in logged.closed()
    logged.inside.elsewhere = elsewhere
    done = perform(declare_gap(logged.house.world, by="王负责人", reason="整机恢复"))
    assert isinstance(done, Declared) and done.gap.lost == seen - old
    said = plain_json(LogLeaf.objects.get(kind="gap").data)["declaration"]
    assert (said["seen"], said["seen_by"]) == ({"size": seen, "root": ""}, name)
    assert logged.closed() == ""
    logged.inside.tell_elsewhere(done.origin)
    logged.keep()
    assert logged.closed() == "" and {one.origin for one in logged.notary.seen() if one.by == name} == {
        logged.inside.name,
        done.origin,
    }


@pytest.mark.parametrize("further", [0, 1, 2])
def test_who_went_on_unnoticed_is_noticed_once_the_witness_of_others_is_back(
    logged: Logged, tmp_path: Path, further: int
) -> None:
    """Shorter than what it saw, of the same length, and longer: the log of this house is another one."""
    elsewhere = logged.inside.elsewhere
    _, seen = put_all_back(logged, tmp_path / "copy")
    logged.inside.elsewhere = None
    assert logged.closed() == "", "a witness that is away stops nobody"
    for _ in range(further):
        logged.keep()
    assert (logged.log.size() > seen) == (further == 2)
    logged.inside.elsewhere = elsewhere
    perform(keep_log(logged.house.world))
    told = logged.closed()
    assert ("不一样" if further else "只有") in told
    done = perform(declare_gap(logged.house.world, by="王负责人", reason="分叉"))
    assert isinstance(done, Declared) and logged.closed() == ""


def test_a_log_that_is_whole_again_opens(logged: Logged) -> None:
    """The newest backup is put back after all: what a witness of others said of the old one is over."""
    logged.keep()
    (name,) = logged.notary.others()
    elsewhere, logged.inside.elsewhere = logged.inside.elsewhere, None
    logged.keep()
    latest = logged.log.latest()
    assert latest is not None
    size, proof = latest.head.size, logged.log.consistency(1, latest.head.size)
    for asked, answer in (
        (growth(old=1, proof=proof, note=latest.note), Declined(422)),
        (growth(old=size, proof=[], note=latest.note), Declined(409, size)),
        (growth(old=size, proof=[], note=latest.note), Declined(409, size + 9)),
    ):
        WitnessAnswers(logged.inside.folder / "witnessed.json").keep(name, asked, answer)
        logged.inside.elsewhere = None
        assert logged.closed() != ""
        logged.inside.elsewhere = elsewhere
        assert logged.closed() == ""


@pytest.mark.parametrize("who", ["signer", "witness"])
def test_a_folder_that_is_gone_or_cannot_be_read_closes_the_house(
    logged: Logged, tmp_path: Path, who: str
) -> None:
    logged.keep()
    logged.inside.back_up(tmp_path / "copy")
    logged.keep()
    folder = logged.inside.folder / who
    kept = (folder / "state.json").read_bytes()
    (folder / "state.json").write_bytes(b'{"half')
    assert "记忆不见了" in logged.closed() and "nobody can tell" in logged.closed()
    (folder / "state.json").write_bytes(kept)
    assert logged.closed() == ""
    logged.inside.stop()
    shutil.rmtree(folder)
    assert {"signer": "签名程序", "witness": "见证程序"}[who] in logged.closed()
    assert any(fault.what == f"{who} has no memory of it" for fault in check_log(logged.house.world))
    # A new program in its place knows nothing either, and does not open the house by itself.
    logged.inside.start()
    assert "记忆不见了" in logged.closed()
    # A copy of it does, though it is older than the database: it grows from there.
    logged.inside.put_back(tmp_path / "copy", who)
    assert logged.closed() == ""
    size = logged.keep()
    latest = logged.log.latest()
    assert latest is not None and latest.head.size == size and logged.closed() == ""


def test_a_signer_lost_for_good_is_declared_and_another_begins(logged: Logged) -> None:
    logged.keep()
    logged.inside.stop()
    for name in ("signer", "witness"):
        shutil.rmtree(logged.inside.folder / name)
    logged.inside.start()
    assert "签名程序" in logged.closed()
    done = perform(declare_gap(logged.house.world, by="王负责人", reason="签名机丢了"))
    assert isinstance(done, Declared) and done.gap.forgotten and done.gap.lost == 0
    assert (done.kept.signed, logged.closed()) == (True, "")
    logged.keep()
    assert logged.closed() == ""


def test_a_signer_elsewhere_must_be_heard_once_by_each_process(logged: Logged) -> None:
    inside = logged.inside
    token = plain_json((inside.folder / "signer" / "token").read_text())

    def process() -> Notaries:
        return Notaries(
            inside.folder,
            name=inside.name,
            receipts=receipt_keys,
            operator="o",
            signer_url="http://signer",
            signer_token=token,
        )

    def told(notary: Notaries) -> str:
        guard.look_again()
        found = guard.closed(replace(logged.house.world, notary=notary))
        return "" if found is None else found.items[0].do.zh

    away, inside.signer = inside.signer, None
    notary = process()
    assert "确认签名程序" in told(notary)
    inside.signer = away
    assert told(notary) == ""
    inside.signer = None
    assert told(notary) == "", "once heard, it may be away: proofs wait"
    assert "确认签名程序" in told(process())
