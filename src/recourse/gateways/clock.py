# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Trusted time: the machine's clock in China time, watched against a clock that nobody can set."""

import time
from datetime import datetime, timedelta

from recourse.core.calendar import CHINA

# Ordinary corrections by a time service stay below this; a jump beyond it must not make anybody late.
TOLERANCE = timedelta(minutes=5)


class SystemClock:
    """`Clock` of a real installation. `ahead` moves it, for a demonstration that cannot wait three days."""

    def __init__(self, *, ahead: timedelta = timedelta(0)) -> None:
        self._ahead = ahead
        self._wall = time.time()
        self._elapsed = time.monotonic()
        self._last = datetime.min.replace(tzinfo=CHINA)

    def now(self) -> datetime:
        """The present moment, +08:00. Never earlier than a moment already given by this process."""
        read = datetime.fromtimestamp(time.time(), tz=CHINA) + self._ahead
        self._last = max(self._last, read)
        return self._last

    def trusted(self) -> bool:
        """Whether wall clock and monotonic clock agree since the start; while not, no deadline may be acted upon."""
        drift = (time.time() - self._wall) - (time.monotonic() - self._elapsed)
        return abs(drift) <= TOLERANCE.total_seconds()
