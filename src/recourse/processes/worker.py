# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The worker: sends what waits in the outbox and carries out deadlines, until it is told to stop.

Any number of workers run side by side: jobs and due cases are taken on lease, so a worker that dies gives its work
back. Run it with `python -m recourse.processes.worker`.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import FrameType

import django

from recourse.actions.story import Story, perform
from recourse.core.port import World
from recourse.core.vocabulary import Party

log = logging.getLogger("recourse.worker")

# How long an idle worker waits before it looks again; a sign-in code should not take longer.
IDLE_SECONDS = 1.0
# How long after trouble with the database itself.
TROUBLE_SECONDS = 3.0
SWEEP_BATCH = 200
# A gateway that is not there yet (no mail server, a provider down) is asked again after this.
LATER = timedelta(minutes=5)
HOUSEKEEPING = timedelta(hours=1)
# An upload that no case names after this long was never finished.
ORPHAN_AGE = timedelta(days=31)

Job = Callable[[World, Mapping[str, str], str], Story[bool]]


def main() -> int:
    """Set up and work until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recourse.config.settings")
    django.setup()
    from recourse.webkit.world import world

    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    work(world(), stop)
    return 0


def work(world: World, stop: threading.Event) -> None:
    """Work and wait, work and wait. Trouble with the database is waited out; nothing else ends the loop."""
    from django.db import DatabaseError, connections

    kept_at = world.clock.now()
    while not stop.is_set():
        try:
            busy = turn(world)
            if world.clock.now() - kept_at >= HOUSEKEEPING:
                kept_at = world.clock.now()
                keep_house(world)
        except DatabaseError as error:
            log.error("the database is not to be had: %s", type(error).__name__)
            connections.close_all()
            stop.wait(TROUBLE_SECONDS)
            continue
        if not busy:
            stop.wait(IDLE_SECONDS)


def turn(world: World) -> bool:
    """One turn: a batch of jobs, a batch of due cases. True when there may be more to do at once."""
    from recourse.actions.run_deadlines import sweep

    done = run_jobs(world)
    # After a jump of the clock nobody may be made late; messages are still sent.
    trusted: Callable[[], bool] | None = getattr(world.clock, "trusted", None)
    if trusted is not None and not trusted():
        log.error(
            "the clock jumped: deadlines wait until it agrees with itself again or the worker is restarted"
        )
        return done > 0
    return perform(sweep(world, limit=SWEEP_BATCH)) == SWEEP_BATCH or done > 0


def run_jobs(world: World) -> int:
    """Take a batch of jobs and do each; how many were taken."""
    from recourse.store import jobs

    taken = jobs.take(world.clock.now())
    for job in taken:
        try:
            done = perform(_story(world, job.kind, job.payload, job.dedup))
        except Exception as error:
            # The reason is a type, never a text: a text may hold what the message held.
            dead = jobs.fail(job, now=world.clock.now(), error=type(error).__name__)
            log.error(
                "job %s (%s) failed: %s%s", job.id, job.kind, type(error).__name__, ", set aside" * dead
            )
            log.debug("job %s", job.id, exc_info=True)
            continue
        if done:
            jobs.finish(job, now=world.clock.now())
        else:
            jobs.postpone(job, until=world.clock.now() + LATER)
    return len(taken)


def keep_house(world: World) -> None:
    """Throw away what has run out: codes, drafts, rate windows, uploads that were never finished."""
    from recourse.store import blob_keys, codes, drafts, rate_limit

    now = world.clock.now()
    codes.forget_expired(now)
    drafts.forget_expired(now)
    rate_limit.forget_ended(now)
    for blob in blob_keys.orphans(before=now - ORPHAN_AGE):
        world.blobs.delete(blob)


def _story(world: World, kind: str, payload: Mapping[str, str], key: str) -> Story[bool]:
    """The deed behind a job. An unknown kind fails, and is set aside in the end: a newer version may know it."""
    return _STORIES[kind](world, payload, key)


def _notice(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    from recourse.actions.serve_notice import serve_notice

    return serve_notice(
        world, number=payload["number"], operator=payload["operator"], contact=payload["contact"], key=key
    )


def _tell(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    from recourse.actions.tell_party import tell_party

    return tell_party(
        world,
        number=payload["number"],
        operator=payload["operator"],
        who=Party(payload["who"]),
        topic=payload["topic"],
        key=key,
    )


def _remind(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    from recourse.actions.tell_party import remind_party

    return remind_party(
        world, number=payload["number"], operator=payload["operator"], deadline=payload["deadline"], key=key
    )


def _code(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    from recourse.actions.ask_for_code import deliver_code

    return deliver_code(world, ticket=payload["ticket"], key=key)


def _erase(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    from recourse.actions.finish_erasure import finish_erasure

    return finish_erasure(world, number=payload["number"], operator=payload["operator"])


_STORIES: dict[str, Job] = {
    "notice": _notice,
    "tell": _tell,
    "remind": _remind,
    "code": _code,
    "erase": _erase,
}


if __name__ == "__main__":
    raise SystemExit(main())
