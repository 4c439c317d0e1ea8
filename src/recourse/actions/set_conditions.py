# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Draw up the table of announced conditions, with the refusal beside it."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import SetConditions
from recourse.core.condition import Condition, Refusal
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def set_conditions(
    world: World,
    *,
    actor: Actor,
    number: str,
    conditions: tuple[Condition, ...],
    refusal: Refusal | None = None,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Draw up the table of announced conditions, with the refusal beside it."""
    command = SetConditions(conditions=conditions, refusal=refusal)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
