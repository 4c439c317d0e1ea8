# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say that the remedy did not arrive, or is not what was promised."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import DisputeRemedy
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def dispute_remedy(
    world: World,
    *,
    actor: Actor,
    number: str,
    remedy: str,
    reason: str,
    text: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Say that the remedy did not arrive, or is not what was promised."""
    command = DisputeRemedy(remedy=remedy, reason=reason, text=text)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
