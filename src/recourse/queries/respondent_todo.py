# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What waits for me? A respondent's served cases in one list, the most urgent first, with claim, default and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as When_
from django.db.models import F, IntegerField, Value, When

from recourse.core.actor import Actor, Role
from recourse.core.case.chronicle import Names
from recourse.core.case.progress import NextStep, next_step, running
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline
from recourse.core.playbook.types import Playbook
from recourse.core.redaction import seen_by
from recourse.core.vocabulary import Party
from recourse.store.access import read_cases, visible

PAGE = 30
SHOWN = ("mine", "open", "closed")


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One case as its respondent's list shows it. `case` is redacted; `clock` is the one that presses them most."""

    seat: int  # which of the asking seats it belongs to
    case: Case
    playbook: Playbook
    names: Names
    step: NextStep
    clock: Deadline | None
    mine: bool
    answerable: bool  # a clock runs for its answer
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class TodoPage:
    """A page of the list. `waiting` counts what waits for the respondent, over all pages."""

    items: Sequence[TodoItem]
    page: int
    pages: int
    waiting: int


def respondent_todo(seats: Sequence[Actor], *, shown: str = "open", page: int = 1) -> TodoPage:
    """One page over all seats. A page's cases are read in a fixed number of queries for each seat that has any."""
    closed = shown == "closed"
    heads: list[tuple[int, bool, datetime | None, str]] = []
    for index, actor in enumerate(seats):
        rows = visible(actor).filter(closed_at__isnull=not closed)
        if shown == "mine":
            rows = rows.filter(whose_move=Party.respondent.value)
        mine = When_(
            When(whose_move=Party.respondent.value, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        order = ("-closed_at", "id") if closed else (mine, F("next_due_at").asc(nulls_last=True), "id")
        rows = rows.order_by(*order)[:_LISTED_MAX]
        found = rows.values_list("whose_move", "next_due_at", "number")
        heads.extend((index, move == Party.respondent.value, at, number) for move, at, number in found)
    if not closed and len(seats) > 1:
        heads.sort(key=lambda item: (not item[1], item[2] is None, item[2].timestamp() if item[2] else 0))
    pages = max(1, -(-len(heads) // PAGE))
    page = min(max(page, 1), pages)
    taken = heads[(page - 1) * PAGE : page * PAGE]
    items = _open(seats, taken)
    waiting = sum(1 for head in heads if head[1])
    return TodoPage(items, page, pages, waiting)


_LISTED_MAX = 2000


def _open(seats: Sequence[Actor], taken: Sequence[tuple[int, bool, datetime | None, str]]) -> list[TodoItem]:
    items: list[TodoItem] = []
    for index, actor in enumerate(seats):
        numbers = [number for seat, _, _, number in taken if seat == index]
        for read in read_cases(actor, numbers) if numbers else []:
            case = seen_by(read.case, Role.respondent)
            playbook = read.rules.playbook
            step = next_step(case, playbook, reader=Party.respondent)
            clock = pressing(case)
            items.append(
                TodoItem(
                    seat=index,
                    case=case,
                    playbook=playbook,
                    names=Names(playbook),
                    step=step,
                    clock=clock,
                    mine=step.who is Party.respondent and not case.closed,
                    answerable=any(d.act == "answer" and d.who is Party.respondent for d in running(case)),
                    next_at=clock.act_by if clock is not None else step.by,
                )
            )
    order = {number: place for place, (_, _, _, number) in enumerate(taken)}
    # Within the page the earliest reading counts, which is the date the respondent is shown.
    return sorted(
        items,
        key=lambda item: (
            not item.mine,
            item.next_at is None or item.case.closed,
            item.next_at.timestamp() if item.next_at and not item.case.closed else 0,
            order[item.case.number],
        ),
    )


def pressing(case: Case) -> Deadline | None:
    """The running clock that asks the respondent to act first; the time to appeal asks last."""
    own = [item for item in running(case) if item.who is Party.respondent and not item.soft]
    own.sort(key=lambda item: (item.act == "appeal", item.act_by or item.due_at))
    return own[0] if own else None
