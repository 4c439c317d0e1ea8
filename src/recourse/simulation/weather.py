# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong around a run: clocks that jump, a calendar that comes late, a worker that is away, an old copy."""

import copy
from typing import TYPE_CHECKING, Any

from recourse.simulation.dice import Dice
from recourse.simulation.engine import DAY, HOUR, MINUTE
from recourse.simulation.options import JUMPS_MS

if TYPE_CHECKING:
    from recourse.simulation.clocks import Wall


class Weather:
    """Everything that befalls the machines of a run. `heal` puts all of it right."""

    def __init__(self, village: Any) -> None:
        self.village = village
        self.dice = Dice(village.seed, "weather")
        self._kept: Any = None

    def begin(self) -> None:
        """Plan it."""
        village, dice, engine = self.village, self.dice, self.village.engine
        options, begins = village.options, engine.now_ms
        span = options.days * DAY
        if options.skew_ms:
            village.walls[1].off_ms = options.skew_ms
            village.walls[0].off_ms = -options.skew_ms // 2
        for n in range(options.jumps):
            wall = dice.pick(village.walls)
            off, at = dice.pick(JUMPS_MS), begins + dice.below(span)
            lasts = dice.between(2 * MINUTE, 4 * DAY)
            self._jump(f"jump{n}", wall, off, at, lasts)
        if options.late_calendar:
            engine.at(begins + dice.between(DAY, span // 2), self._publish)
            village.tally.mark("fault", "calendar_missing")
            engine.faults.append("weather!calendar_missing")
        if options.worker_leaves:
            engine.at(begins + dice.below(span), lambda: self._worker_leaves(dice.between(DAY, 12 * DAY)))
        if options.old_copy:
            at = begins + dice.between(span // 4, span // 2)
            engine.at(at, self._copy)
            engine.at(at + dice.between(2 * HOUR, 6 * DAY), self._put_back)

    def _jump(self, name: str, wall: "Wall", off: int, at: int, lasts: int) -> None:
        engine, before = self.village.engine, wall.off_ms

        def go() -> None:
            kind = "clock_forward" if off > 0 else "clock_back"
            if engine.fault(name, kind):
                wall.off_ms = before + off
                engine.at(engine.now_ms + lasts, back)

        def back() -> None:
            wall.off_ms = before
            self.village.poke()

        engine.at(at, go)

    def _publish(self) -> None:
        self.village.calendar = self.village.books.calendar
        self.village.tally.mark("calendar", "published")

    def _worker_leaves(self, ms: int) -> None:
        if self.village.engine.fault("weather", "worker_away"):
            self.village.worker_away_until = self.village.engine.now_ms + ms

    def _copy(self) -> None:
        book, outbox = self.village.book, self.village.outbox
        state = (book.rows, book.keys, book.locks, outbox.jobs, outbox.opened)
        self._kept = (copy.deepcopy(state), self.village.oracle.snapshot())

    def _put_back(self) -> None:
        engine, village = self.village.engine, self.village
        if self._kept is None or not engine.fault("weather", "old_copy"):
            return
        engine.generation += 1  # the server is stopped: whatever was under way dies
        state, known = self._kept
        book, outbox = village.book, village.outbox
        book.rows, book.keys, book.locks, outbox.jobs, outbox.opened = state
        village.oracle.rewind(known)
        village.poke()

    def heal(self) -> None:
        """All clocks are right, the calendar is out, the worker is there."""
        for wall in self.village.walls:
            wall.off_ms = 0
        self._publish()
        self.village.worker_away_until = 0
        self.village.announce()
