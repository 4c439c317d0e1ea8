# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The vault is looked after: a new file gets its copy, and every night each file is looked at and mended if need be."""

from datetime import date, datetime, time, timedelta
from functools import partial

from recourse.actions.story import Story
from recourse.core.calendar import CHINA
from recourse.core.port import BlobHealth, World
from recourse.store import blob_keys, jobs, vault_rounds

# How many files one turn looks at; the worker does other things between two turns.
SLICE = 25
_NIGHT = time(3)


def begin_round(world: World) -> Story[None]:
    """Queue tonight's round, once."""
    now = yield world.clock.now
    night = datetime.combine(now.astimezone(CHINA).date(), _NIGHT, tzinfo=CHINA)
    if night < now:
        night += timedelta(days=1)
    day = night.date().isoformat()
    yield partial(jobs.enqueue, [jobs.NewJob("vault_round", f"vault_round:{day}", {"day": day}, night)])


def look_round(world: World, *, day: date) -> Story[bool | datetime]:
    """Look at the next files of a round, wherever it was broken off; a moment means: go on then."""
    cursor = yield partial(vault_rounds.begin, day)
    names = yield partial(blob_keys.after, cursor, limit=SLICE)
    found = []
    for name in names:
        found.append((yield partial(world.blobs.check, name)))
    now = yield world.clock.now
    if names:
        yield partial(
            vault_rounds.advance,
            day,
            after=cursor,
            to=names[-1],
            checked=len(names),
            mended=found.count(BlobHealth.mended),
            damaged=found.count(BlobHealth.damaged),
        )
    if len(names) == SLICE:
        return now
    yield partial(world.blobs.sweep, now)
    yield partial(vault_rounds.finish, day, now=now)
    return True


def look_at_all(world: World) -> Story[dict[BlobHealth, int]]:
    """Look at every file at once, by the operator's hand; how many are how."""
    counts, after = dict.fromkeys(BlobHealth, 0), ""
    while names := (yield partial(blob_keys.after, after, limit=SLICE)):
        for name in names:
            counts[(yield partial(world.blobs.check, name))] += 1
        after = names[-1]
    return counts


def copy_blob(world: World, *, blob: str) -> Story[bool]:
    """Give the replica its copy of a new file, and prove both. One that is erased meanwhile needs none."""
    yield partial(world.blobs.check, blob)
    return True
