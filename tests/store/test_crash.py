# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""kill -9 at every commit point: all of a command is there, or nothing, and asking again with the key tells which.

A child process does the deed and is killed at one named point; the parent opens the database afterwards. On PostgreSQL it
is the client that dies: its server takes back what was not committed.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.erase_case import erase_case
from recourse.actions.inspect_exhibit import inspect_exhibit
from recourse.actions.post_message import post_message
from recourse.actions.story import perform
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import Role, system
from recourse.core.lane import lane_of
from recourse.core.port import Receipt
from recourse.core.vocabulary import EvidenceKind
from recourse.processes import worker
from recourse.store import chain, fault_point, jobs
from recourse.store.models import (
    BlobKey,
    CaseKey,
    CaseNumber,
    CaseRow,
    EventRow,
    IdempotencyKey,
    Job,
    PersonContact,
    PrivateRow,
    RenditionRow,
)
from recourse.store.projection import COLUMNS
from recourse.store.rebuild import rebuilt
from tests.previews import FakeInspector, jpeg
from tests.store.house import OPERATOR, House

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = system(OPERATOR)
COMMIT_POINTS = [name for name in fault_point.NAMES if name.startswith("commit.")]


def killed_at(point: str, deed: Callable[[], Any]) -> bool:
    """Do a deed in a child that is killed at a point; whether it got there. The child never returns from here."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            fault_point.install(lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == point else None)
            deed()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def counts() -> dict[str, int]:
    """How many rows each table of a filing has."""
    tables = (CaseRow, CaseNumber, CaseKey, EventRow, PrivateRow, PersonContact, IdempotencyKey)
    return {model.__name__: model.objects.count() for model in tables}


@pytest.mark.parametrize("point", COMMIT_POINTS)
def test_a_filing_killed_anywhere_is_whole_or_absent(committed_house: House, point: str) -> None:
    house = committed_house
    house.file()  # the rulebook is in the store before the crash
    before = counts()
    assert killed_at(point, lambda: house.file(key="k", order="KSCRASH"))
    grown = {name: counts()[name] - number for name, number in before.items()}
    written = point == "commit.committed"
    assert all(grown.values()) is written and any(grown.values()) is written
    # Whoever asks again gets the one case, whether or not the first try was written.
    number = house.file(key="k", order="KSCRASH")
    assert counts()["CaseRow"] == before["CaseRow"] + 1
    assert chain.broken_at(SYSTEM, number) is None


@pytest.mark.parametrize("point", COMMIT_POINTS)
def test_a_change_killed_anywhere_is_whole_or_absent(committed_house: House, point: str) -> None:
    house = committed_house
    number = house.served()
    row = CaseRow.objects.values(*COLUMNS).get(number=number)
    tellings = Job.objects.count()
    person = house.complainant(number)

    def deed() -> Any:
        return perform(post_message(house.world, actor=person, number=number, text="在吗", key="k"))

    assert killed_at(point, deed)
    written = point == "commit.committed"
    assert (CaseRow.objects.values(*COLUMNS).get(number=number) != row) is written
    assert (Job.objects.count() > tellings) is written
    receipt = deed()
    assert isinstance(receipt, Receipt) and receipt.replayed is written
    read = house.world.cases.open(SYSTEM, number)
    assert read is not None and [item.text for item in read.case.messages] == ["在吗"]
    assert chain.broken_at(SYSTEM, number) is None
    assert rebuilt(read.case.id)[0] == CaseRow.objects.values(*COLUMNS).get(number=number)


@pytest.mark.parametrize("point", COMMIT_POINTS)
def test_an_erasure_killed_anywhere_has_erased_all_or_nothing(committed_house: House, point: str) -> None:
    house = committed_house
    number = house.served()
    house.do(withdraw_case(house.world, actor=house.complainant(number), number=number, reason="不投了"))
    owner = house.staff(Role.owner)
    assert killed_at(point, lambda: perform(erase_case(house.world, actor=owner, number=number)))
    row = CaseRow.objects.get(number=number)
    erased = point == "commit.committed"
    assert row.erased is erased
    assert CaseKey.objects.filter(case_id=row.id).exists() is not erased
    assert (row.complainant_name == "") is erased
    assert chain.broken_at(SYSTEM, number) is None


def test_a_worker_killed_with_a_job_in_hand_loses_neither_job_nor_effect(committed_house: House) -> None:
    house = committed_house
    house.prove(house.file())
    now = house.clock.now()
    total, lane = Job.objects.count(), lane_of("notice")
    assert killed_at("job.claimed", lambda: jobs.take(now, lane))
    assert Job.objects.filter(done_at__isnull=True).count() == total
    again = jobs.take(now + lane.lease, lane)
    assert again
    assert killed_at("job.done", lambda: jobs.finish(again[0], now=now))
    assert Job.objects.filter(done_at__isnull=False).count() == 1


def test_an_upload_killed_after_its_key_leaves_an_orphan_and_no_exhibit(committed_house: House) -> None:
    house = committed_house
    png = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")
    assert killed_at("blob.key_stored", lambda: house.world.blobs.put([png], name="x.png"))
    assert BlobKey.objects.filter(case_id="").count() == 1
    assert EventRow.objects.count() == 0


def test_an_inspector_killed_before_its_pictures_are_kept_leaves_none_that_lasts(
    committed_house: House,
) -> None:
    house, png = committed_house, jpeg()
    number = house.served()
    house.do(
        add_exhibit(
            house.world,
            actor=house.complainant(number),
            number=number,
            kind=EvidenceKind.photo,
            chunks=[png],
            name="a.jpg",
        )
    )
    world = replace(house.world, inspector=FakeInspector())

    def look() -> Any:
        return perform(inspect_exhibit(world, number=number, operator=OPERATOR, no=1))

    assert killed_at("blob.key_stored", look)
    case_id = CaseRow.objects.get(number=number).id
    stray = BlobKey.objects.exclude(case_id=case_id).get()
    assert not RenditionRow.objects.exists() and house.world.blobs.get(stray.blob) is not None
    worker.keep_house(house.world)
    assert BlobKey.objects.filter(blob=stray.blob).exists(), "another worker may be about to keep it"
    house.clock.ahead(hours=4)
    worker.keep_house(house.world)
    assert not BlobKey.objects.filter(blob=stray.blob).exists() and house.world.blobs.get(stray.blob) is None
    look()
    assert BlobKey.objects.filter(case_id=case_id).count() == BlobKey.objects.count() == 3


def test_an_inspector_killed_before_the_old_pictures_are_deleted_leaves_none_that_opens(
    committed_house: House,
) -> None:
    house = committed_house
    number = house.served()
    person = house.complainant(number)
    house.do(
        add_exhibit(
            house.world, actor=person, number=number, kind=EvidenceKind.photo, chunks=[jpeg()], name="a.jpg"
        )
    )
    world = replace(house.world, inspector=FakeInspector())

    def look() -> Any:
        return perform(inspect_exhibit(world, number=number, operator=OPERATOR, no=1))

    look()
    before = set(RenditionRow.objects.values_list("blob", flat=True))
    assert killed_at(fault_point.INSPECTED, look)
    assert len(before) == 2 and not before & set(RenditionRow.objects.values_list("blob", flat=True))
    assert not BlobKey.objects.filter(blob__in=before).exists()
    assert all(house.world.blobs.get(blob) is None for blob in before)


def test_every_named_point_exists_in_the_code_that_it_names() -> None:
    logs = {name for name in fault_point.NAMES if name.startswith("log.")}  # tried where the log is
    others = {"job.claimed", "job.done", "blob.key_stored"}
    assert set(COMMIT_POINTS) | others | logs == set(fault_point.NAMES)
