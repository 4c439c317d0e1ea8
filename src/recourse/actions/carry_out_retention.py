# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The retention schedule is carried out: each night closed cases whose time comes are announced, then erased.

A held case is passed over, and so is one that was reopened: the fold takes the announcement back.
"""

from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings

from recourse.actions.story import Story, change_case, is_busy
from recourse.core.actor import system
from recourse.core.calendar import CHINA
from recourse.core.case.keeping_commands import AnnounceErasure, ErasePersonalData
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.core.retention import RetentionSchedule, added, erased_on, subtracted
from recourse.gateways.retention_file import SHIPPED, load_retention
from recourse.store import closed_cases, jobs

PAGE = 200


def retention_schedule() -> RetentionSchedule | Problems:
    """The schedule of this installation."""
    given = settings.RECOURSE_RETENTION
    return load_retention(Path(given) if given else SHIPPED)


def begin_retention(world: World) -> Story[None]:
    """Queue the first page of today, once a day."""
    now = yield world.clock.now
    day = now.astimezone(CHINA).date().isoformat()
    first = jobs.NewJob("retention", f"retention:{day}:", {"day": day, "after": "", "closed": ""}, now)
    yield partial(jobs.enqueue, [first])


def carry_out_retention(world: World, *, day: str, after: str, closed: str) -> Story[bool]:
    """One page of closed cases, the longest closed first, and the next page behind it."""
    schedule = yield retention_schedule
    if isinstance(schedule, Problems):
        # Nothing is erased by a schedule that cannot be read; doctor says what is wrong with it.
        return True
    now = yield world.clock.now
    before = max((subtracted(now, r.keep) for r in schedule.rules), default=None)
    if before is None:
        return True
    longest = max(schedule.rules, key=lambda rule: added(now, rule.announce))
    page = yield partial(
        closed_cases.page, before=added(before, longest.announce), closed=closed, after=after, limit=PAGE
    )
    for found in page:
        done = yield from _one(world, schedule, found, now=now)
        if not done:
            return False
    if len(page) == PAGE:
        last = page[-1]
        payload = {"day": day, "after": last.id, "closed": last.closed_at.isoformat()}
        yield partial(jobs.enqueue, [jobs.NewJob("retention", f"retention:{day}:{last.id}", payload, now)])
    return True


def _one(
    world: World, schedule: RetentionSchedule, found: closed_cases.ClosedCase, *, now: datetime
) -> Story[bool]:
    """Announce or erase one case, or leave it; False when it was too busy and must be tried again."""
    actor = system(found.operator)
    opened = yield partial(world.cases.open, actor, found.number)
    if opened is None or not opened.case.closed or opened.case.erased or opened.case.hold is not None:
        return True
    case, rule = opened.case, schedule.rule_for(opened.case.outcome)
    if rule is None:
        return True
    command: AnnounceErasure | ErasePersonalData | None = None
    if case.erase_at is not None:
        command = ErasePersonalData(case.erase_at) if case.erase_at <= now else None
    elif (due_at := erased_on(found.closed_at, rule, now=now)) is not None:
        command = AnnounceErasure(due_at, rule.key, schedule.version)
    if command is None:
        return True
    outcome = yield from change_case(world, actor=actor, number=found.number, command=command)
    return not is_busy(outcome)
