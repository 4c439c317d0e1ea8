# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say that one will not appeal."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AcceptDecision
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def accept_decision(
    world: World,
    *,
    actor: Actor,
    number: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Say that one will not appeal."""
    command = AcceptDecision()
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
