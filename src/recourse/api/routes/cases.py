# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reading: one case, its whole file, its letters, and lists page by page."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from recourse.actions.story import absent
from recourse.api.answering import refuse_with, show
from recourse.api.door import ForHeader, reader
from recourse.api.malformed import unreadable, unstorable
from recourse.api.shapes.case import CaseOut, CasePage
from recourse.api.shapes.file import FileOut
from recourse.api.shapes.problem import refusals
from recourse.api.shapes.receipt import ProofReceiptOut
from recourse.api.shapes.rule import LetterOut
from recourse.core.actor import STAFF, Actor, Role
from recourse.core.calendar import CHINA
from recourse.core.problem import Problems, refuse
from recourse.core.vocabulary import RungName, Stage
from recourse.queries.case_file import case_file
from recourse.queries.case_json import case_json, moment, text_json, yuan
from recourse.queries.desk_queue import Filters, QueuePage, QueueRow, desk_queue, read_cursor
from recourse.queries.file_json import file_json
from recourse.queries.find_cases import find_cases
from recourse.queries.proof_receipt import proof_receipt
from recourse.queries.rung_letter import fill, letters_for
from recourse.webkit.world import world

router = Router(tags=["cases"])

Cursor = Annotated[
    str, Field(max_length=400, pattern="^[A-Za-z0-9_=-]*$", description="the `after` of the page before")
]
Slug = Annotated[str, Field(max_length=60, pattern="^[a-z0-9-]*$")]
Limit = Annotated[int, Field(ge=1, le=100)]


@router.get("/cases", response={200: CasePage, **refusals(404, 422)}, operation_id="list_cases")
def list_cases(
    request: HttpRequest,
    platform: Slug = "",
    stage: Annotated[Stage | None, Query()] = None,
    rung: Annotated[RungName | None, Query()] = None,
    assigned: Annotated[str, Field(pattern="^(mine|nobody|)$")] = "",
    due: Annotated[str, Field(pattern="^(today|over|)$")] = "",
    severity: Annotated[str, Field(pattern="^(heavy|ordinary|)$")] = "",
    closed: bool = False,
    after: Cursor = "",
    limit: Limit = 25,
    acts_for: ForHeader = "",
) -> HttpResponse:
    """Cases by the clock: the next date first, then those without one; closed ones newest first."""
    actor = reader(request, acts_for)
    if not _is_cursor(after):
        return refuse_with(no_page())
    # What a party's lines do not say, its filters do not tell either.
    inside = {"assigned": assigned, "severity": severity}
    if actor.role not in STAFF and any(inside.values()):
        return refuse_with(_inside_only(next(name for name, value in inside.items() if value)))
    filters = Filters(
        platform=platform,
        stage=stage or "",
        rung=rung or "",
        assigned=assigned,
        due=due,
        severity=severity,
        closed=closed,
    )
    now = world().clock.now()
    return show(_page(desk_queue(actor, filters=filters, now=now, after=after, limit=limit), actor))


@router.get("/cases/search", response={200: CasePage, **refusals(404, 422)}, operation_id="search_cases")
def search_cases(
    request: HttpRequest,
    q: Annotated[str, Field(min_length=1, max_length=100)],
    after: Cursor = "",
    limit: Limit = 25,
    acts_for: ForHeader = "",
) -> HttpResponse:
    """Cases, open and closed, that hold every phrase; two characters are enough. Newest first."""
    actor = reader(request, acts_for)
    if unstorable(q):
        return refuse_with(unreadable("", "q"), status=400)
    if not _is_cursor(after):
        return refuse_with(no_page())
    return show(_page(find_cases(actor, words=q, after=after, limit=limit), actor))


@router.get("/cases/{number}", response={200: CaseOut, **refusals(404)}, operation_id="read_case")
def read_case(request: HttpRequest, number: str, acts_for: ForHeader = "") -> HttpResponse:
    """One case: where it stands, its clocks, its remedies."""
    found = case_file(world(), actor=reader(request, acts_for, number=number), number=number)
    if found is None:
        return refuse_with(absent())
    return show(case_json(found.case, found.rules))


@router.get("/cases/{number}/file", response={200: FileOut, **refusals(404)}, operation_id="read_file")
def read_file(request: HttpRequest, number: str, acts_for: ForHeader = "") -> HttpResponse:
    """The whole file: what was said, shown, offered, decided and done, and the record line by line."""
    found = case_file(world(), actor=reader(request, acts_for, number=number), number=number)
    return refuse_with(absent()) if found is None else show(file_json(found))


@router.get(
    "/cases/{number}/receipt", response={200: ProofReceiptOut, **refusals(404)}, operation_id="read_receipt"
)
def read_receipt(request: HttpRequest, number: str, acts_for: ForHeader = "") -> HttpResponse:
    """The receipt: digests of the reader's own files, signed promises, and the proofs of the log once they are there."""
    found = proof_receipt(world(), actor=reader(request, acts_for, number=number), number=number)
    return refuse_with(absent()) if found is None else show(found.to_plain())


@router.get(
    "/cases/{number}/letters/{rung}",
    response={200: list[LetterOut], **refusals(404)},
    operation_id="write_letters",
)
def write_letters(
    request: HttpRequest, number: str, rung: RungName, acts_for: ForHeader = ""
) -> HttpResponse:
    """The letters of a rung, filled from the case; `missing` names the blanks that stayed empty."""
    found = case_file(world(), actor=reader(request, acts_for, number=number), number=number)
    if found is None:
        return refuse_with(absent())
    own = rung not in found.case.operated
    today = found.now.astimezone(CHINA).date().isoformat()
    written: list[dict[str, Any]] = []
    # The letters are the complainant's own: the other side gets none of them.
    side = found.role == Role.respondent
    for letter in () if side else letters_for(found.rules, case=found.case, rung=rung, own=own):
        filled, missing = fill(letter, found.case, found.rules, today=today)
        written.append(
            {
                "key": letter.key,
                "subject": text_json(filled.subject),
                "body": text_json(filled.body),
                "missing": list(missing),
            }
        )
    return show(written)


def no_page() -> Problems:
    """A cursor that leads nowhere."""
    return refuse(
        "page_unknown",
        field="after",
        zh="没有这一页。",
        en="There is no such page.",
        do_zh="after 用上一页答复里的值；从头看就不写。",
        do_en="Use the `after` of the page before; leave it out to begin at the start.",
    )


def _inside_only(field: str) -> Problems:
    return refuse(
        "not_allowed",
        field=field,
        zh="这个筛选只给工作人员用。",
        en="This filter is for the operator's own people.",
        do_zh="去掉这个筛选。",
        do_en="Leave this filter out.",
    )


def _is_cursor(after: str) -> bool:
    return not after or len(read_cursor(after)) == 3


def _page(page: QueuePage, actor: Actor) -> dict[str, Any]:
    inside = actor.role in STAFF
    return {"cases": [_line(row, inside=inside) for row in page.rows], "after": page.after or None}


def _line(row: QueueRow, *, inside: bool) -> dict[str, Any]:
    return {
        "number": row.number,
        "platform": text_json(row.platform),
        "problem": text_json(row.problem),
        "title": row.title,
        "complainant": row.complainant,
        "respondent": row.respondent,
        "stage": row.stage,
        "rung": text_json(row.rung),
        "outside": row.outside,
        "outcome": row.outcome or None,
        "severity": row.severity if inside else "",
        "whose_move": row.whose_move or None,
        "next_at": moment(row.next_at),
        "filed_at": moment(row.filed_at),
        "amount": yuan(row.amount_fen),
        "agent": (row.agent or None) if inside else None,
    }
