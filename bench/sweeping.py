# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The sweep: a thousand cases whose clock has just run out, among many that wait."""

import multiprocessing
import time
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.synchronize import Barrier

from django.db import connections, transaction

from bench.seed import seed
from bench.stories import House
from recourse.actions.run_deadlines import sweep
from recourse.actions.story import perform
from recourse.cli.serve import WORKERS
from recourse.core.port import World
from recourse.processes.worker import SWEEP_BATCH
from recourse.store.models import CaseRow

# Indexes of due cases begin where no other case has its own.
_FIRST = 50_000_000

# A child that fails before the start must not keep the others waiting for ever.
_PATIENCE = 20.0


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

    def run(self) -> tuple[float, float, float]:
        """Seconds of the sweep by the workers that `serve` starts, by one alone, and of bare SQL that moves the same rows."""
        # At some hours a few of the other cases are due as well: those first, so that ours alone are counted.
        self._sweep()
        self._make_due()
        together = self._side_by_side(WORKERS)
        self._make_due()
        bare = _bare(self._house.now, self._count)
        began = time.perf_counter()
        done = self._sweep()
        alone = time.perf_counter() - began
        assert done == self._count, f"{done} cases were due instead of {self._count}"
        assert not CaseRow.objects.filter(next_due_at__lte=self._house.now).exists()
        return together, alone, bare

    def _make_due(self) -> None:
        seed(self._house, self._next, self._next + self._count, kind="due")
        self._next += self._count

    def _side_by_side(self, workers: int) -> float:
        """Seconds until the last of several sweeping processes found nothing more, counted from a common start."""
        # A connection must not be inherited.
        connections.close_all()
        line = multiprocessing.get_context("fork")
        start = line.Barrier(workers + 1, timeout=_PATIENCE)
        children = [line.Process(target=self._child, args=(start,)) for _ in range(workers)]
        for child in children:
            child.start()
        start.wait()
        began = time.perf_counter()
        for child in children:
            child.join()
        seconds = time.perf_counter() - began
        assert all(child.exitcode == 0 for child in children)
        return seconds

    def _child(self, start: Barrier) -> None:
        CaseRow.objects.exists()  # the connection is there before the race begins, as a worker's is
        start.wait()
        self._sweep()

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
