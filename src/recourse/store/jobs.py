# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The outbox and its workers: jobs are taken on lease, and come back when the worker that took them dies."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from django.db import connection, transaction
from django.db.models import QuerySet

from recourse.core.lane import Lane, lane_of
from recourse.store import rows
from recourse.store.fault_point import fault_point
from recourse.store.models import Job

ATTEMPTS_MAX = 8
# The wait before the second try; each further one doubles it, up to the limit.
_BACKOFF = timedelta(seconds=15)
_BACKOFF_MAX = timedelta(hours=1)


_PAYLOAD = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be queued. `dedup` is unique for all time: queueing it again changes nothing."""

    kind: str
    dedup: str
    payload: Mapping[str, str]
    run_at: datetime


@dataclass(frozen=True, slots=True)
class TakenJob:
    """A job on lease. `holder` proves the lease; `attempts` counts this one. Use `dedup` as the effect's own key."""

    id: int
    kind: str
    dedup: str
    payload: Mapping[str, str]
    attempts: int
    holder: str


def enqueue(new: Sequence[NewJob]) -> None:
    """Queue jobs in the caller's transaction, so that they exist exactly if what they follow from exists."""
    rows.insert(
        "store_job",
        ("kind", "lane", "dedup", "payload", "run_at", "ready_at", "holder", "attempts", "error"),
        [
            (
                job.kind,
                lane_of(job.kind).name,
                job.dedup,
                _PAYLOAD.encode(job.payload).decode(),
                *(job.run_at, job.run_at, "", 0, ""),
            )
            for job in new
        ],
        once=True,
    )


def take(now: datetime, lane: Lane) -> list[TakenJob]:
    """Take a lane's batch of jobs whose time has come; nobody else gets them before the lease ends.

    A job that was taken too often without an end is set aside as dead instead.
    """
    holder = secrets.token_hex(16)
    with transaction.atomic():
        found = list(_ready(now, lane))
        spent = [job.id for job in found if job.attempts >= ATTEMPTS_MAX]
        if spent:
            Job.objects.filter(id__in=spent).update(dead_at=now)
        mine = [job for job in found if job.attempts < ATTEMPTS_MAX]
        for job in mine:
            job.attempts += 1
            job.ready_at = now + lane.lease
            job.holder = holder
        Job.objects.bulk_update(mine, ["attempts", "ready_at", "holder"])
    fault_point("job.claimed")
    return [TakenJob(job.id, job.kind, job.dedup, job.payload, job.attempts, holder) for job in mine]


def renew(job: TakenJob, *, now: datetime, lease: timedelta) -> bool:
    """Keep a job that was not begun yet, or lasts; False when the lease was lost, and then it must be left alone."""
    return _held(job).update(ready_at=now + lease) == 1


def finish(job: TakenJob, *, now: datetime) -> bool:
    """The job is done. False when the lease was lost: somebody else may do it again, its key makes that harmless."""
    done = _held(job).update(done_at=now, holder="", error="") == 1
    fault_point("job.done")
    return done


def fail(job: TakenJob, *, now: datetime, error: str) -> bool:
    """The job failed: try again later, or set it aside after the last try. True when it is dead now."""
    if job.attempts >= ATTEMPTS_MAX:
        return _held(job).update(dead_at=now, error=error[:200], holder="") == 1
    wait = min(_BACKOFF * 2 ** (job.attempts - 1), _BACKOFF_MAX)
    _held(job).update(ready_at=now + wait, error=error[:200], holder="")
    return False


def postpone(job: TakenJob, *, until: datetime) -> bool:
    """Not now (a quiet hour, a gateway that asked to come back): try again then, without counting this try."""
    return _held(job).update(ready_at=until, attempts=job.attempts - 1, holder="") == 1


def revive(dead: int, *, now: datetime) -> bool:
    """Give a dead job a new life, by the operator's hand."""
    found = Job.objects.filter(id=dead, dead_at__isnull=False)
    return found.update(dead_at=None, attempts=0, ready_at=now, error="") == 1


# Cases take turns: the next of a case stands behind its jobs that are being done and those that were ready before it. The
# key of a job begins with its case. More than a batch, since somebody else may be taking the same ones.
_IN_TURN = (
    "SELECT id FROM (SELECT id, ready_at, ROW_NUMBER() OVER (PARTITION BY substr(dedup, 1, 32) "
    "ORDER BY CASE WHEN ready_at > %s THEN 0 ELSE 1 END, ready_at, id) AS turn FROM store_job "
    "WHERE lane = %s AND done_at IS NULL AND dead_at IS NULL AND (ready_at <= %s OR holder <> '')) AS waiting "
    "WHERE ready_at <= %s ORDER BY turn, ready_at, id LIMIT %s"
)
_TURNS = 4


def _ready(now: datetime, lane: Lane) -> Sequence[Job]:
    open_jobs = Job.objects.filter(
        lane=lane.name, done_at__isnull=True, dead_at__isnull=True, ready_at__lte=now
    )
    ordered = open_jobs.order_by("ready_at", "id")
    if connection.features.has_select_for_update_skip_locked:
        # On SQLite the transaction itself is the only writer; the lease column guards on both.
        ordered = ordered.select_for_update(skip_locked=True)
    if lane.in_turn:
        turns = [id for (id,) in rows.select(_IN_TURN, [now, lane.name, now, now, _TURNS * lane.batch])]
        found = {job.id: job for job in ordered.filter(id__in=turns)}
        return [found[id] for id in turns if id in found][: lane.batch]
    return list(ordered[: lane.batch])


def _held(job: TakenJob) -> "QuerySet[Job]":
    return Job.objects.filter(id=job.id, holder=job.holder, done_at__isnull=True, dead_at__isnull=True)
