# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Confirm that the remedy arrived and is right."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import ConfirmRemedy
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def confirm_remedy(
    world: World,
    *,
    actor: Actor,
    number: str,
    remedy: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Confirm that the remedy arrived and is right."""
    command = ConfirmRemedy(remedy=remedy)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
