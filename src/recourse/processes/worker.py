# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The worker: sends what waits in the outbox, carries out deadlines and keeps the log, until it is told to stop.

Each lane of the outbox has threads of its own, and so have the deadlines and the housekeeping: a receiver that never
answers delays no sign-in code and no clock. Any number of workers run side by side: jobs and due cases are taken on
lease, so a worker that dies gives its work back. Run it with `python -m recourse.processes.worker`.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from types import FrameType

import django

from recourse.core.lane import LANES, Lane
from recourse.core.port import World

log = logging.getLogger("recourse.worker")

# How long an idle lane waits before it looks again; a sign-in code should not take longer.
IDLE_SECONDS = 1.0
# How long after trouble, with the database or of its own.
TROUBLE_SECONDS = 3.0
# How long those who are told to stop may take to end the job they are at; `serve` waits a little longer.
GRACE_SECONDS = 8.0
SWEEP_BATCH = 200
HOUSEKEEPING = timedelta(hours=1)
# A leaf is promised within ten seconds; signing and witnessing take a part of that.
LOG_SECONDS = 2.0
# How long a worker waits that may not write.
CLOSED_SECONDS = 5.0
# An upload that no case names after this long was never finished.
ORPHAN_AGE = timedelta(days=31)
# A picture of ours that no inspection names after this long was made by a worker that died: it can be made again.
STRAY_AGE = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Line:
    """One thread's work: `turn` does a batch and says whether there may be more at once; if not, it idles."""

    name: str
    turn: Callable[[], bool]
    idle: float = IDLE_SECONDS


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
    work(lines(found, stop), stop)
    return 0


def lines(world: World, stop: threading.Event) -> list[Line]:
    """Everything that a worker does, thread by thread."""
    from recourse.actions.keep_log import keep_log
    from recourse.actions.run_deadlines import sweep_by_a_trusted_clock
    from recourse.actions.run_jobs import run_lane
    from recourse.actions.story import perform

    def taking(lane: Lane) -> Callable[[], bool]:
        return lambda: perform(run_lane(world, lane, leaving=stop.is_set)) > 0

    def keeping() -> bool:
        keep_house(world)
        return False

    def logging() -> bool:
        perform(keep_log(world))
        return False

    every = [
        Line("deadlines", lambda: perform(sweep_by_a_trusted_clock(world, limit=SWEEP_BATCH)) > 0),
        Line("log", logging, idle=LOG_SECONDS),
        *(Line(f"{lane.name}.{n}", taking(lane)) for lane in LANES for n in range(lane.threads)),
        Line("house", keeping, idle=HOUSEKEEPING.total_seconds()),
    ]
    return [replace(line, turn=_while_open(world, line)) for line in every]


class WritesClosed(Exception):
    """The database is behind what signer or witness saw of the log: nothing may be written."""


def _while_open(world: World, line: Line) -> Callable[[], bool]:
    """The line's turn, as long as anything may be written. One line tells why not; the others wait without a word."""
    from recourse.queries.guard import closed

    def turn() -> bool:
        shut = closed(world)
        if shut is None:
            return line.turn()
        if line.name == "log":
            log.error("%s %s", shut.items[0].message.en, shut.items[0].do.en)
        raise WritesClosed

    return turn


def work(tasks: Sequence[Line], stop: threading.Event) -> None:
    """Run every line in a thread of its own until told to stop; then each ends the job it is at.

    Who is not done after the grace is left behind: the process ends, and its leases give the work back.
    """
    threads = [
        threading.Thread(target=_keep_at_it, args=(line, stop), name=line.name, daemon=True) for line in tasks
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    patience = time.monotonic() + GRACE_SECONDS
    for thread in threads:
        thread.join(max(0.0, patience - time.monotonic()))
    if late := [thread.name for thread in threads if thread.is_alive()]:
        log.warning("left behind at work: %s", ", ".join(late))


def _keep_at_it(line: Line, stop: threading.Event) -> None:
    """Work and idle, work and idle. Trouble is waited out; nothing but the stop ends it."""
    from django.db import connections

    while not stop.is_set():
        try:
            busy = line.turn()
        except WritesClosed:
            stop.wait(CLOSED_SECONDS)
            continue
        except Exception as error:
            # By its type alone: a text may hold what a message held.
            log.error("%s: trouble, tried again: %s", line.name, type(error).__name__)
            log.debug("%s", line.name, exc_info=True)
            connections.close_all()  # this thread's own
            stop.wait(TROUBLE_SECONDS)
            continue
        if not busy:
            stop.wait(line.idle)
    connections.close_all()


def keep_house(world: World) -> None:
    """Announce the newest calendar, tonight's round of the vault and today's end of retention; have the log stamped; throw
    away codes, drafts, sessions, rate windows, old answers and unfinished uploads; look again at exhibits that an older
    inspector saw."""
    from django.contrib.sessions.models import Session

    from recourse.actions.carry_out_retention import begin_retention
    from recourse.actions.revise_calendars import announce_calendar
    from recourse.actions.stamp_log import stamp_log
    from recourse.actions.story import perform
    from recourse.actions.tend_vault import begin_round
    from recourse.store import blob_keys, codes, drafts, inspections, once, rate_limit

    perform(announce_calendar(world))
    perform(begin_round(world))
    perform(begin_retention(world))
    perform(stamp_log(world))
    now = world.clock.now()
    codes.forget_expired(now)
    drafts.forget_expired(now)
    rate_limit.forget_ended(now)
    once.forget_old(now)
    Session.objects.filter(expire_date__lt=now).delete()
    if world.inspector is not None:
        inspections.queue_again(
            confined=world.inspector.confinement.enough, reads=world.reader is not None, now=now
        )
    for age, made in ((ORPHAN_AGE, False), (STRAY_AGE, True)):
        while orphans := blob_keys.orphans(before=now - age, made=made):
            for blob in orphans:
                world.blobs.delete(blob)


if __name__ == "__main__":
    raise SystemExit(main())
