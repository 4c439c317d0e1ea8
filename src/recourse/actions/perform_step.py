# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Report a step of a remedy done, with its proof."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import PerformStep
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def perform_step(
    world: World,
    *,
    actor: Actor,
    number: str,
    remedy: str,
    index: int,
    note: str,
    exhibits: tuple[int, ...] = (),
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Report a step of a remedy done, with its proof."""
    command = PerformStep(remedy=remedy, index=index, note=note, exhibits=exhibits)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
