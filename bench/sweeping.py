# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The sweep: a thousand cases whose clock has just run out, among many that wait."""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from bench.seed import seed
from bench.stories import House
from recourse.actions.run_deadlines import sweep
from recourse.actions.story import perform
from recourse.core.port import World
from recourse.processes.worker import SWEEP_BATCH
from recourse.store.models import CaseRow

# Indexes of due cases begin where no other case has its own.
_FIRST = 50_000_000


@dataclass(frozen=True, slots=True)
class _Standing:
    """A clock that stands, so that exactly the cases made for it are due."""

    at: datetime

    def now(self) -> datetime:
        """The one moment."""
        return self.at


class Sweeps:
    """Sweeps of freshly made due cases; each uses its own. `among` other cases: sizes must not share indexes."""

    def __init__(self, world: World, house: House, *, count: int, among: int = 0) -> None:
        self._world = replace(world, clock=_Standing(house.now))
        self._house = house
        self._count = count
        self._next = _FIRST + among

    def run(self) -> tuple[float, float]:
        """Seconds of the real sweep, and of bare SQL that claims and moves the same rows."""
        # At some hours a few of the other cases are due as well: those first, so that ours alone are counted.
        self._sweep()
        seed(self._house, self._next, self._next + self._count, kind="due")
        self._next += self._count
        bare = _bare(self._house.now, self._count)
        began = time.perf_counter()
        done = self._sweep()
        seconds = time.perf_counter() - began
        assert done == self._count, f"{done} cases were due instead of {self._count}"
        assert not CaseRow.objects.filter(next_due_at__lte=self._house.now).exists()
        return seconds, bare

    def _sweep(self) -> int:
        done = 0
        while (batch := perform(sweep(self._world, limit=SWEEP_BATCH))) > 0:
            done += batch
        return done


def _bare(now: datetime, count: int) -> float:
    """Find the due rows and move each to another rung and date, taken back afterwards."""
    began = time.perf_counter()
    with transaction.atomic():
        found = CaseRow.objects.filter(next_due_at__lte=now).order_by("next_due_at", "id")
        ids = list(found.values_list("id", flat=True)[:count])
        for start in range(0, len(ids), SWEEP_BATCH):
            part = CaseRow.objects.filter(id__in=ids[start : start + SWEEP_BATCH])
            part.update(
                rung="operator_support", stage="reviewing", next_due_at=now.replace(year=now.year + 1)
            )
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds
