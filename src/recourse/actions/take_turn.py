# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One turn of a worker: what waits in the outbox, then the clocks that ran out. Any number of workers take turns."""

import logging
from collections.abc import Callable

from recourse.actions.run_deadlines import sweep
from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import Story
from recourse.core.port import World

log = logging.getLogger(__name__)


def take_turn(world: World, *, limit: int) -> Story[bool]:
    """A batch of jobs and a batch of up to `limit` due cases. True when there may be more to do at once."""
    done = yield from run_jobs(world)
    # After a jump of the clock nobody may be made late; messages are still sent.
    trusted: Callable[[], bool] | None = getattr(world.clock, "trusted", None)
    if trusted is not None and not (yield trusted):
        log.error(
            "the clock jumped: deadlines wait until it agrees with itself again or the worker is restarted"
        )
        return done > 0
    # What the sweep did may have filled the outbox. A case that stays due is on lease and is not seen again soon.
    return (yield from sweep(world, limit=limit)) > 0 or done > 0
