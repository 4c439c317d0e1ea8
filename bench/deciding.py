# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Pure decisions a second, on one processor: no database, no server."""

import time
from datetime import timedelta

from bench.stories import House, tell
from recourse.core.actor import system
from recourse.core.case import commands as c
from recourse.core.case.decide import decide
from recourse.core.case.evolve import fold
from recourse.core.case.facts import Facts
from recourse.core.problem import Problems

_SECONDS = 0.5


def decisions(house: House) -> dict[str, float]:
    """Decisions a second by command, and histories folded a second."""
    told = tell(house, 1, kind="waiting")
    before = [event for chapter in told.chapters[:-1] for event in chapter.events]
    facts = Facts(contacts=(house.merchants[1].contact,))
    later = house.now + timedelta(days=3)
    engine = system(house.operator)
    cases = {
        "ProveContact": (fold(told.chapters[0].events), c.ProveContact("code"), house.now),
        "RecordServed": (fold(before), c.RecordServed(house.merchants[1].contact), house.now),
        "RunDeadlines": (told.case, c.RunDeadlines(), later),
    }
    found: dict[str, float] = {}
    for name, (case, command, now) in cases.items():

        def once(case=case, command=command, now=now) -> None:  # type: ignore[no-untyped-def]
            decided = decide(case, command, actor=engine, rules=house.rules, facts=facts, now=now)
            assert not isinstance(decided, Problems) and decided.events

        found[name] = _rate(once)
    events = [event for chapter in told.chapters for event in chapter.events]
    found["fold"] = _rate(lambda: fold(events))
    return found


def _rate(once) -> float:  # type: ignore[no-untyped-def]
    done, began = 0, time.perf_counter()
    while (seconds := time.perf_counter() - began) < _SECONDS:
        once()
        done += 1
    return done / seconds
