# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The trial of the simulator itself: each planted bug must be found, and each invariant must be the only one to find one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recourse.simulation.planted import BUGS, PlantedBug, planted
from recourse.simulation.village import Village

SEEDS = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """How one bug was found: at which run, counted from 0 (None: not at all), and what else broke by then."""

    bug: PlantedBug
    at: int | None
    also: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """Whether no other invariant saw it."""
        return self.at is not None and not self.also

    def as_json(self) -> dict[str, Any]:
        """For the command line."""
        return {
            "bug": self.bug.name,
            "found_by": self.bug.found_by,
            "at": self.at,
            "also": ", ".join(self.also),
        }


def try_bug(bug: PlantedBug, *, seed: int = 1, seeds: int = SEEDS, first: int = 0) -> Trial:
    """Play runs with the bug planted until its invariant breaks.

    `first` is the run to begin with, where one is known that finds it; if it does not, all others follow in order.
    """
    also: set[str] = set()
    with planted(bug):
        for index in (first, *(other for other in range(seeds) if other != first)):
            village = Village(f"{seed}/{index}")
            village.play()
            broken = {breach.invariant for breach in village.oracle.breaches}
            also |= broken - {bug.found_by}
            if bug.found_by in broken:
                return Trial(bug, index, tuple(sorted(also)))
    return Trial(bug, None, tuple(sorted(also)))


def try_all(*, seed: int = 1) -> Iterator[Trial]:
    """Try every bug."""
    for bug in BUGS:
        yield try_bug(bug, seed=seed)
