# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Jobs: at least once, effect once by key, and no worker's death loses one."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from recourse.core.lane import LANES, REST, lane_of
from recourse.store import jobs
from recourse.store.jobs import ATTEMPTS_MAX, NewJob, TakenJob
from recourse.store.models import Job
from tests.store.house import START

pytestmark = pytest.mark.django_db


LANE = lane_of("tell")
LEASE = LANE.lease


def take(now: datetime, *, limit: int = LANE.batch) -> list[TakenJob]:
    """Take from the lane that the jobs of `queue` wait in."""
    return jobs.take(now, replace(LANE, batch=limit))


def queue(*names: str, **changes: Any) -> None:
    """Queue jobs by name."""
    jobs.enqueue([NewJob("tell", name, {"number": name}, changes.get("run_at", START)) for name in names])


def test_a_job_is_taken_done_and_gone() -> None:
    queue("a")
    (job,) = take(START)
    assert (job.kind, job.dedup, job.payload, job.attempts) == ("tell", "a", {"number": "a"}, 1)
    assert take(START) == []
    assert jobs.finish(job, now=START) is True
    assert take(START + timedelta(days=1)) == []


def test_queueing_twice_makes_one_job() -> None:
    queue("a")
    queue("a", "b")
    assert sorted(job.dedup for job in take(START)) == ["a", "b"]


def test_a_job_exists_exactly_if_what_it_follows_from_does() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        queue("a")
        raise RuntimeError
    assert take(START) == []


def test_jobs_wait_for_their_time_and_come_in_its_order() -> None:
    queue("late", run_at=START + timedelta(hours=1))
    queue("now")
    queue("earlier", run_at=START - timedelta(hours=1))
    assert [job.dedup for job in take(START)] == ["earlier", "now"]
    assert [job.dedup for job in take(START + timedelta(hours=1), limit=1)] == ["now"]
    assert {job.dedup for job in take(START + timedelta(hours=1))} == {"earlier", "late"}


def test_a_worker_that_died_gives_its_job_back_by_the_end_of_the_lease() -> None:
    queue("a")
    (dead,) = take(START)
    later = START + LEASE
    (again,) = take(later)
    assert again.dedup == "a" and again.attempts == 2
    # The first worker wakes up again: the job is no longer its own.
    assert jobs.finish(dead, now=later) is False
    assert jobs.renew(dead, now=later, lease=LEASE) is False
    assert jobs.finish(again, now=later) is True


def test_a_long_job_renews_its_lease() -> None:
    queue("a")
    (job,) = take(START)
    assert jobs.renew(job, now=START + LEASE / 2, lease=LEASE) is True
    assert take(START + LEASE) == []


def test_a_failing_job_waits_longer_each_time_and_is_set_aside() -> None:
    queue("a")
    now, waits = START, []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        (job,) = take(now)
        assert job.attempts == attempt
        dead = jobs.fail(job, now=now, error="no answer")
        assert dead is (attempt == ATTEMPTS_MAX)
        if not dead:
            ready = Job.objects.get().ready_at
            waits.append(ready - now)
            now = ready
    assert waits == sorted(waits) and waits[0] < waits[-1]
    assert take(now + timedelta(days=9)) == []
    row = Job.objects.get()
    assert row.dead_at is not None and row.error == "no answer"
    assert jobs.revive(row.id, now=now) is True
    assert [job.dedup for job in take(now)] == ["a"]


def test_a_job_that_kills_its_workers_is_set_aside_too() -> None:
    queue("a")
    now = START
    for _ in range(ATTEMPTS_MAX):
        assert len(take(now)) == 1
        now += LEASE
    assert take(now) == []
    assert Job.objects.get().dead_at is not None


def test_a_postponed_job_has_lost_no_try() -> None:
    queue("a")
    (job,) = take(START)
    morning = START + timedelta(hours=10)
    assert jobs.postpone(job, until=morning) is True
    assert take(morning - timedelta(seconds=1)) == []
    assert [again.attempts for again in take(morning)] == [1]


def test_each_lane_takes_its_own_kinds_alone_and_the_last_whatever_nobody_knows() -> None:
    kinds = {lane.name: [*sorted(lane.kinds)] for lane in LANES}
    kinds[REST.name].append("teleport")
    jobs.enqueue([NewJob(kind, kind, {}, START) for named in kinds.values() for kind in named])
    taken = {lane.name: [job.kind for job in jobs.take(START, replace(lane, batch=50))] for lane in LANES}
    assert taken == kinds


def test_cases_take_turns_however_many_one_of_them_has() -> None:
    lane = lane_of("inspect")
    assert lane.in_turn and lane.batch == 1

    def hand_in(case: str, count: int, *, at: datetime) -> None:
        jobs.enqueue([NewJob("inspect", f"{case * 32}:inspect:{no}", {}, at) for no in range(count)])

    hand_in("a", 200, at=START)
    hand_in("b", 2, at=START + timedelta(minutes=1))
    hand_in("c", 1, at=START + timedelta(minutes=2))
    now = START + timedelta(minutes=3)
    held = [jobs.take(now, lane)[0] for _ in range(6)]
    assert "".join(job.dedup[0] for job in held) == "abcaba"
    assert len({job.dedup for job in held}) == 6
    for job in held:
        jobs.finish(job, now=now)
    hand_in("d", 1, at=now)
    assert [jobs.take(now, lane)[0].dedup[0] for _ in range(3)] == ["a", "d", "a"]
    # What a dead worker held comes back after its lease, and counts as waiting again.
    assert len(jobs.take(now + lane.lease, replace(lane, batch=500))) == 198


def test_a_kind_waits_in_one_lane() -> None:
    named = [kind for lane in LANES for kind in lane.kinds]
    assert len(named) == len(set(named)) and len({lane.name for lane in LANES}) == len(LANES)
    assert Job._meta.get_field("lane").db_default == REST.name


def test_a_lane_is_found_by_its_index() -> None:
    """However many wait elsewhere."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        found = Job.objects.filter(lane="post", done_at=None, dead_at=None, ready_at__lte=START)
        assert "job_lane_ready" in found.order_by("ready_at", "id")[:20].explain()
