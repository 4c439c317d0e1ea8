# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The worker: sends what waits in the outbox, carries out deadlines and keeps the log, until it is told to stop.

Any number of workers run side by side: jobs and due cases are taken on lease, so a worker that dies gives its work
back. Run it with `python -m recourse.processes.worker`.
"""

import logging
import os
import signal
import threading
from datetime import timedelta
from types import FrameType

import django

from recourse.actions.story import perform
from recourse.core.port import World

log = logging.getLogger("recourse.worker")

# How long an idle worker waits before it looks again; a sign-in code should not take longer.
IDLE_SECONDS = 1.0
# How long after trouble with the database itself.
TROUBLE_SECONDS = 3.0
SWEEP_BATCH = 200
HOUSEKEEPING = timedelta(hours=1)
# A leaf is promised within ten seconds; signing and witnessing take a part of that.
LOG = timedelta(seconds=2)
# How long a worker waits that may not write.
CLOSED_SECONDS = 5.0
# An upload that no case names after this long was never finished.
ORPHAN_AGE = timedelta(days=31)


def main() -> int:
    """Set up and work until SIGTERM or SIGINT."""
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    # Before anything else: whoever is told to stop while still starting leaves as orderly.
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")
    django.setup()
    from recourse.webkit.garbage import collect_rarely
    from recourse.webkit.world import world

    found = world()
    collect_rarely()
    work(found, stop)
    return 0


def work(world: World, stop: threading.Event) -> None:
    """Work and wait, work and wait. Trouble with the database is waited out; nothing else ends the loop."""
    from django.db import DatabaseError, connections

    from recourse.actions.keep_log import keep_log
    from recourse.queries.guard import closed

    keep_at = log_at = world.clock.now()
    while not stop.is_set():
        try:
            shut = closed(world)
            if shut is not None:
                log.error("%s %s", shut.items[0].message.en, shut.items[0].do.en)
                stop.wait(CLOSED_SECONDS)
                continue
            if world.clock.now() >= log_at:
                perform(keep_log(world))
                log_at = world.clock.now() + LOG
            if world.clock.now() >= keep_at:
                keep_house(world)
                keep_at = world.clock.now() + HOUSEKEEPING
            busy = turn(world)
        except DatabaseError as error:
            log.error("the database is not to be had: %s", type(error).__name__)
            connections.close_all()
            stop.wait(TROUBLE_SECONDS)
            continue
        if not busy:
            stop.wait(IDLE_SECONDS)


def turn(world: World) -> bool:
    """One turn: a batch of jobs, a batch of due cases. True when there may be more to do at once."""
    from recourse.actions.take_turn import take_turn

    return perform(take_turn(world, limit=SWEEP_BATCH))


def keep_house(world: World) -> None:
    """Announce the newest calendar; have the log stamped; throw away codes, drafts, sessions, rate windows, old answers and unfinished uploads."""
    from django.contrib.sessions.models import Session

    from recourse.actions.revise_calendars import announce_calendar
    from recourse.actions.stamp_log import stamp_log
    from recourse.store import blob_keys, codes, drafts, once, rate_limit

    perform(announce_calendar(world))
    perform(stamp_log(world))
    now = world.clock.now()
    codes.forget_expired(now)
    drafts.forget_expired(now)
    rate_limit.forget_ended(now)
    once.forget_old(now)
    Session.objects.filter(expire_date__lt=now).delete()
    while orphans := blob_keys.orphans(before=now - ORPHAN_AGE):
        for blob in orphans:
            world.blobs.delete(blob)


if __name__ == "__main__":
    raise SystemExit(main())
