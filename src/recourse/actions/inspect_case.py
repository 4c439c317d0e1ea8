# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Have every exhibit of a case looked at that nobody has looked at yet: for whoever cannot wait for the worker."""

from collections.abc import Sequence
from functools import partial

from recourse.actions.inspect_exhibit import inspect_exhibit
from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.port import World
from recourse.store.inspections import inspected


def inspect_case(world: World, *, actor: Actor, number: str) -> Story[int]:
    """How many exhibits were inspected now. Nothing for a case that this reader may not see."""
    opened = yield partial(world.cases.open, actor, number)
    if opened is None:
        return 0
    seen = yield partial(inspected, actor, number)
    left: Sequence[int] = [item.no for item in opened.case.exhibits if item.no not in seen]
    for no in left:
        yield from inspect_exhibit(world, number=number, operator=actor.operator, no=no)
    return len(left)
