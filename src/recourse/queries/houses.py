# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who takes a complaint about this platform here? Operators run rungs; where nobody does, we prepare the papers."""

from dataclasses import dataclass

from recourse.core.port import World
from recourse.core.text import Text
from recourse.store.operators import LOCAL, everybody


@dataclass(frozen=True, slots=True)
class House:
    """One operator as a complainant sees it. `operated` are the rungs it runs for the platform asked about."""

    slug: str
    name: Text
    operated: tuple[str, ...]


def houses_for(world: World, platform: str) -> tuple[House, ...]:
    """The operators that take part for this platform, and last the one that only prepares papers."""
    found = [
        House(slug, name, operated) for slug, name, operated in everybody(platform, on=world.clock.now())
    ]
    taking_part = [house for house in found if house.operated]
    alone = [house for house in found if not house.operated]
    alone.sort(key=lambda house: house.slug != "none")
    return (*taking_part, *alone[:1]) or (House(LOCAL, Text("本站", "this site"), ()),)


def house_for(world: World, platform: str, *, only_papers: bool) -> House:
    """The one operator a new filing goes to; with `only_papers` one that operates nothing, when there is one."""
    found = houses_for(world, platform)
    return found[-1] if only_papers else found[0]
