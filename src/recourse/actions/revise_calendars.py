# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A newer calendar is published: running clocks are recounted by a new event, never shortening what was announced.

It goes through the outbox in three strides: the version is announced once, then the open cases are queued page by
page, then each case is recounted by itself. Dying in between loses nothing and repeats nothing.
"""

from functools import partial

from recourse.actions.story import Story, change_case, is_busy
from recourse.core.actor import system
from recourse.core.case.commands import ReviseDeadlines
from recourse.core.port import World
from recourse.store import jobs, open_cases

PAGE = 500


def announce_calendar(world: World) -> Story[None]:
    """Queue the newest calendar's version, once for all time: announcing it again changes nothing."""
    calendar = yield world.rules.calendar
    now = yield world.clock.now
    version = calendar.version
    first = jobs.NewJob("calendar", f"calendar:{version}:", {"version": version, "after": ""}, now)
    yield partial(jobs.enqueue, [first])


def queue_cases(world: World, *, version: str, after: str) -> Story[bool]:
    """Queue a page of open cases for recounting, and the next page behind it."""
    now = yield world.clock.now
    found = yield partial(open_cases.page, after=after, limit=PAGE)
    new = [
        jobs.NewJob("revise", f"{id}:revise:{version}", {"number": number, "operator": operator}, now)
        for id, number, operator in found
    ]
    if len(found) == PAGE:
        last = found[-1][0]
        new.append(
            jobs.NewJob("calendar", f"calendar:{version}:{last}", {"version": version, "after": last}, now)
        )
    yield partial(jobs.enqueue, new)
    return True


def revise_case(world: World, *, number: str, operator: str) -> Story[bool]:
    """Recount one case's running clocks. A case that is gone or erased has nothing to recount."""
    calendar = yield world.rules.calendar
    outcome = yield from change_case(
        world, actor=system(operator), number=number, command=ReviseDeadlines(calendar=calendar)
    )
    return not is_busy(outcome)
