# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Draw up the table of what is in dispute."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import SetPoints
from recourse.core.case.state import Point
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def set_points(
    world: World,
    *,
    actor: Actor,
    number: str,
    points: tuple[Point, ...],
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Draw up the table of what is in dispute."""
    command = SetPoints(points=points)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
