# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How much waits? The figures above the queue: each counted up to a ceiling, so that a flood costs no more."""

from dataclasses import dataclass
from datetime import datetime

from recourse.core.actor import STAFF, Actor
from recourse.queries.desk_queue import end_of_day
from recourse.store.rows import select

CEILING = 999
# One statement for all four; what each counts is what the filter of the queue behind it shows.
_OPEN = "SELECT 1 FROM store_case WHERE operator = %s AND closed_at IS NULL"
_COUNTED = (
    "agent = ''",
    "agent = %s",
    # Counted in the order of the index, so that no engine thinks of reading all cases up to the ceiling instead.
    "next_due_at >= %s AND next_due_at <= %s ORDER BY next_due_at",
    "next_due_at < %s ORDER BY next_due_at",
)
_COUNTS = "SELECT " + ", ".join(
    f"(SELECT COUNT(*) FROM ({_OPEN} AND {which} LIMIT {CEILING + 1}) AS counted)" for which in _COUNTED
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Open cases: in nobody's hands, in mine, due before midnight, past their date. Above CEILING it says more."""

    unassigned: int
    mine: int
    due_today: int
    overdue: int


def desk_counts(actor: Actor, *, now: datetime) -> Counts:
    """The figures of one operator's house at this moment; for its own people only."""
    if actor.role not in STAFF:
        return Counts(0, 0, 0, 0)
    house = actor.operator
    found = select(_COUNTS, [house, house, actor.id, house, now, end_of_day(now), house, now])
    return Counts(*found[0])
