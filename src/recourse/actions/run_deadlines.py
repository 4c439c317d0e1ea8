# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The sweep: carry out every clock that has run out, batch by batch, as many workers as one likes."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from recourse.actions.story import Story, change_case
from recourse.core.actor import system
from recourse.core.case.commands import RunDeadlines
from recourse.core.case.decide import decide
from recourse.core.port import Conflict, OpenedCase, Receipt, World
from recourse.core.problem import Problems
from recourse.store.codec import CaseStopped
from recourse.store.commit import Entry

log = logging.getLogger(__name__)


def run_deadlines(world: World, *, number: str, operator: str) -> Story[Receipt | Problems]:
    """Carry out what one case's silent clocks lead to."""
    return (yield from change_case(world, actor=system(operator), number=number, command=RunDeadlines()))


def sweep(world: World, *, limit: int) -> Story[int]:
    """Claim due cases and run each. Returns how many were looked at; call again while it returns `limit`.

    A case that cannot be read or decided is logged by its number and left to its lease: it holds no other case up
    and comes back in a while.
    """
    now = yield world.clock.now
    due = yield partial(world.cases.due, now, limit)
    houses: dict[str, list[str]] = defaultdict(list)
    for operator, number in due:
        houses[operator].append(number)
    for operator, numbers in houses.items():
        yield from _run_together(world, operator, numbers, now)
    return len(due)


def sweep_by_a_trusted_clock(world: World, *, limit: int) -> Story[int]:
    """The sweep, unless the clock jumped: then nobody may be made late, and nothing is looked at."""
    trusted: Callable[[], bool] | None = getattr(world.clock, "trusted", None)
    if trusted is not None and not (yield trusted):
        log.error(
            "the clock jumped: deadlines wait until it agrees with itself again or the worker is restarted"
        )
        return 0
    return (yield from sweep(world, limit=limit))


def _run_together(world: World, operator: str, numbers: Sequence[str], now: datetime) -> Story[None]:
    """One read, one transaction for all; whoever loses a race or stops the batch is run alone."""
    try:
        opened = yield partial(world.cases.open_many, system(operator), numbers)
        entries = [entry for one in opened if (entry := _entry(one, operator, now)) is not None]
    except Exception:
        yield from _run_alone(world, operator, numbers)
        return
    results = yield partial(world.cases.commit_many, entries)
    lost = [
        entry.after.number
        for entry, result in zip(entries, results, strict=True)
        if isinstance(result, Conflict)
    ]
    yield from _run_alone(world, operator, lost)


def _run_alone(world: World, operator: str, numbers: Sequence[str]) -> Story[None]:
    for number in numbers:
        try:
            yield from run_deadlines(world, number=number, operator=operator)
        except CaseStopped as error:
            log.error("case %s is stopped: %s", number, error)
        except Exception:
            log.exception("deadlines of case %s cannot be run", number)


def _entry(opened: OpenedCase, operator: str, now: datetime) -> Entry | None:
    decided = decide(
        opened.case,
        RunDeadlines(),
        actor=system(operator),
        rules=opened.rules,
        facts=opened.facts,
        now=now,
    )
    if isinstance(decided, Problems) or not decided.events:
        return None
    return Entry(opened, decided.case, decided.events, system(operator), now)
