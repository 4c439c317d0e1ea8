# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Empty the outbox: do each job that is due; what fails comes back later, what fails too often is set aside."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from recourse.actions.ask_for_code import deliver_code
from recourse.actions.carry_out_retention import carry_out_retention
from recourse.actions.deliver_webhook import deliver_webhook
from recourse.actions.draw_masks import draw_masks
from recourse.actions.finish_erasure import finish_erasure
from recourse.actions.inspect_exhibit import inspect_exhibit
from recourse.actions.read_draft import read_draft
from recourse.actions.revise_calendars import queue_cases, revise_case
from recourse.actions.serve_notice import serve_notice
from recourse.actions.story import Story
from recourse.actions.tell_party import remind_capture, remind_party, tell_party
from recourse.actions.tend_vault import copy_blob, look_round
from recourse.core.case.effect import awake
from recourse.core.lane import LANES, Lane
from recourse.core.port import World
from recourse.core.vocabulary import Party, RungName
from recourse.store import jobs
from recourse.store.jobs import TakenJob

log = logging.getLogger(__name__)

# A gateway that is not there yet (no mail server, a provider down) is asked again after this.
LATER = timedelta(minutes=5)


def run_jobs(world: World) -> Story[int]:
    """A batch of each lane, one after the other; how many jobs were taken. A worker's threads take one lane each."""
    taken = 0
    for lane in LANES:
        taken += yield from run_lane(world, lane)
    return taken


def run_lane(world: World, lane: Lane, *, leaving: Callable[[], bool] = lambda: False) -> Story[int]:
    """Take a batch of a lane's jobs and do each; how many were taken. Who is `leaving` gives back what is not begun."""
    since = yield world.clock.now
    taken: Sequence[TakenJob] = yield partial(jobs.take, since, lane)
    for job in taken:
        now = yield world.clock.now
        if (yield leaving):
            yield partial(jobs.postpone, job, until=now)
            continue
        # Those before it took their time: what somebody else has by now is theirs.
        if now > since + lane.lease / 4 and not (yield partial(jobs.renew, job, now=now, lease=lane.lease)):
            continue
        yield from _run(world, job, lane)
    return len(taken)


def _going_on(world: World, job: TakenJob, lane: Lane, story: Story[Any]) -> Story[Any]:
    """The same story, whose lease is renewed between its steps; False when somebody else has the job by now."""
    renewed = yield world.clock.now
    try:
        step = next(story)
        while True:
            now = yield world.clock.now
            if now > renewed + lane.lease / 4:
                if not (yield partial(jobs.renew, job, now=now, lease=lane.lease)):
                    story.close()
                    return False
                renewed = now
            try:
                result = yield step
            except Exception as error:
                step = story.throw(error)
            else:
                step = story.send(result)
    except StopIteration as done:
        return done.value


def _run(world: World, job: TakenJob, lane: Lane) -> Story[None]:
    """Do one job and write down what became of it. The log names jobs by id and kind alone."""
    now = yield world.clock.now
    if job.kind in _QUIET_AT_NIGHT and (morning := awake(now)) > now:
        # It was due by day, and is late: a gateway was down, or the worker. The night is quiet all the same.
        yield partial(jobs.postpone, job, until=morning)
        return
    try:
        story = _STORIES[job.kind](world, job.payload, job.dedup)
        done = yield from (_going_on(world, job, lane, story) if lane.in_turn else story)
    except Exception as error:
        # The reason is a type, never a text: a text may hold what the message held.
        reason = type(error).__name__
        now = yield world.clock.now
        dead = yield partial(jobs.fail, job, now=now, error=reason)
        log.error("job %s (%s) failed: %s%s", job.id, job.kind, reason, ", set aside" if dead else "")
        log.debug("job %s", job.id, exc_info=True)
        return
    now = yield world.clock.now
    if isinstance(done, datetime):
        yield partial(jobs.postpone, job, until=done)
    elif done:
        yield partial(jobs.finish, job, now=now)
    else:
        yield partial(jobs.postpone, job, until=now + LATER)


def _notice(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    return serve_notice(
        world,
        number=payload["number"],
        operator=payload["operator"],
        contact=payload["contact"],
        rung=RungName(payload["rung"]),
        key=key,
    )


def _tell(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    return tell_party(
        world,
        number=payload["number"],
        operator=payload["operator"],
        who=Party(payload["who"]),
        topic=payload["topic"],
        key=key,
    )


def _remind(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    return remind_party(
        world, number=payload["number"], operator=payload["operator"], deadline=payload["deadline"], key=key
    )


def _capture(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    return remind_capture(
        world, number=payload["number"], operator=payload["operator"], capture=payload["capture"], key=key
    )


def _code(world: World, payload: Mapping[str, str], key: str) -> Story[bool]:
    return deliver_code(world, ticket=payload["ticket"], key=key)


def _erase(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return finish_erasure(world, number=payload["number"], operator=payload["operator"])


def _inspect(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return inspect_exhibit(
        world, number=payload["number"], operator=payload["operator"], no=int(payload["no"])
    )


def _mask(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return draw_masks(world, number=payload["number"], operator=payload["operator"], no=int(payload["no"]))


def _read_draft(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return read_draft(world, draft=payload["draft"], blob=payload["blob"], media_type=payload["media_type"])


def _calendar(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return queue_cases(world, version=payload["version"], after=payload["after"])


def _revise(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return revise_case(world, number=payload["number"], operator=payload["operator"])


# A sign-in code goes out at any hour: somebody waits for it at the page.
_QUIET_AT_NIGHT = frozenset({"notice", "tell", "remind", "capture"})


def _webhook(world: World, payload: Mapping[str, str], _key: str) -> Story[bool | datetime]:
    return deliver_webhook(world, delivery=payload["delivery"])


def _copy(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return copy_blob(world, blob=payload["blob"])


def _round(world: World, payload: Mapping[str, str], _key: str) -> Story[bool | datetime]:
    return look_round(world, day=date.fromisoformat(payload["day"]))


def _retention(world: World, payload: Mapping[str, str], _key: str) -> Story[bool]:
    return carry_out_retention(world, day=payload["day"], after=payload["after"], closed=payload["closed"])


# A story says that it is done, that it must be tried again later, or when. A kind that is not here fails, and is set
# aside in the end: a newer version may know it.
_STORIES: dict[str, Callable[[World, Mapping[str, str], str], Story[Any]]] = {
    "notice": _notice,
    "tell": _tell,
    "remind": _remind,
    "capture": _capture,
    "code": _code,
    "inspect": _inspect,
    "mask": _mask,
    "read_draft": _read_draft,
    "erase": _erase,
    "calendar": _calendar,
    "revise": _revise,
    "webhook": _webhook,
    "copy_blob": _copy,
    "vault_round": _round,
    "retention": _retention,
}
