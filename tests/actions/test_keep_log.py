# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The log is numbered, signed and witnessed; whatever fails or dies on the way is made good by the next call."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recourse.actions.keep_log import Kept, keep_log
from recourse.actions.story import perform
from recourse.core.canonical import canonical
from recourse.core.checkpoint.leaf import LeafKind
from recourse.core.checkpoint.policy import judge_checkpoint
from recourse.core.merkle import verify_inclusion
from recourse.core.port import World
from recourse.gateways.signature import verify
from recourse.store import fault_point, log_leaves
from recourse.store.models import LogCheckpoint, LogCosignature, LogLeaf
from tests.store.house import House
from tests.store.log_house import NOW, InHouse, with_log


@pytest.fixture
def logged(house: House, tmp_path: Path, monkeypatch: Any) -> tuple[World, InHouse]:
    """A world with a log."""
    return with_log(house, tmp_path, monkeypatch)


@pytest.fixture(autouse=True)
def no_hook() -> Iterator[None]:
    yield
    fault_point.install(None)


def holds(world: World) -> None:
    """Every numbered leaf proves itself in the newest checkpoint, which log and witness signed."""
    assert world.log is not None and world.notary is not None
    checkpoint = world.log.latest()
    assert checkpoint is not None
    policy = world.notary.policy(checkpoint.origin)
    assert policy is not None
    judged = judge_checkpoint(checkpoint.note, policy, verify=verify)
    assert judged.log and judged.quorum and not judged.false_names
    for leaf in LogLeaf.objects.filter(position__isnull=False):
        proof = world.log.inclusion(leaf.position, checkpoint.head.size)
        assert verify_inclusion(
            index=leaf.position,
            size=checkpoint.head.size,
            leaf=bytes(leaf.hash),
            proof=proof,
            root=checkpoint.head.root,
        )


def test_what_is_filed_is_numbered_signed_and_witnessed(
    house: House, logged: tuple[World, InHouse], tmp_path: Path
) -> None:
    world, _ = logged
    house.served()
    waiting = LogLeaf.objects.count()
    assert perform(keep_log(world)) == Kept(waiting, True, 1)
    holds(world)
    # Nothing new: nothing is asked again.
    assert perform(keep_log(world)) == Kept(0, True, 1)
    assert LogCheckpoint.objects.count() == LogCosignature.objects.count() == 1
    house.served()
    assert perform(keep_log(world)).witnesses == 1
    holds(world)
    assert (tmp_path / "policy.json").read_bytes() == world.notary.policy(world.log.origin()).write()
    line = LogCosignature.objects.all()[0].line
    assert line.startswith("— recourse.witness/")
    assert NOW


def test_without_signer_or_witness_cases_go_on_and_proofs_wait(
    house: House, logged: tuple[World, InHouse]
) -> None:
    world, inside = logged
    signer, witness = inside.signer, inside.witness
    inside.signer = None
    house.served()
    kept = perform(keep_log(world))
    assert kept.numbered and not kept.signed
    inside.signer, inside.witness = signer, None
    assert perform(keep_log(world)) == Kept(0, True, 0)
    house.file()
    assert perform(keep_log(world)).signed
    inside.witness = witness
    # The witness saw none of the trees in between: it grows from what it saw last.
    assert perform(keep_log(world)) == Kept(0, True, 1)
    holds(world)


@pytest.mark.parametrize("point", fault_point.LOG_NAMES)
def test_a_crash_anywhere_is_made_good_by_the_next_call(
    house: House, logged: tuple[World, InHouse], point: str
) -> None:
    world, _ = logged
    house.file()
    perform(keep_log(world))
    house.file()

    class Died(BaseException):
        """Stands for a process that is gone."""

    def die(name: str) -> None:
        if name == point:
            raise Died

    fault_point.install(die)
    with pytest.raises(Died):
        perform(keep_log(world))
    fault_point.install(None)
    house.file()  # and the tree has grown when somebody comes back to it
    assert perform(keep_log(world)).witnesses == 1
    holds(world)
    assert not LogLeaf.objects.filter(position__isnull=True).exists()


def test_a_checkpoint_that_was_signed_and_lost_is_signed_again(
    house: House, logged: tuple[World, InHouse], monkeypatch: Any
) -> None:
    world, _ = logged
    house.file()
    with monkeypatch.context() as patch:
        patch.setattr(type(world.log), "add_checkpoint", lambda *_a, **_k: None)
        assert not perform(keep_log(world)).signed or LogCheckpoint.objects.count() == 0
    house.file()
    assert perform(keep_log(world)).signed
    holds(world)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_goes_wrong_the_log_only_grows_and_every_promise_is_kept(
    house: House, logged: tuple[World, InHouse], seed: int
) -> None:
    """Several sequencers step by step between one another; some die, answers are lost, programs are down, leaves come in."""
    world, inside = logged
    rng = random.Random(seed)
    programs = inside.signer, inside.witness
    heard = inside.http

    def lossy(*asked: Any, **more: Any) -> Any:
        answer = heard(*asked, **more)
        return None if rng.random() < 0.15 else answer  # it was done, and nobody says so

    inside.http = lossy  # type: ignore[method-assign]
    running: list[tuple[Any, Any]] = []
    largest = {"signer": 0, "witness": 0}
    for turn in range(150):
        chance = rng.random()
        if chance < 0.15:
            write(rng.randint(1, 40), f"{seed}/{turn}")
        elif chance < 0.25:
            inside.signer = None if rng.random() < 0.5 else programs[0]
            inside.witness = None if rng.random() < 0.5 else programs[1]
        elif chance < 0.4 or not running:
            story = keep_log(world)
            running.append((story, next(story)))
        elif chance < 0.5:
            running.pop(rng.randrange(len(running)))[0].close()  # the process died between two steps
        else:
            place = rng.randrange(len(running))
            story, step = running[place]
            try:
                running[place] = (story, story.send(step()))
            except StopIteration:
                running.pop(place)
        for one in world.notary.seen():
            assert one.head.size >= largest[one.by]
            assert world.log.root_at(one.head.size) == one.head.root
            largest[one.by] = one.head.size
    inside.http = heard  # type: ignore[method-assign]
    inside.signer, inside.witness = programs
    write(1, f"{seed}/last")
    kept = perform(keep_log(world))
    assert (kept.signed, kept.witnesses) == (True, 1)
    assert not LogLeaf.objects.filter(position__isnull=True).exists()
    holds(world)


def write(count: int, about: str) -> None:
    """Leaves about nothing, as a commit writes them."""
    found = [
        log_leaves.new_leaf(LeafKind.head, canonical({"about": f"{about}/{n}"}), at="2026", origin="o")
        for n in range(count)
    ]
    log_leaves.write_leaves(found)
