# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What leaves the house: a notice is served once per rung, a second picture is reminded of at its moment."""

from datetime import timedelta

import pytest

from recourse.actions.run_jobs import run_jobs
from recourse.actions.set_capture import set_capture
from recourse.actions.story import perform
from recourse.core.actor import system
from recourse.core.port import Conflict
from recourse.core.vocabulary import EvidenceKind
from recourse.store.models import Job
from tests.store.house import OPERATOR, House


def work(house: House) -> None:
    """Empty the outbox of everything that is due."""
    while perform(run_jobs(house.world)):
        pass


def remind_once(house: House, number: str) -> str:
    """A capture set for in an hour; its task id."""
    house.do(
        set_capture(
            house.world,
            actor=house.complainant(number),
            number=number,
            kind=EvidenceKind.status_screen_with_time,
            due_at=house.clock.now() + timedelta(hours=1),
            text="再拍一张状态页",
        )
    )
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    return opened.case.captures[-1].id


def test_a_second_picture_is_reminded_of_at_its_moment_and_not_before(house: House) -> None:
    number = house.served()
    work(house)
    house.post.sent.clear()
    remind_once(house, number)
    work(house)
    assert not [m for m in house.post.sent if "补拍" in m["subject"]]
    house.clock.ahead(hours=1)
    work(house)
    assert len([m for m in house.post.sent if "补拍" in m["subject"]]) == 1
    house.clock.ahead(hours=1)
    work(house)
    assert len([m for m in house.post.sent if "补拍" in m["subject"]]) == 1


def test_a_notice_that_could_not_be_recorded_is_recorded_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.file()
    house.prove(number)
    commit = house.world.cases.commit
    monkeypatch.setattr(house.world.cases, "commit", lambda *a, **k: Conflict("version"))
    work_once = perform(run_jobs(house.world))
    assert work_once
    assert Job.objects.get(kind="notice").done_at is None, "a lost race is not a served notice"
    monkeypatch.setattr(house.world.cases, "commit", commit)
    house.clock.ahead(minutes=6)
    work(house)
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None and opened.case.notices[0].served_at is not None
    assert len([m for m in house.post.sent if m["address"] == "kefu@merchant.example.cn"]) <= 2
