# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hand over a file through a door of the network, page or API: as many a day as anybody has, and no flood."""

from typing import Any

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.limit_visits import may_hand_in
from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def hand_in_file(world: World, *, actor: Actor, **given: Any) -> Story[Receipt | Problems]:
    """Add an exhibit as `add_exhibit` does, unless this person handed in more files today than anybody has."""
    limited = yield from may_hand_in(world, actor=actor)
    if limited is not None:
        return limited
    return (yield from add_exhibit(world, actor=actor, **given))
