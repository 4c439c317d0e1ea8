# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The retention schedule is carried out: announced, then erased, never while held, and every proof still verifies."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from recourse.actions import carry_out_retention
from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.carry_out_retention import begin_retention, retention_schedule
from recourse.actions.hold_case import hold_case
from recourse.actions.release_hold import release_hold
from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import perform
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import Role, system
from recourse.core.case.state import Case
from recourse.core.law import in_force
from recourse.core.problem import Problems
from recourse.core.retention import RetentionSchedule, erased_on, read_retention
from recourse.core.vocabulary import EvidenceKind, Outcome
from recourse.gateways.law_files import load_law
from recourse.gateways.retention_file import load_retention
from recourse.store import chain
from recourse.store.models import BlobKey
from tests.store.house import OPERATOR, House

# An erasure ends with a VACUUM, which PostgreSQL does not run within a transaction.
pytestmark = pytest.mark.django_db(transaction=True)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def closed(house: House) -> str:
    """The number of a closed case with a file in it."""
    number = house.served()
    person = house.complainant(number)
    house.do(
        add_exhibit(
            house.world, actor=person, number=number, kind=EvidenceKind.photo, chunks=[PNG], name="x.png"
        )
    )
    house.do(withdraw_case(house.world, actor=person, number=number, reason="不投了"))
    return number


def read(house: House, number: str) -> Case:
    """The case as the house reads it."""
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    return opened.case


def night(house: House, **ahead: int) -> None:
    """Time passes, and the worker does its day's round."""
    house.clock.at += timedelta(**ahead)
    perform(begin_retention(house.world))
    while perform(run_jobs(house.world)):
        pass


def test_a_closed_case_is_announced_then_erased_and_its_chain_verifies(house: House) -> None:
    number = closed(house)
    night(house, days=1000)
    assert read(house, number).erase_at is None
    sent = len(house.post.sent)
    night(house, days=70)
    announced = read(house, number).erase_at
    assert announced is not None and announced >= house.clock.now() + timedelta(days=30) - timedelta(days=1)
    night(house, hours=12)
    assert len(house.post.sent) > sent, "both sides are told"
    night(house, days=20)
    assert not read(house, number).erased
    night(house, days=20)
    case = read(house, number)
    assert case.erased and house.world.blobs.get(case.exhibits[0].blob) is None
    assert not BlobKey.objects.filter(case_id=case.id).exists()
    assert chain.broken_at(system(OPERATOR), number) is None


def test_a_held_case_stays_until_another_person_lets_go(house: House) -> None:
    number = closed(house)
    holder, other = house.staff(Role.agent), house.staff(Role.owner)
    house.do(hold_case(house.world, actor=holder, number=number, reason="法院调查令"))
    night(house, days=2000)
    assert read(house, number).erase_at is None and not read(house, number).erased
    refused = perform(release_hold(house.world, actor=holder, number=number, reason="好了"))
    assert isinstance(refused, Problems) and refused.keys() == ("same_person",)
    house.do(release_hold(house.world, actor=other, number=number, reason="案件审结"))
    night(house, days=1)
    assert read(house, number).erase_at is not None
    night(house, days=40)
    assert read(house, number).erased


def test_pages_are_turned_and_nothing_is_announced_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry_out_retention, "PAGE", 2)
    numbers = [closed(house) for _ in range(5)]
    night(house, days=1070)
    days = [read(house, number).erase_at for number in numbers]
    assert all(days)
    night(house, days=1)
    assert [read(house, number).erase_at for number in numbers] == days


def test_the_shipped_schedule_names_articles_that_are_there() -> None:
    schedule = retention_schedule()
    assert isinstance(schedule, RetentionSchedule)
    law = load_law()
    assert not isinstance(law, Problems)
    for rule in schedule.rules:
        assert rule.operator_choice and rule.basis
        for article in rule.basis:
            assert in_force(law, article, date(2026, 11, 25)) is not None, article


def test_the_day_is_never_sooner_than_the_announcement() -> None:
    schedule = retention_schedule()
    assert isinstance(schedule, RetentionSchedule)
    (rule,) = schedule.rules
    at = datetime.fromisoformat("2024-02-29T15:00:00+08:00")
    assert erased_on(at, rule, now=at + timedelta(days=1000)) is None
    ends = datetime.fromisoformat("2027-03-01T00:00:00+08:00")
    assert erased_on(at, rule, now=datetime.fromisoformat("2027-01-30T00:00:00+08:00")) == ends
    late = datetime.fromisoformat("2030-01-01T10:00:00+08:00")
    assert erased_on(at, rule, now=late) == datetime.fromisoformat("2030-02-01T00:00:00+08:00")
    assert (
        replace(schedule, rules=(replace(rule, outcomes=frozenset({Outcome.settled})),)).rule_for(
            Outcome.withdrawn
        )
        is None
    )


def test_everything_wrong_with_a_schedule_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "version: '1'\nrules:\n"
        "  - {key: a, keep: 3wd, announce: soon, why: {zh: 一}, erases: all, outcomes: [won]}\n"
        "  - {key: a, keep: 1year, announce: 30d, why: {zh: 一, en: one}}\n",
        "utf-8",
    )
    found = load_retention(path)
    assert isinstance(found, Problems) and len(found.items) >= 6
    assert read_retention({})[0] is None
