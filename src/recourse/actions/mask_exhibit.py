# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Choose what is black in one's own exhibit for the other side."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.show_commands import MaskExhibit
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.screen import Region


def mask_exhibit(
    world: World,
    *,
    actor: Actor,
    number: str,
    no: int,
    regions: tuple[Region, ...],
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Choose what is black in one's own exhibit for the other side."""
    command = MaskExhibit(no=no, regions=regions)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
