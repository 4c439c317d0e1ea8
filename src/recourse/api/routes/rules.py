# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Rules: platforms and their playbooks, law, counting a period, and what a story tells."""

from datetime import date
from typing import Annotated

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from recourse.api.answering import Refused, body_of, refuse_with, show
from recourse.api.door import Asked, KeyHeader, token
from recourse.api.malformed import unreadable, unstorable
from recourse.api.shapes.problem import Day, refusals
from recourse.api.shapes.rule import CountOut, LawOut, PlatformList, PlaybookOut, TriageIn, TriageOut
from recourse.core.calendar import CHINA
from recourse.core.deadline.json_shape import computed_to_json
from recourse.core.deadline.regime import Regime
from recourse.core.playbook.refusals import no_playbook
from recourse.core.problem import Problems
from recourse.core.triage.propose import as_plain
from recourse.queries.case_json import text_json
from recourse.queries.count_deadline import count_deadline
from recourse.queries.draft import rules_of
from recourse.queries.platform_names import platform_names
from recourse.queries.propose_problems import propose_problems
from recourse.queries.show_law import show as show_law
from recourse.webkit.world import world

router = Router(tags=["rules"])


@router.get("/platforms", response={200: PlatformList, **refusals()}, operation_id="list_platforms")
def list_platforms(request: HttpRequest) -> HttpResponse:
    """Every platform that has a playbook."""
    token(request)
    found = [{"key": key, "name": text_json(name)} for key, name in platform_names(world())]
    return show({"platforms": found})


@router.get(
    "/platforms/{platform}", response={200: PlaybookOut, **refusals(404)}, operation_id="read_playbook"
)
def read_playbook(request: HttpRequest, platform: str) -> HttpResponse:
    """Today's playbook of a platform, whole."""
    token(request)
    found = world().rules.current(platform) if platform in world().rules.platforms() else None
    if found is None or isinstance(found, Problems):
        return refuse_with(no_playbook(platform[:60], world().rules.platforms()), status=404)
    digest, rules = found
    return show({"digest": digest, "playbook": msgspec.to_builtins(rules.playbook, str_keys=True)})


@router.get("/law/{id}", response={200: LawOut, **refusals(404)}, operation_id="read_law")
def read_law(request: HttpRequest, id: str, on: Annotated[Day | None, Query()] = None) -> HttpResponse:
    """An article as it stood on a day (today when none is given), with its other versions."""
    token(request)
    try:
        day = date.fromisoformat(on) if on else world().clock.now().astimezone(CHINA).date()
    except ValueError:
        return refuse_with(unreadable("", "on"), status=400)
    found = show_law(id, day)
    return refuse_with(found, status=404) if isinstance(found, Problems) else show(found)


@router.get("/deadline", response={200: CountOut, **refusals(422)}, operation_id="count_deadline")
def count(
    request: HttpRequest,
    start: Annotated[str, Query(alias="from", max_length=40, description="RFC 3339 or a day")],
    length: Annotated[str, Query(max_length=20, description="48h 7d 7wd 1month 3year")],
    regime: Regime,
) -> HttpResponse:
    """Count a period: the earliest reading to act by, the latest from which silence counts, and how."""
    token(request)
    if unstorable([start, length]):
        return refuse_with(unreadable("", "from"), status=400)
    found = count_deadline(start=start, length=length, regime=regime.value)
    return refuse_with(found) if isinstance(found, Problems) else show(computed_to_json(found))


@router.post("/triage", response={200: TriageOut, **refusals(409, 422)}, operation_id="triage")
def triage(request: HttpRequest, body: TriageIn, idempotency_key: KeyHeader) -> HttpResponse:
    """Which problems does a story tell, by which of its words? The answer is kept sealed with its key for 30 days."""

    def run() -> tuple[int, bytes] | Problems:
        rules = rules_of(world(), body.platform)
        if rules is None:
            return no_playbook(body.platform[:60], world().rules.platforms())
        today = world().clock.now().astimezone(CHINA).date()
        found = propose_problems(body.story, facts={}, playbook=rules.playbook, today=today)
        if isinstance(found, Problems):
            raise Refused(found)
        return 200, body_of(as_plain(found))

    # Nothing is written but the answer: reading a long story holds nobody up who writes.
    return Asked(request, token(request), idempotency_key).once(run, together=False)
