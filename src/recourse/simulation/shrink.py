# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Shrinking a failure: leave out people, then requests, then faults, as long as the same invariant still breaks.

What is left out is a list of names. Everybody and every fault draws from dice of their own, so that a name left out
changes nothing but what follows from it. Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, 2002.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from recourse.simulation.planted import BUGS, planted
from recourse.simulation.village import Village


@dataclass(frozen=True, slots=True)
class Trace:
    """A failure to be told again: the run, what is left out of it, what breaks, and the bug that was planted, if any."""

    seed: str
    invariant: str
    without: tuple[str, ...] = ()
    bug: str = ""
    platforms: tuple[str, ...] = ()  # those that were there then: a new playbook must not change an old story

    def replay(self) -> Village:
        """Play it again, with its bug planted."""
        with ExitStack() as stack:
            for bug in BUGS:
                if bug.name == self.bug:
                    stack.enter_context(planted(bug))
            village = Village(self.seed, platforms=self.platforms, without=self.without)
            village.play()
        return village

    def breaks(self, village: Village) -> bool:
        """Whether the invariant was broken in this run."""
        return any(breach.invariant == self.invariant for breach in village.oracle.breaches)

    def write(self, path: Path) -> None:
        """Keep it as a file."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n")


def read_trace(path: Path) -> Trace:
    """A trace that was kept. Raises ValueError or KeyError when the file is none."""
    plain = json.loads(path.read_text())
    return Trace(
        plain["seed"],
        plain["invariant"],
        tuple(plain["without"]),
        plain["bug"],
        tuple(plain["platforms"]),
    )


def shrink(trace: Trace, *, tries: int = 200) -> Trace:
    """The same failure with as much left out as can be found within so many replays. The trace itself must break."""
    left = [tries]

    def still(without: Sequence[str]) -> bool:
        if left[0] <= 0:
            return False
        left[0] -= 1
        shorter = replace(trace, without=(*trace.without, *without))
        return shorter.breaks(shorter.replay())

    gone: list[str] = []
    for parts in (_people, _requests, _faults):
        village = replace(trace, without=(*trace.without, *gone)).replay()
        gone += _most(parts(village), lambda more, gone=tuple(gone): still((*gone, *more)))
    return replace(trace, without=(*trace.without, *gone))


def _people(village: Village) -> list[str]:
    return [person.name for person in village.people if not village.engine.left_out(person.name)]


def _requests(village: Village) -> list[str]:
    return list(village.requests)


def _faults(village: Village) -> list[str]:
    return list(dict.fromkeys(village.engine.faults))


def _most(names: Sequence[str], still: Callable[[Sequence[str]], bool]) -> list[str]:
    """The most of these names that can be left out, by halves, then quarters, and so on."""
    gone: list[str] = []
    size = max(len(names), 1)
    left = list(names)
    while left:
        for at in range(0, len(left), size):
            part = left[at : at + size]
            if part and still((*gone, *part)):
                gone += part
        left = [name for name in left if name not in gone]
        if size == 1:
            break
        size = max(size // 2, 1)
    return gone
