# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The queue: what must be done next, what nobody has taken, what runs out today; and the search."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.actor import Actor
from recourse.core.case import words
from recourse.core.text import Text
from recourse.core.vocabulary import Outcome, RungName, Stage
from recourse.desk.seat import at_the_desk, frame
from recourse.queries.colleagues import colleagues
from recourse.queries.desk_counts import CEILING, desk_counts
from recourse.queries.desk_queue import Filters, QueueRow, desk_queue
from recourse.queries.find_cases import find_cases
from recourse.queries.platform_names import platform_names
from recourse.webkit.case_parts import in_language
from recourse.webkit.language import spoken
from recourse.webkit.showing import show_left, show_money
from recourse.webkit.templatetags.recourse_ui import until
from recourse.webkit.world import world

WORDS_MAX = 100


@at_the_desk
@require_safe
def queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page of the queue, or of what the search found."""
    now = world().clock.now()
    filters = _filters(request)
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:WORDS_MAX]
    after = request.GET.get("after", "")[:400]
    if asked:
        found = find_cases(actor, words=asked, after=after)
    else:
        found = desk_queue(actor, filters=filters, now=now, after=after)
    people = colleagues(actor)
    context = {
        **frame(request, actor),
        "tab": "queue",
        "rows": [
            _row(row, now=now, names={key: item.name for key, item in people.items()}) for row in found.rows
        ],
        "more": _address(request, after=found.after) if found.after else "",
        "continued": bool(after),
        "asked": asked,
        "filters": filters,
        "filtered": filters != Filters(),
        "platforms": platform_names(world()),
        "stages": [(stage.value, words.STAGES[stage]) for stage in Stage if stage is not Stage.closed],
        "rungs": [(rung.value, words.RUNGS[rung]) for rung in RungName],
        "severities": words.SEVERITIES.items(),
        "stats": _stats(actor, now) if not request.htmx else [],  # type: ignore[attr-defined]
        "now": now,
    }
    return render(request, "desk/queue.html", context)


def _filters(request: HttpRequest) -> Filters:
    def given(name: str, limit: int = 60) -> str:
        return request.GET.get(name, "").replace("\x00", "")[:limit]

    return Filters(
        platform=given("platform"),
        stage=given("stage"),
        rung=given("rung"),
        assigned=given("assigned"),
        due=given("due"),
        severity=given("severity"),
        closed=given("closed") == "1",
    )


def _address(request: HttpRequest, *, after: str) -> str:
    kept = {name: value for name, value in request.GET.items() if name not in {"after", "lang"} and value}
    return "?" + urlencode({**kept, "after": after})


def _stats(actor: Actor, now: Any) -> list[dict[str, Any]]:
    counts = desk_counts(actor, now=now)
    return [
        {
            "shown": _capped(counts.overdue),
            "name": Text("过了日期", "Past their date"),
            "query": "due=over",
            "late": counts.overdue > 0,
        },
        {
            "shown": _capped(counts.due_today),
            "name": Text("今天到期", "Due today"),
            "query": "due=today",
            "late": False,
        },
        {
            "shown": _capped(counts.unassigned),
            "name": Text("没人接", "Unassigned"),
            "query": "assigned=nobody",
            "late": False,
        },
        {
            "shown": _capped(counts.mine),
            "name": Text("我的", "Mine"),
            "query": "assigned=mine",
            "late": False,
        },
    ]


def _capped(count: int) -> str:
    return f"{CEILING}+" if count > CEILING else str(count)


def _row(row: QueueRow, *, now: Any, names: dict[str, str]) -> dict[str, Any]:
    closed = row.stage == Stage.closed
    hours = (row.next_at - now).total_seconds() // 3600 if row.next_at is not None else None
    tone = "done" if closed else "plain" if hours is None or hours >= 24 else "late" if hours < 0 else "soon"
    stage = (
        words.OUTCOMES[Outcome(row.outcome)]
        if closed and row.outcome
        else words.stage_name(Stage(row.stage), decided=row.outcome == Outcome.decided)
    )
    amount = "" if row.amount_fen is None else f" · {show_money(row.amount_fen)}"
    # In words already: fifteen filters in each of twenty-five lines took a third of the page.
    return {
        "number": row.number,
        "tone": tone,
        "left": "" if row.next_at is None else show_left(row.next_at, now=now, lang=spoken()),
        "until": until(row.next_at),
        "title": row.title or row.number,
        "about": in_language(row.problem) + amount,
        "place": f"{row.number} · {in_language(row.platform)}",
        "heavy": row.severity == "heavy",
        "complainant": row.complainant or "—",
        "respondent": row.respondent,
        "stage": in_language(stage),
        "rung": in_language(row.rung),
        "outside": row.outside,
        "party": in_language(row.party),
        "agent": names.get(row.agent, ""),
    }
