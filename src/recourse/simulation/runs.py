# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Many runs, on all processors, one report: the same seed gives the same report on any machine with any number of them."""

import hashlib
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from recourse.simulation import stage
from recourse.simulation.invariants import COUNT_OF, INVARIANTS, Breach
from recourse.simulation.must_happen import unseen
from recourse.simulation.village import Village

COUNTS = tuple(INVARIANTS)


@dataclass(frozen=True, slots=True)
class Played:
    """What one run came to."""

    seed: str
    cases: int
    commands: int
    events: int
    faults: int
    breaches: tuple[Breach, ...]
    seen: Counter[str]
    head: str


@dataclass(slots=True)
class Report:
    """What many runs came to. `blind` names what had to happen and did not, or too seldom."""

    cases: int = 0
    commands: int = 0
    events: int = 0
    faults: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    breaches: list[tuple[str, Breach]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    log_head: str = ""
    seconds: float = 0.0
    blind: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Nothing was broken, and nothing that had to be seen was missed."""
        return not self.breaches and not self.blind

    def as_json(self) -> dict[str, Any]:
        """The report as DESIGN §8 names its keys."""
        return {
            "cases": self.cases,
            "commands": self.commands,
            "events": self.events,
            "faults": self.faults,
            **{count: self.counts[count] for count in COUNTS},
            "log_head": self.log_head,
            "seconds": round(self.seconds, 2),
        }


def play(seed: str, without: tuple[str, ...] = ()) -> Played:
    """Play one run to its end."""
    village = Village(seed, without=without)
    village.play()
    return Played(
        seed=seed,
        cases=village.cases(),
        commands=village.commands,
        events=village.oracle.events,
        faults=len(village.engine.faults),
        breaches=tuple(village.oracle.breaches),
        seen=village.tally.seen,
        head=village.head(),
    )


def simulate(*, cases: int, seed: int, processes: int | None = None) -> Report:
    """Play runs until at least so many cases were filed; their reports are added in the order of their numbers."""
    began = time.monotonic()
    report = Report()
    chain = hashlib.sha256(str(seed).encode())
    for played in _played(seed, processes or os.cpu_count() or 1, cases):
        report.cases += played.cases
        report.commands += played.commands
        report.events += played.events
        report.faults += played.faults
        report.breaches += [(played.seed, breach) for breach in played.breaches]
        report.counts.update(COUNT_OF[breach.invariant] for breach in played.breaches)
        report.seen += played.seen
        chain.update(played.head.encode())
        if report.cases >= cases:
            break
    report.log_head = chain.hexdigest()
    report.blind = unseen(report.seen, cases=report.cases)
    report.seconds = time.monotonic() - began
    return report


def _played(seed: int, processes: int, cases: int) -> Iterator[Played]:
    stage.library()
    seeds = (f"{seed}/{index}" for index in range(10**9))
    if processes == 1 or cases < 50 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(play, seeds)
        return
    # Forked, a process has the books that were read already.
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        waiting = [pool.apply_async(play, (next(seeds),)) for _ in range(4 * processes)]
        while True:
            played = waiting.pop(0).get()
            waiting.append(pool.apply_async(play, (next(seeds),)))
            yield played
