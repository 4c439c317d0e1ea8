# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A newer calendar is published: running clocks are recounted by a new event, never shortening what was announced."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import system
from recourse.core.calendar import Calendar
from recourse.core.case.commands import ReviseDeadlines
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def revise_calendars(
    world: World, *, number: str, operator: str, calendar: Calendar
) -> Story[Receipt | Problems]:
    """Recount one case's running clocks."""
    command = ReviseDeadlines(calendar=calendar)
    return (yield from change_case(world, actor=system(operator), number=number, command=command))
