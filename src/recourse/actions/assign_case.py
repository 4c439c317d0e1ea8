# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Put the case into the hands of an agent or neutral."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AssignCase
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def assign_case(
    world: World,
    *,
    actor: Actor,
    number: str,
    agent: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Put the case into the hands of an agent or neutral."""
    command = AssignCase(agent=agent)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
