# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The proofs of a real case, in a real container: what the verifier of dossiers says of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.declare_gap import Declared, declare_gap
from recourse.actions.keep_log import keep_log
from recourse.actions.stamp_log import stamp_log
from recourse.actions.story import perform
from recourse.core.case.events import ExhibitAdded
from recourse.core.dossier.bag import content_of
from recourse.core.dossier.contents import (
    CHECKPOINT,
    TIMESTAMP,
    TIMESTAMP_CHAIN,
    Cover,
    ExhibitEntry,
    Form,
    cover_json,
    events_jsonl,
    exhibits_json,
    private_jsonl,
)
from recourse.core.dossier.packing import bag_up, packed
from recourse.core.dossier.verify import verify_dossier
from recourse.core.port import World
from recourse.core.vocabulary import EvidenceKind
from recourse.gateways.signature import verify
from recourse.queries.dossier_proofs import proofs_of, seal_line
from recourse.store import chain
from recourse.store.codec import rulebook_text
from tests.config.test_read_only import lose
from tests.portal.person import PNG
from tests.store.house import House, build_house
from tests.store.log_house import with_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: Any, tmp_path: Path, monkeypatch: Any) -> House:
    """A house with a log."""
    made = build_house(tmp_path)
    made.world, _ = with_log(made, tmp_path / "log", monkeypatch)
    return made


def dossier(world: World, house: House, number: str) -> bytes:
    """A container as plain as one can be: chain, one exhibit, proofs, seal."""
    actor = house.complainant(number)
    opened = world.cases.open(actor, number)
    assert opened is not None
    links = chain.read_links(actor, number)
    private = chain.read_private(actor, number)
    assert links is not None and private is not None
    versions = {
        item.event.no: item.version for item in opened.history if isinstance(item.event, ExhibitAdded)
    }
    proofs = proofs_of(world, opened.case.id, links)
    files = {
        "data/case.json": cover_json(
            Cover(
                case=opened.case.id,
                number=number,
                operator=opened.case.operator,
                host="recourse.example",
                platform=opened.case.platform,
                seat="complainant",
                made_at="2026-09-21T10:00:00+08:00",
                software="Recourse",
            )
        ),
        "data/events.jsonl": events_jsonl(links),
        "data/private.jsonl": private_jsonl(private),
        "data/rulebook.json": rulebook_text(opened.rules)[1].encode(),
        "data/exhibits.json": exhibits_json(
            ExhibitEntry(
                no=item.no,
                version=versions[item.no],
                kind=item.kind.value,
                form=Form.original,
                file=f"exhibits/{item.no:03d}-original.png",
                size=item.size,
                media_type=item.media_type,
                digest=item.digest,
                part=1,
            )
            for item in opened.case.exhibits
        ),
        **{f"data/exhibits/{item.no:03d}-original.png": PNG for item in opened.case.exhibits},
        **proofs.files,
    }
    unsealed = bag_up(
        origin=proofs.origin,
        number=number,
        payload={path: content_of(data) for path, data in files.items()},
    )
    line = seal_line(unsealed.seal_text.decode())
    return b"".join(bytes(piece) for piece in packed(unsealed, line, lambda path: files[path]))


def handed_in(house: House, number: str) -> None:
    house.do(
        add_exhibit(
            house.world,
            actor=house.complainant(number),
            number=number,
            kind=EvidenceKind.chat_export,
            chunks=[PNG],
            name="聊天.png",
        )
    )


def test_the_proofs_of_a_case_hold_in_a_dossier(house: House) -> None:
    number = house.served()
    handed_in(house, number)
    pending = verify_dossier(dossier(house.world, house, number), verify=verify)
    assert pending.faults == ()
    perform(keep_log(house.world))
    complete = verify_dossier(dossier(house.world, house, number), verify=verify)
    assert complete.faults == ()
    codes = {item.code for item in complete.proven}
    assert "log" in codes, codes
    house.do(keep_log(house.world))
    # What comes after the checkpoint is promised and pending, and no fault.
    handed_in(house, number)
    assert verify_dossier(dossier(house.world, house, number), verify=verify).faults == ()


def test_after_a_declared_gap_the_dossier_still_holds(house: House) -> None:
    number = house.served()
    perform(keep_log(house.world))
    house.served()
    perform(keep_log(house.world))
    lose(1)
    done = perform(declare_gap(house.world, by="王负责人", reason="恢复了旧备份"))
    assert isinstance(done, Declared)
    handed_in(house, number)
    perform(keep_log(house.world))
    found = verify_dossier(dossier(house.world, house, number), verify=verify)
    assert found.faults == ()


def test_a_stamped_checkpoint_is_taken_as_long_as_it_holds_everything(house: House) -> None:
    assert perform(stamp_log(house.world)) is False

    class Stamps:
        """An authority whose word is not looked at here."""

        name = "tsa.example"

        def stamp(self, message: bytes) -> tuple[bytes, str] | None:
            return b"token over " + message[:10], "chain"

    world = replace(house.world, authority=Stamps())
    number = house.served()
    perform(keep_log(world))
    assert perform(stamp_log(world)) is True and perform(stamp_log(world)) is False
    actor = house.complainant(number)
    opened, links = world.cases.open(actor, number), chain.read_links(actor, number)
    assert opened is not None and links is not None
    house.served()
    perform(keep_log(world))
    assert perform(stamp_log(world)) is False  # not an hour later
    proofs, stamp = proofs_of(world, opened.case.id, links), world.log.timestamp()
    assert proofs.files[TIMESTAMP] == stamp.token and proofs.files[TIMESTAMP_CHAIN] == b"chain"
    assert proofs.files[CHECKPOINT] == stamp.checkpoint.note.write().encode()
    assert stamp.checkpoint.id != world.log.latest().id
    assert perform(stamp_log(world, at_once=True)) is True
