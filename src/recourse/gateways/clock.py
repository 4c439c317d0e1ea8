# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Trusted time: the machine's clock in China time, watched against a clock that nobody can set."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from recourse.core.calendar import CHINA

# Ordinary corrections by a time service stay below this; a jump beyond it must not make anybody late.
TOLERANCE = timedelta(minutes=5)


def _wall() -> float:
    return time.time()


def _elapsed() -> float:
    """Seconds that have really passed, a sleep of the machine included where the system counts it."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class SystemClock:
    """`Clock` of a real installation. `ahead` moves it, for a demonstration that cannot wait three days.

    A jump of the wall clock beyond the tolerance is not followed: until the two clocks agree again, time goes on
    from where this process started by what has really passed. So a jump stops deadlines and takes nobody's time,
    and a jump that was put right leaves nothing behind.
    """

    def __init__(
        self,
        *,
        ahead: timedelta = timedelta(0),
        wall: Callable[[], float] = _wall,
        elapsed: Callable[[], float] = _elapsed,
    ) -> None:
        self._ahead = ahead
        self._wall, self._elapsed = wall, elapsed
        self._started_at, self._started = wall(), elapsed()
        self._last = datetime.min.replace(tzinfo=CHINA)

    def now(self) -> datetime:
        """The present moment, +08:00. Never earlier than a moment already given by this process."""
        wall, expected = self._wall(), self._expected()
        seconds = wall if abs(wall - expected) <= TOLERANCE.total_seconds() else expected
        self._last = max(self._last, self._at(seconds))
        return self._last

    def _at(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(seconds, tz=CHINA) + self._ahead

    def trusted(self) -> bool:
        """Whether wall clock and elapsed time agree since the start; while not, no deadline may be acted upon."""
        return abs(self._wall() - self._expected()) <= TOLERANCE.total_seconds()

    def _expected(self) -> float:
        """What the wall clock would show if nobody had set it since the start."""
        return self._started_at + (self._elapsed() - self._started)
