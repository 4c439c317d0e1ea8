# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The house: respondents of the register, colleagues, and the token itself."""

from dataclasses import asdict
from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router

from recourse.actions.import_merchants import import_merchants
from recourse.actions.push_records import push_records
from recourse.actions.story import perform
from recourse.api.answering import Refused, body_of, show
from recourse.api.door import Asked, ForHeader, KeyHeader, reader, token
from recourse.api.malformed import unreadable
from recourse.api.shapes.problem import refusals
from recourse.api.shapes.register import (
    ColleagueList,
    CountsOut,
    RecordPushed,
    RecordsIn,
    RecordsOut,
    RegisterIn,
    RegisterOut,
    TokenOut,
)
from recourse.core.actor import Actor, Role, Via
from recourse.core.day import parse_day
from recourse.core.merchant_list import MerchantList
from recourse.core.money import parse_yuan
from recourse.core.problem import Problems
from recourse.core.record import ImportedRecord
from recourse.core.shape import read
from recourse.core.token import Scope
from recourse.core.vocabulary import SubjectKind
from recourse.queries.case_json import moment
from recourse.queries.colleagues import colleagues
from recourse.queries.desk_counts import CEILING, desk_counts
from recourse.webkit.world import world

router = Router(tags=["house"])


@router.post("/register", response={200: RegisterOut, **refusals(409, 422)}, operation_id="import_register")
def import_register(request: HttpRequest, body: RegisterIn, idempotency_key: KeyHeader) -> HttpResponse:
    """Register respondents, or bring them up to date. Contacts that came back are usable again."""
    given = token(request, Scope.register_write)

    def run() -> tuple[int, bytes] | Problems:
        listed, problems = read(MerchantList, body.model_dump())
        if listed is None:
            raise Refused(Problems(tuple(problems)))
        known = import_merchants(world(), operator=given.operator, listed=listed)
        if isinstance(known, Problems):
            return known
        return 200, body_of({"merchants": [{"name": name, "id": id_} for name, id_ in known.items()]})

    return Asked(request, given, idempotency_key).once(run)


@router.post("/records", response={200: RecordsOut, **refusals(409, 422)}, operation_id="push_records")
def take_records(request: HttpRequest, body: RecordsIn, idempotency_key: KeyHeader) -> HttpResponse:
    """Push orders, cards, draws or points accounts; checks and the sums of remedies read them."""
    given = token(request, Scope.register_write)

    def run() -> tuple[int, bytes] | Problems:
        pushed = [_pushed(item, body.kind, f"records[{index}]") for index, item in enumerate(body.records)]
        taken = perform(push_records(world(), operator=given.operator, platform=body.platform, pushed=pushed))
        return taken if isinstance(taken, Problems) else (200, body_of({"taken": taken}))

    return Asked(request, given, idempotency_key).once(run)


def _pushed(item: RecordPushed, kind: SubjectKind, where: str) -> ImportedRecord:
    days: dict[str, date | None] = {}
    for name in ("happened_on", "promised_on", "received_on"):
        written = getattr(item, name)
        days[name] = parse_day(written) if written else None
        if written and days[name] is None:
            raise Refused(unreadable("", f"{where}.{name}"))
    return ImportedRecord(
        kind=kind.value,
        id=item.id,
        respondent=item.respondent,
        title=item.title,
        amount_fen=parse_yuan(item.amount) if item.amount else None,
        refunded_fen=(parse_yuan(item.refunded) if item.refunded else None) or 0,
        status=dict(item.status),
        **days,
    )


@router.get("/counts", response={200: CountsOut, **refusals(404)}, operation_id="count_cases")
def count_cases(request: HttpRequest, acts_for: ForHeader = "") -> HttpResponse:
    """How much waits in the house; nothing for a party."""
    counts = desk_counts(reader(request, acts_for), now=world().clock.now())
    return show({**asdict(counts), "ceiling": CEILING})


@router.get("/colleagues", response={200: ColleagueList, **refusals()}, operation_id="list_colleagues")
def list_colleagues(request: HttpRequest) -> HttpResponse:
    """Who works here: ids for assigning, and for `Recourse-For: staff:id`."""
    given = token(request, Scope.cases_read)
    # A token that acts for parties alone has no business with the people of the desk.
    if given.seat is None and Scope.staff_act not in given.scopes:
        return show({"colleagues": []})
    actor = Actor(given.id, given.seat or Role.agent, given.operator, Via.api)
    found = [
        {"id": item.id, "name": item.name, "role": item.role.value} for item in colleagues(actor).values()
    ]
    return show({"colleagues": found})


@router.get("/token", response={200: TokenOut, **refusals()}, operation_id="read_token")
def read_token(request: HttpRequest) -> HttpResponse:
    """What this token may do, and until when."""
    given = token(request)
    return show(
        {
            "id": given.id,
            "operator": given.operator,
            "name": given.name,
            "seat": given.seat.value if given.seat else None,
            "scopes": sorted(given.scopes),
            "expires_at": moment(given.expires_at),
        }
    )
