# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What must be done next? The desk's queue: open cases of one operator by the clock, page by page.

A page continues behind the last row of the one before (a cursor), so that the last page costs what the first does.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from recourse.core.actor import Actor, Role
from recourse.core.calendar import CHINA
from recourse.core.case.chronicle import Names
from recourse.core.case.progress import WHO
from recourse.core.playbook.types import Playbook
from recourse.core.redaction import masked_name
from recourse.core.text import Text
from recourse.core.vocabulary import Party, RungName, Stage
from recourse.store.access import visible
from recourse.store.models import CaseRow
from recourse.store.rulebooks import load_rulebook

PAGE = 25
SEVERITIES = ("", "heavy", "ordinary")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; empty means all. Values that are none are taken as empty."""

    platform: str = ""
    stage: str = ""
    rung: str = ""
    assigned: str = ""  # mine | nobody
    due: str = ""  # today | over
    severity: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line. Names of complainants are masked for whoever only looks, and for the other side."""

    number: str
    platform: Text
    problem: Text
    title: str
    complainant: str
    respondent: str
    rung: Text
    outside: bool
    stage: str
    outcome: str
    severity: str
    whose_move: str
    party: Text
    next_at: datetime | None
    filed_at: datetime
    amount_fen: int | None
    agent: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of rows; `after` is the cursor of the next page, empty on the last."""

    rows: Sequence[QueueRow]
    after: str


def desk_queue(
    actor: Actor, *, filters: Filters, now: datetime, after: str = "", limit: int = PAGE
) -> QueuePage:
    """One page of the queue: by the next date, then the cases without one, oldest first; closed ones newest first."""
    rows = narrowed(visible(actor), filters, actor=actor, now=now)
    cursor = _read(after)
    if filters.closed:
        found = newest_first(rows, cursor, limit)
        key = "n"
    else:
        found, key = _by_date(rows, cursor, limit), "d"
    return _page(actor, found, limit, key=key)


def narrowed(
    rows: "QuerySet[CaseRow]", filters: Filters, *, actor: Actor, now: datetime
) -> "QuerySet[CaseRow]":
    """The rows that fit the filters."""
    rows = rows.filter(closed_at__isnull=not filters.closed)
    if filters.platform:
        rows = rows.filter(platform=filters.platform)
    if filters.stage in set(Stage):
        rows = rows.filter(stage=filters.stage)
    if filters.rung in set(RungName):
        rows = rows.filter(rung=filters.rung)
    if filters.severity in SEVERITIES and filters.severity:
        rows = rows.filter(severity=filters.severity)
    if filters.assigned in {"mine", "nobody"}:
        rows = rows.filter(agent=actor.id if filters.assigned == "mine" else "")
    if filters.due == "today":
        rows = rows.filter(next_due_at__gte=now, next_due_at__lte=end_of_day(now))
    elif filters.due == "over":
        rows = rows.filter(next_due_at__lt=now)
    return rows


def end_of_day(now: datetime) -> datetime:
    """The midnight that ends this day in China."""
    start = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + timedelta(days=1)


def newest_first(rows: "QuerySet[CaseRow]", cursor: Sequence[str], limit: int) -> list[CaseRow]:
    """Rows by filing, newest first, behind the cursor; one more than the page holds."""
    if len(cursor) == 3 and cursor[0] == "n" and (at := _moment(cursor[1])) is not None:
        rows = rows.filter(Q(filed_at__lt=at) | Q(filed_at=at, id__gt=cursor[2]), filed_at__lte=at)
    return list(rows.order_by("-filed_at", "id")[: limit + 1])


def _by_date(rows: "QuerySet[CaseRow]", cursor: Sequence[str], limit: int) -> list[CaseRow]:
    """Two runs over one index: cases with a date by that date, then those without."""
    dated, undated = rows.filter(next_due_at__isnull=False), rows.filter(next_due_at__isnull=True)
    found: list[CaseRow] = []
    if len(cursor) == 3 and cursor[0] == "d":
        at = _moment(cursor[1])
        if at is not None:
            dated = dated.filter(
                Q(next_due_at__gt=at) | Q(next_due_at=at, id__gt=cursor[2]), next_due_at__gte=at
            )
        else:
            dated, undated = dated.none(), undated.filter(id__gt=cursor[2])
    found.extend(dated.order_by("next_due_at", "id")[: limit + 1])
    if len(found) <= limit:
        found.extend(undated.order_by("id")[: limit + 1 - len(found)])
    return found


def _page(actor: Actor, found: Sequence[CaseRow], limit: int, *, key: str) -> QueuePage:
    shown = found[:limit]
    after = _cursor(shown[-1], key) if len(found) > limit else ""
    return QueuePage([line(row, actor=actor) for row in shown], after)


def page_of(actor: Actor, found: Sequence[CaseRow], limit: int) -> QueuePage:
    """A page of rows that came newest first."""
    return _page(actor, found, limit, key="n")


def line(row: CaseRow, *, actor: Actor) -> QueueRow:
    """A row in words. The rulebook is kept in memory, so a line costs no query of its own."""
    playbook = load_rulebook(row.rulebook_id).playbook  # type: ignore[attr-defined]
    names = Names(playbook)
    problem = next((item.name for item in playbook.problems if item.id == row.problem_id), Text("", ""))
    hidden = actor.role in {Role.auditor, Role.respondent}
    return QueueRow(
        number=row.number,
        platform=playbook.name,
        problem=problem,
        title=row.title,
        complainant=masked_name(row.complainant_name) if hidden else row.complainant_name,
        respondent=row.respondent_name,
        rung=names.rung(row.rung) if row.rung else Text("", ""),
        outside=row.rung_outside,
        stage=row.stage,
        outcome=row.outcome,
        severity=row.severity,
        whose_move=row.whose_move,
        party=_party(row.whose_move, playbook),
        next_at=row.next_due_at,
        filed_at=row.filed_at,
        amount_fen=row.amount_fen,
        agent=row.agent,
    )


def _party(whose: str, playbook: Playbook) -> Text:
    if whose not in set(Party):
        return Text("", "")
    return playbook.parties.get(whose, WHO[Party(whose)]).capitalised()


def _cursor(row: CaseRow, key: str) -> str:
    return write_cursor(key, row.filed_at if key == "n" else row.next_due_at, row.id)


def write_cursor(key: str, at: datetime | None, id_: str) -> str:
    """The place behind a row: which order, its moment, its id."""
    plain = json.dumps([key, at.isoformat() if at is not None else "", id_])
    return base64.urlsafe_b64encode(plain.encode()).decode()


def read_cursor(text: str) -> Sequence[str]:
    """The parts of a cursor; nothing for what is none, which shows the first page."""
    return _read(text)


def _read(text: str) -> Sequence[str]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(text.encode())) if text else []
    except (ValueError, binascii.Error, RecursionError):
        return []
    # What does not print (a NUL, half a surrogate pair) no database takes.
    whole = (
        isinstance(parts, list)
        and len(parts) == 3
        and all(isinstance(part, str) and part.isprintable() for part in parts)
    )
    return parts if whole else []


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None and 1 < found.year < 9999 else None
