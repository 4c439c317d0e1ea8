# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How much waits? The figures above the queue: each counted up to a ceiling, so that a flood costs no more."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from recourse.core.actor import Actor
from recourse.queries.desk_queue import Filters, narrowed
from recourse.store.access import visible
from recourse.store.models import CaseRow

CEILING = 999


@dataclass(frozen=True, slots=True)
class Counts:
    """Open cases: in nobody's hands, in mine, due before midnight, past their date. Above CEILING it says more."""

    unassigned: int
    mine: int
    due_today: int
    overdue: int


def desk_counts(actor: Actor, *, now: datetime) -> Counts:
    """The figures of one operator's house at this moment."""

    def count(**given: str) -> int:
        return _capped(narrowed(visible(actor), Filters(**given), actor=actor, now=now))

    return Counts(
        unassigned=count(assigned="nobody"),
        mine=count(assigned="mine"),
        due_today=count(due="today"),
        overdue=count(due="over"),
    )


def _capped(rows: "QuerySet[CaseRow]") -> int:
    return rows.order_by()[: CEILING + 1].count()
