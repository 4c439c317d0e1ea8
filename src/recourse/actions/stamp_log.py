# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Have the newest checkpoint stamped by an authority outside, so that the log as a whole has an age nobody here made up."""

from datetime import timedelta
from functools import partial

from recourse.actions.story import Story
from recourse.core.log import StoredTimestamp
from recourse.core.port import World

EVERY = timedelta(hours=1)


def stamp_log(world: World, *, at_once: bool = False) -> Story[bool]:
    """Stamp the newest checkpoint; not one that has a stamp, and not sooner than an hour after the last unless `at_once`.

    Whether a new stamp was kept. An authority that is not to be had is asked again at the next call.
    """
    if world.log is None or world.authority is None:
        return False
    checkpoint = yield world.log.newest
    last: StoredTimestamp | None = yield world.log.timestamp
    now = yield world.clock.now
    if checkpoint is None or (last is not None and last.checkpoint.id == checkpoint.id):
        return False
    if last is not None and not at_once and now - last.stamped_at < EVERY:
        return False
    found = yield partial(world.authority.stamp, checkpoint.stamped_bytes())
    if found is None:
        return False
    token, chain = found
    yield partial(
        world.log.add_timestamp,
        checkpoint.id,
        authority=world.authority.name,
        token=token,
        chain=chain,
        now=now,
    )
    return True
