# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The same small house twice: over the database that runs the tests, and over the world in memory."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from recourse.core.lane import REST
from recourse.core.port import World
from recourse.simulation.book import FakeCases
from recourse.simulation.dice import Dice, SeededRandomness
from recourse.simulation.gateways import FakeVault
from recourse.simulation.outbox import FakeOutbox
from recourse.simulation.registry import Contact, FakePeople, FakeRegister, FakeShelf, Listed
from recourse.simulation.stage import library
from recourse.store import jobs, open_cases
from tests.store.house import MERCHANT_MAIL, OPERATOR, PLATFORM, House, KeptPost, StandingClock, build_house


@dataclass
class Ground:
    """A house, and the outbox of its store."""

    house: House
    enqueue: Callable[..., Any]
    take: Callable[..., Any]
    renew: Callable[..., Any]
    finish: Callable[..., Any]
    fail: Callable[..., Any]
    postpone: Callable[..., Any]
    open_cases: Callable[..., Any]


@pytest.fixture(params=["memory", "database"])
def ground(request: pytest.FixtureRequest, db: Any, tmp_path: Path) -> Ground:
    """Each test runs on both; the database is SQLite or PostgreSQL, whichever runs the tests."""
    if request.param == "memory":
        return _in_memory()
    return Ground(
        build_house(tmp_path),
        jobs.enqueue,
        _taking(jobs.take),
        jobs.renew,
        jobs.finish,
        jobs.fail,
        jobs.postpone,
        open_cases.page,
    )


@pytest.fixture
def house(ground: Ground) -> House:
    """The house alone."""
    return ground.house


def _taking(take: Callable[..., Any]) -> Callable[..., Any]:
    """Jobs of a kind nobody knows wait in the last lane."""
    return lambda now, limit=20: take(now, replace(REST, batch=limit))


def _in_memory() -> Ground:
    books, clock, post = library(), StandingClock(), KeptPost()
    register, outbox = FakeRegister(), FakeOutbox()
    contact = Contact("contact-1", MERCHANT_MAIL.channel, MERCHANT_MAIL.value)
    register.add(Listed("merchant-1", OPERATOR, PLATFORM, "山间茶铺", False, (contact,)))
    register.rungs[OPERATOR, PLATFORM] = ("negotiate", "operator_support", "platform_decision")
    randomness = SeededRandomness(Dice("contract"))
    shelf = FakeShelf(books.rulebooks, calendar=lambda: books.calendar, lexicon=lambda: books.lexicon)
    cases = FakeCases(register=register, rulebook=shelf.kept, calendar=lambda: books.calendar, outbox=outbox)
    world = World(
        clock=clock,
        randomness=randomness,
        cases=cases,
        rules=shelf,
        register=register,  # type: ignore[arg-type]
        people=FakePeople(randomness.public_id),
        post=post,
        blobs=FakeVault(randomness.public_id, handed_over=lambda _: None),
    )
    house = House(world, clock, post, "merchant-1", "contact-1")
    return Ground(
        house,
        outbox.enqueue,
        _taking(outbox.take),
        outbox.renew,
        outbox.finish,
        outbox.fail,
        outbox.postpone,
        cases.open_cases,
    )
