# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The simulator is tried itself: every planted bug is found, and no invariant is there for nothing."""

import logging
from collections.abc import Iterator

import pytest

from recourse.simulation.invariants import COUNT_OF
from recourse.simulation.planted import BUGS, PlantedBug, planted
from recourse.simulation.trial import SEEDS, try_bug
from recourse.simulation.village import Village


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A planted bug makes noise."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


# The invariants that see a bug with others beside them; each of them is the only one for another bug.
WITH_OTHERS = {"no version check", "raw clock"}

# The run of each bug that was seen to find it first, where it is not one of the first two: begun with, so that the runs
# before it need not be played. A number that is out of date costs time and nothing else.
FOUND_AT = {
    "raw clock": 12,
    "off by one second at the due time": 7,
    "empty calendar is no holidays": 10,
    "appeal to the same person": 4,
    "default without acceptance": 8,
    "default without proof": 17,
    "granted unheard": 3,
    "time as the clock says": 32,
    "talks stand still": 44,
    "heads without a past": 28,
    "late acts are taken": 38,
    "closes six hours early": 7,
    "withdrawn when closed": 27,
}


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name.replace(" ", "-"))
def test_a_planted_bug_is_found(bug: PlantedBug) -> None:
    trial = try_bug(bug, first=FOUND_AT.get(bug.name, 0))
    assert trial.at is not None and trial.at < SEEDS
    assert trial.alone or bug.name in WITH_OTHERS, trial.also


def test_every_invariant_is_the_only_one_to_find_some_bug() -> None:
    assert len(BUGS) >= 20
    assert {bug.found_by for bug in BUGS if bug.name not in WITH_OTHERS} == set(COUNT_OF)


def test_a_bug_is_dug_out_again() -> None:
    for bug in BUGS:
        with planted(bug):
            pass
    village = Village("1/0")
    village.play()
    assert village.oracle.breaches == []
