# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Let go of what somebody else held."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.keeping_commands import ReleaseHold
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def release_hold(
    world: World, *, actor: Actor, number: str, reason: str, key: str | None = None
) -> Story[Receipt | Problems]:
    """Let go of what somebody else held."""
    command = ReleaseHold(reason=reason)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
