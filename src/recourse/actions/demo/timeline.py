# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A clock for telling stories: it stands where the story stands, and what falls due in between happens in between."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min

from recourse.actions.run_deadlines import sweep
from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import perform
from recourse.core.calendar import CHINA
from recourse.core.port import Delivery, World
from recourse.store.models import CaseRow, Job

# A case that stays due keeps its lease this long; there is no point in looking sooner.
_PAUSE = timedelta(minutes=3)
_BATCH = 200


class StoryClock:
    """`Clock` that is set by the story."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """The moment that the story has come to."""
        return self.at.astimezone(CHINA)


class SilentPost:
    """`Post` that delivers at once and says nothing: the past is not announced again."""

    def send(self, *, channel: str, address: str, subject: str, body: str, key: str) -> Delivery:
        """Delivered."""
        return Delivery.delivered


def told_by(world: World, clock: StoryClock) -> World:
    """The world in the time of a story: every port that looks at a clock looks at this one, and no message goes out."""
    ports: Any = world
    return replace(
        world,
        clock=clock,
        post=SilentPost(),
        register=ports.register.by(clock),
        cases=ports.cases.by(clock),
        rules=ports.rules.by(clock),
    )


def advance(world: World, clock: StoryClock, to: datetime) -> None:
    """Move the clock, stopping at every job and every deadline on the way to do what is due."""
    while True:
        following = _next_instant()
        if following is None or following > to:
            break
        clock.at = max(clock.at, following)
        if not perform(run_jobs(world)) and not perform(sweep(world, limit=_BATCH)):
            clock.at += _PAUSE
        if clock.at > to:
            break
    clock.at = max(clock.at, to)


def _next_instant() -> datetime | None:
    waiting = Job.objects.filter(done_at__isnull=True, dead_at__isnull=True).aggregate(at=Min("ready_at"))[
        "at"
    ]
    due = CaseRow.objects.filter(next_due_at__isnull=False).aggregate(at=Min("next_due_at"))["at"]
    return min((moment for moment in (waiting, due) if moment is not None), default=None)
