# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Wall clocks that jump: the product's own clock, over a wall clock and an elapsed time that the simulation holds."""

from collections.abc import Callable

from recourse.gateways.clock import SystemClock


class Wall:
    """One machine's wall clock: true time and how far it is off; the elapsed time is always true."""

    def __init__(self, true_ms: Callable[[], int]) -> None:
        self._true_ms = true_ms
        self.off_ms = 0

    def time(self) -> float:
        """Seconds since 1970, as this machine believes."""
        return (self._true_ms() + self.off_ms) / 1000

    def elapsed(self) -> float:
        """Seconds since some moment; nobody can set it."""
        return self._true_ms() / 1000

    def clock(self) -> SystemClock:
        """The clock of a process that starts on this machine now."""
        return SystemClock(wall=self.time, elapsed=self.elapsed)
