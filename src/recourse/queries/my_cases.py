# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What have I filed? The list behind 我的投诉, and the seat in which a person opens one of their cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recourse.core.actor import Actor, Role, Via
from recourse.core.case.chronicle import Names
from recourse.core.text import Text
from recourse.store.models import CaseRow
from recourse.store.people import IDS_OF, ids_of
from recourse.store.rows import select
from recourse.store.rulebooks import load_rulebook

LISTED_MAX = 200
_SEAT = f"SELECT operator FROM store_case WHERE number = %s AND complainant_id IN ({IDS_OF})"


@dataclass(frozen=True, slots=True)
class MyCase:
    """One line of the list."""

    number: str
    platform: Text
    problem: Text
    title: str
    respondent: str
    rung: Text
    whose_move: str
    party: Text  # whose move it is, in the platform's word
    next_at: datetime | None
    filed_at: datetime
    amount_fen: int | None
    stage: str
    outcome: str


def my_cases(person: str) -> Sequence[MyCase]:
    """The person's cases in every house: open ones by their next date, then closed ones, newest first."""
    rows = _mine(person).order_by("-filed_at", "id")[:LISTED_MAX]
    found = [_line(row) for row in rows]
    open_ones = [item for item in found if item.stage != "closed"]
    open_ones.sort(
        key=lambda item: (
            item.whose_move != "complainant",
            item.next_at is None,
            item.next_at or item.filed_at,
        )
    )
    return (*open_ones, *(item for item in found if item.stage == "closed"))


def my_seat(person: str, number: str) -> Actor | None:
    """The actor that this person is in that case; None both when it is absent and when it is somebody else's."""
    found = select(_SEAT, [number, person, person])
    return seat(person, operator=found[0][0]) if found else None


def seat(person: str, *, operator: str) -> Actor:
    """A complainant at the portal."""
    return Actor(id=person, role=Role.complainant, operator=operator, via=Via.portal)


def _mine(person: str):  # type: ignore[no-untyped-def]
    return CaseRow.objects.filter(complainant_id__in=ids_of(person))


def _line(row: CaseRow) -> MyCase:
    playbook = load_rulebook(row.rulebook_id).playbook
    problem = next((item.name for item in playbook.problems if item.id == row.problem_id), Text("", ""))
    return MyCase(
        number=row.number,
        platform=playbook.name,
        problem=problem,
        title=row.title,
        respondent=row.respondent_name,
        rung=Names(playbook).rung(row.rung) if row.rung else Text("", ""),
        whose_move=row.whose_move,
        party=playbook.parties.get(row.whose_move, Text("受理机构", "the outside body")),
        next_at=row.next_due_at,
        filed_at=row.filed_at,
        amount_fen=row.amount_fen,
        stage=row.stage,
        outcome=row.outcome,
    )
