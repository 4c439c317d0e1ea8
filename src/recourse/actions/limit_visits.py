# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hold back a visitor who asks for too much too fast; everybody else notices nothing."""

from datetime import timedelta
from functools import partial

from recourse.actions.story import Story
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.store.rate_limit import count_visit


def may_ask(
    world: World, *, visitor: str, times: int, per: timedelta, count: int = 1
) -> Story[Problems | None]:
    """None, or a refusal once this visitor (a network address, kept as a digest) asked too often; `count` at once."""
    now = yield world.clock.now
    return (yield partial(count_visit, visitor, limit=(times, per), now=now, count=count))
