# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Move up the ladder: to the next rung, or to an optional one that the person names."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import EscalateCase
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import RungName


def escalate_case(
    world: World,
    *,
    actor: Actor,
    number: str,
    rung: RungName | None = None,
    gate_confirmed: bool = False,
    why: str = "",
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Move up the ladder: to the next rung, or to an optional one that the person names."""
    command = EscalateCase(rung=rung, gate_confirmed=gate_confirmed, why=why)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
