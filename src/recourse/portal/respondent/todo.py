# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The list of what waits, and one answer to several cases at once: each is a deed of its own with a result of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from recourse.actions.answer_claim import answer_claim
from recourse.actions.hand_over_case import note_hand_over_use
from recourse.actions.story import perform
from recourse.core.claim import Claim, counted
from recourse.core.holding import holding_problem, holds
from recourse.core.money import format_yuan
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind
from recourse.portal.respondent.seat import frame, seated, seats_of
from recourse.portal.respondent.words import default_of, task_of
from recourse.queries.held_off import weigh
from recourse.queries.respondent_todo import SHOWN, TodoItem, TodoPage, respondent_todo
from recourse.webkit.sent_form import sent_form, typed_values, wrong_field
from recourse.webkit.world import world

SELECTED_MAX = 50
# What can be said to several cases alike. An offer names remedies and sums, so it is made case by case.
SAME_ANSWERS = (AnswerKind.admission, AnswerKind.refusal, AnswerKind.promise, AnswerKind.holding)


@seated
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The one list."""
    return _show(request)


@seated
@require_POST
def answer_selected(request: HttpRequest) -> HttpResponse:
    """The same answer to every selected case; what was refused is said case by case and keeps what was typed."""
    seats = [item.actor for item in seats_of(request)]
    sent = sent_form(request, world=world(), actor=seats[0], number="")
    numbers = list(dict.fromkeys(request.POST.getlist("number")))[:SELECTED_MAX]
    given = sent.text("kind", limit=20)
    wrong: list[Problem] = []
    if not numbers:
        wrong.append(
            wrong_field("none_selected", "number", "请先勾选要答复的投诉。", "Tick the complaints first.")
        )
    if given not in {kind.value for kind in SAME_ANSWERS}:
        wrong.append(wrong_field("kind_missing", "kind", "请选怎么答复。", "Choose an answer."))
    promised = sent.moment("promised_at")
    if given == AnswerKind.promise and promised is None:
        wrong.append(
            wrong_field("date_missing", "promised_at", "承诺要写到哪天完成。", "A promise needs its date.")
        )
    reply = weigh(sent.text("text"))
    if given == AnswerKind.refusal and reply.holds and not sent.text("more"):
        wrong.append(holding_problem(reply, field="text", is_own=True))
    if wrong:
        return _show(request, problems=tuple(wrong), ticked=numbers)
    results = []
    for number in numbers:
        outcome: Any = None
        for actor in seats:
            outcome = perform(
                answer_claim(
                    world(),
                    actor=actor,
                    number=number[:24],
                    kind=AnswerKind(given),
                    text=sent.text("text"),
                    promised_at=promised if given == AnswerKind.promise else None,
                    more=sent.text("more", limit=1000),
                    key=f"{sent.key}:{number[:24]}",
                )
            )
            if not isinstance(outcome, Problems):
                perform(note_hand_over_use(world(), actor=actor, what=f"answer {number[:24]}"))
                break
        refused = outcome.items if isinstance(outcome, Problems) else ()
        results.append({"number": number[:24], "problems": refused})
    done = sum(1 for item in results if not item["problems"])
    context = {
        **frame(request),
        "results": results,
        "done": done,
        "failed": len(results) - done,
        "holding": given == AnswerKind.holding,
        "now": world().clock.now(),
    }
    return render(request, "respondent/results.html", context, status=200 if done else 422)


def _show(
    request: HttpRequest, *, problems: tuple[Problem, ...] = (), ticked: list[str] | None = None
) -> HttpResponse:
    shown = request.GET.get("show", "open")
    shown = shown if shown in SHOWN else "open"
    given = request.GET.get("page", "1")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    found = respondent_todo([item.actor for item in seats_of(request)], shown=shown, page=page)
    several = len(seats_of(request)) > 1
    context = {
        **frame(request),
        "rows": [_row(item, several=several, ticked=ticked or []) for item in found.items],
        "found": found,
        "shown": shown,
        "tabs": _tabs(found),
        "selectable": any(item.answerable for item in found.items),
        "problems": problems,
        "weighed": holds(problems),
        "typed": typed_values(request.POST) if problems else {},
        "form_key": world().randomness.public_id()[:16],
        "now": world().clock.now(),
    }
    return render(request, "respondent/cases.html", context, status=422 if problems else 200)


def _tabs(found: TodoPage) -> list[tuple[str, Text]]:
    return [
        ("open", Text("全部未结", "All open")),
        ("mine", Text(f"轮到我（{found.waiting}）", f"My move ({found.waiting})")),
        ("closed", Text("已结束", "Closed")),
    ]


def _row(item: TodoItem, *, several: bool, ticked: list[str]) -> dict[str, Any]:
    case = item.case
    claims = claims_line(item)
    leading = next((ref.id for ref in case.problems), "")
    problem = next((p.name for p in item.playbook.problems if p.id == leading), Text("", ""))
    goods = case.subject.title or case.subject.id
    late = item.next_at is not None and item.next_at < world().clock.now()
    clock = item.clock if item.mine or (item.clock is not None and item.clock.act == "appeal") else None
    if clock is not None:
        # Also where the other side's move is counted down: the time to appeal runs for both.
        move = task_of(clock)
    elif case.closed:
        move = item.step.text
    else:
        move = Text("现在轮到{who}：{what}", "Waiting for {who}: {what}").format(
            who=item.names.party(item.step.who), what=item.step.text
        )
    return {
        "number": case.number,
        "url": f"/r/c/{case.number}",
        "title": Text(f"{goods} · {problem.zh}", f"{goods} · {problem.en}"),
        "who": case.complainant.name,
        "claims": claims,
        "move": move,
        "act_by": clock.act_by if clock is not None else None,
        "default": default_of(clock, case, item.playbook, claims=claims) if clock is not None else None,
        "tone": "late" if item.mine and late else "mine" if item.mine else "done" if case.closed else "plain",
        "mine": item.mine,
        "respondent": case.respondent.name if several else "",
        "ticked": case.number in ticked,
        "selectable": item.answerable,
    }


def claims_line(item: TodoItem) -> Text:
    """The demands with their sums in one line."""
    return Text(
        "；".join(_claim(item, c, "zh") for c in item.case.claims),
        "; ".join(_claim(item, c, "en") for c in item.case.claims),
    )


def _claim(item: TodoItem, claim: Claim, language: str) -> str:
    name = getattr(counted(item.names.remedy(claim.kind), claim.points), language)
    if claim.amount_fen is None:
        return str(name)
    amount = format_yuan(claim.amount_fen)
    return f"{name}{amount}元" if language == "zh" else f"{name} {amount} yuan"
