# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The outbox in memory: jobs on lease, at least once, with the keys and the waits of the real one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from recourse.core.lane import Lane, lane_of
from recourse.store.fault_point import fault_point
from recourse.store.jobs import ATTEMPTS_MAX, NewJob, TakenJob

_BACKOFF, _BACKOFF_MAX = timedelta(seconds=15), timedelta(hours=1)


@dataclass(slots=True)
class Job:
    """One row."""

    id: int
    new: NewJob
    ready_at: datetime
    holder: str = ""
    attempts: int = 0
    state: str = "open"  # open | done | dead


class FakeOutbox:
    """What `store.jobs` does, for one world."""

    def __init__(self) -> None:
        self.jobs: dict[str, Job] = {}
        self.opened: dict[int, Job] = {}
        self._holders = 0

    def enqueue(self, new: Sequence[NewJob]) -> None:
        """Queue jobs; a key that was queued before changes nothing."""
        for job in new:
            if job.dedup not in self.jobs:
                row = Job(len(self.jobs) + 1, job, job.run_at)
                self.jobs[job.dedup] = self.opened[row.id] = row

    def take(self, now: datetime, lane: Lane) -> list[TakenJob]:
        """Take a lane's jobs whose time has come; one that was taken too often is set aside."""
        ready = sorted(
            (
                row
                for row in self.opened.values()
                if row.ready_at <= now and lane_of(row.new.kind).name == lane.name
            ),
            key=lambda row: (row.ready_at, row.id),
        )
        self._holders += 1
        holder = f"h{self._holders}"
        taken = []
        for row in ready[: lane.batch]:
            if row.attempts >= ATTEMPTS_MAX:
                self._end(row, "dead")
                continue
            row.attempts, row.ready_at, row.holder = row.attempts + 1, now + lane.lease, holder
            taken.append(
                TakenJob(row.id, row.new.kind, row.new.dedup, dict(row.new.payload), row.attempts, holder)
            )
        fault_point("job.claimed")
        return taken

    def renew(self, job: TakenJob, *, now: datetime, lease: timedelta) -> bool:
        """Keep a job. False when the lease was lost."""
        row = self._held(job)
        if row is not None:
            row.ready_at = now + lease
        return row is not None

    def finish(self, job: TakenJob, *, now: datetime) -> bool:
        """The job is done. False when the lease was lost."""
        row = self._held(job)
        if row is not None:
            self._end(row, "done")
        fault_point("job.done")
        return row is not None

    def fail(self, job: TakenJob, *, now: datetime, error: str) -> bool:
        """Try again later, or set the job aside after the last try."""
        row = self._held(job)
        if row is None:
            return False
        if job.attempts >= ATTEMPTS_MAX:
            self._end(row, "dead")
            return True
        row.ready_at = now + min(_BACKOFF * 2 ** (job.attempts - 1), _BACKOFF_MAX)
        row.holder = ""
        return False

    def postpone(self, job: TakenJob, *, until: datetime) -> bool:
        """Not now; this try does not count."""
        row = self._held(job)
        if row is not None:
            row.ready_at, row.attempts, row.holder = until, job.attempts - 1, ""
        return row is not None

    def next_ready(self) -> datetime | None:
        """When the next job can be taken."""
        return min((row.ready_at for row in self.opened.values()), default=None)

    def left(self) -> list[Job]:
        """Jobs that are neither done nor set aside."""
        return list(self.opened.values())

    def _held(self, job: TakenJob) -> Job | None:
        row = self.opened.get(job.id)
        return row if row is not None and row.holder == job.holder else None

    def _end(self, row: Job, state: str) -> None:
        row.state, row.holder = state, ""
        self.opened.pop(row.id, None)
