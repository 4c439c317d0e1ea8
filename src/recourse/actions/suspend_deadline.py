# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Stop a clock until a moment; it goes on by itself."""

from datetime import datetime

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import SuspendDeadline
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def suspend_deadline(
    world: World,
    *,
    actor: Actor,
    number: str,
    deadline: str,
    until: datetime,
    reason: str,
    cause: SuspensionCause = SuspensionCause.other,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Stop a clock until a moment; it goes on by itself."""
    command = SuspendDeadline(deadline=deadline, until=until, reason=reason, cause=cause)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
