# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Keep everything of a case from being erased."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.keeping_commands import HoldCase
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def hold_case(
    world: World, *, actor: Actor, number: str, reason: str, key: str | None = None
) -> Story[Receipt | Problems]:
    """Keep everything of a case from being erased."""
    command = HoldCase(reason=reason)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
