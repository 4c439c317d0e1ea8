# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Give more time, once, with a reason."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import ExtendDeadline
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def extend_deadline(
    world: World,
    *,
    actor: Actor,
    number: str,
    deadline: str,
    length: str,
    reason: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Give more time, once, with a reason."""
    command = ExtendDeadline(deadline=deadline, length=length, reason=reason)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
