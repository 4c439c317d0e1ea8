# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One turn of a worker that does everything by itself: a batch of each lane, then the clocks that ran out."""

from recourse.actions.run_deadlines import sweep_by_a_trusted_clock
from recourse.actions.run_jobs import run_jobs
from recourse.actions.story import Story
from recourse.core.port import World


def take_turn(world: World, *, limit: int) -> Story[bool]:
    """A batch of jobs and a batch of up to `limit` due cases. True when there may be more to do at once."""
    done = yield from run_jobs(world)
    # What the sweep did may have filled the outbox. A case that stays due is on lease and is not seen again soon.
    return (yield from sweep_by_a_trusted_clock(world, limit=limit)) > 0 or done > 0
