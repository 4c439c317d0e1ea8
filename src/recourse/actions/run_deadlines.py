# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The sweep: carry out every clock that has run out, case by case, as many workers as one likes."""

from functools import partial

from recourse.actions.story import Story, change_case
from recourse.core.actor import system
from recourse.core.case.commands import RunDeadlines
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def run_deadlines(world: World, *, number: str, operator: str) -> Story[Receipt | Problems]:
    """Carry out what one case's silent clocks lead to."""
    return (yield from change_case(world, actor=system(operator), number=number, command=RunDeadlines()))


def sweep(world: World, *, limit: int) -> Story[int]:
    """Claim due cases and run each. Returns how many were looked at; call again while it returns `limit`."""
    now = yield world.clock.now
    due = yield partial(world.cases.due, now, limit)
    for operator, number in due:
        yield from run_deadlines(world, number=number, operator=operator)
    return len(due)
