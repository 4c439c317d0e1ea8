# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a run is like: drawn from its seed, so that some runs are all crashes, some none, some only wrong clocks.

Faults are limited so that a correct system must finish in the end: every run is healed before it is judged.
"""

from dataclasses import dataclass

from recourse.simulation.dice import Dice
from recourse.simulation.engine import DAY, MINUTE


@dataclass(frozen=True, slots=True)
class Options:
    """One run's weather. Shares are of a thousand unless they say otherwise."""

    kills: int  # stories that die at a step or a fault point
    stalls: int  # steps that take seconds to minutes
    lost_replies: int
    duplicates: int  # requests that arrive twice
    post_troubles: int  # messages whose sending goes wrong
    bursts: int  # of a hundred deeds, how many meet another one within 20 seconds
    jumps: int  # how many times a wall clock jumps
    skew_ms: int  # how far two clocks differ without being distrusted
    late_calendar: bool  # the next year's calendar is not out yet
    worker_leaves: bool
    old_copy: bool
    strict: bool  # silence decides, where the respondent accepted that
    cases: int
    days: int

    @property
    def clock_error_ms(self) -> int:
        """How far off a trusted clock may be."""
        return self.skew_ms


def draw_options(dice: Dice) -> Options:
    """The weather of one run."""

    def some(chance: int, high: int) -> int:
        return dice.between(high // 4, high) if dice.percent(chance) else 0

    return Options(
        kills=some(55, 90),
        stalls=some(35, 30),
        lost_replies=some(50, 120),
        duplicates=some(45, 120),
        post_troubles=some(50, 180),
        bursts=some(70, 50),
        jumps=dice.between(1, 4) if dice.percent(30) else 0,
        skew_ms=dice.between(1, 4) * MINUTE if dice.percent(20) else 0,
        late_calendar=dice.percent(35),
        worker_leaves=dice.percent(25),
        old_copy=dice.percent(12),
        strict=dice.percent(45),
        cases=dice.between(9, 15),
        days=dice.between(35, 70),
    )


JUMPS_MS = (-40 * DAY, -2 * DAY, -30 * MINUTE, 30 * MINUTE, 3 * DAY, 60 * DAY)
