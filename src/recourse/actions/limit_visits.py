# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hold back a visitor who asks for too much too fast; everybody else notices nothing."""

from datetime import timedelta
from functools import partial

from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.store.rate_limit import count_visit

# What one person hands in on one day, over all their cases: a long chat and more, and no flood (ASVS 5.2.4).
FILES_A_DAY = (500, timedelta(days=1))


def may_hand_in(world: World, *, actor: Actor) -> Story[Problems | None]:
    """None, or a refusal once this person handed in more files today than anybody has."""
    times, per = FILES_A_DAY
    return may_ask(world, visitor=f"files/{actor.operator}/{actor.id}", times=times, per=per)


def may_ask(
    world: World, *, visitor: str, times: int, per: timedelta, count: int = 1
) -> Story[Problems | None]:
    """None, or a refusal once this visitor (a network address, kept as a digest) asked too often; `count` at once."""
    now = yield world.clock.now
    return (yield partial(count_visit, visitor, limit=(times, per), now=now, count=count))
