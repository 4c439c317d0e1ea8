# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Appeal once, to another person."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AppealDecision
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def appeal_decision(
    world: World,
    *,
    actor: Actor,
    number: str,
    reasons: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Appeal once, to another person."""
    command = AppealDecision(reasons=reasons)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
