# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The story that every deed tells: gate and load, decide, commit once; effects follow through the outbox.

A story is a generator of steps; each step is a call without arguments whose result is sent back in. `perform` runs
one straight through; the simulator runs many at once and interleaves, repeats or kills them between steps.
"""

import hashlib
from collections.abc import Callable, Generator
from functools import partial
from typing import Any, TypeVar

from recourse.core.actor import Actor
from recourse.core.case.decide import decide
from recourse.core.port import Conflict, Key, Receipt, World
from recourse.core.problem import Problems, refuse

Step = Callable[[], Any]
R = TypeVar("R")
Story = Generator[Step, Any, R]

# A deed that lost a race reads again and decides again this often before it says so.
ATTEMPTS = 4


def perform(story: Story[R]) -> R:
    """Run a story straight through and return what it came to."""
    try:
        step = next(story)
        while True:
            try:
                result = step()
            except Exception as error:
                step = story.throw(error)
            else:
                step = story.send(result)
    except StopIteration as done:
        return done.value


def change_case(
    world: World, *, actor: Actor, number: str, command: Any, key: str | None = None, asked: Any = None
) -> Story[Receipt | Problems]:
    """Put one command to a case. The same key with the same command answers as the first time.

    `asked` is what the client asked for, where the command holds more than that (a name made on our side).

    The key is looked up after the case was read: whoever asked first has then either been seen or makes the commit lose.
    """
    sealed = Key(key, fingerprint((number, command if asked is None else asked))) if key else None
    for _ in range(ATTEMPTS):
        opened = yield partial(world.cases.open, actor, number)
        if opened is None:
            foreign = yield partial(world.cases.is_foreign, actor, number)
            return read_only() if foreign else absent()
        replayed = (yield partial(world.cases.replay, actor, sealed)) if sealed is not None else None
        if replayed is not None:
            return replayed
        now = yield world.clock.now
        decided = decide(opened.case, command, actor=actor, rules=opened.rules, facts=opened.facts, now=now)
        if isinstance(decided, Problems):
            return decided
        if not decided.events:
            return Receipt(opened.case.number, opened.case.version, opened.head)
        outcome = yield partial(
            world.cases.commit, opened, decided.case, decided.events, actor=actor, now=now, key=sealed
        )
        if not isinstance(outcome, Conflict):
            return outcome
    return busy()


def is_busy(outcome: object) -> bool:
    """Whether a deed was not done for too much company alone: the one refusal that waiting mends."""
    return isinstance(outcome, Problems) and outcome.keys() == ("busy",)


def fingerprint(command: Any) -> str:
    """A digest of what was asked, so that a key is not used for two different requests."""
    return hashlib.sha256(repr(command).encode()).hexdigest()


def absent() -> Problems:
    """Absent and forbidden answer alike."""
    return refuse(
        "case_not_found",
        zh="没有找到这件投诉。",
        en="This complaint was not found.",
        do_zh="请核对编号，或用提交时的联系方式登录。",
        do_en="Check the number, or sign in with the contact you filed with.",
        field="number",
    )


def read_only() -> Problems:
    """A case of another installation: to read, and nothing else."""
    return refuse(
        "foreign_record",
        zh="这是从别处导入的记录，只能看，不能操作；期限也不在这里走。",
        en="This is a record from another installation: it can be read, not acted on, and no clock of it runs here.",
        do_zh="要办这件事，请到原来的地方；要在这里投诉，请另外提交。",
        do_en="Act where the case is at home; to complain here, file anew.",
        field="number",
    )


def busy() -> Problems:
    """Too many people at once; nothing was changed."""
    return refuse(
        "busy",
        zh="刚刚有人也在操作这件投诉，这一步没有做成。",
        en="Somebody else was acting on this complaint just now; nothing was changed.",
        do_zh="请刷新页面看看最新情况再试。",
        do_en="Reload the page and try again.",
    )
