# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case on one page, and what the operator's people do to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from recourse.actions.story import read_only
from recourse.core.actor import Actor
from recourse.core.holding import holds
from recourse.core.problem import Problem, Problems
from recourse.desk.caller import caller_parts
from recourse.desk.contents import contents_of, typed_points
from recourse.desk.deeds import DEEDS
from recourse.desk.seat import at_the_desk, frame
from recourse.queries.case_file import CaseFile, case_file
from recourse.queries.colleagues import colleagues
from recourse.queries.foreign_records import foreign_of_number
from recourse.webkit import exhibit_pages
from recourse.webkit.case_parts import in_language
from recourse.webkit.sent_deeds import as_it_stands, seen_twice
from recourse.webkit.sent_form import sent_form, typed_values
from recourse.webkit.world import world


@at_the_desk
@require_safe
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The page. A number that only a foreign record bears leads to that record."""
    file = case_file(world(), actor=actor, number=number)
    return _show(request, actor, file) if file is not None else _elsewhere(actor, number)


@at_the_desk
@require_POST
def do(request: HttpRequest, actor: Actor, number: str, deed: str) -> HttpResponse:
    """One deed. What is refused comes back with everything that was typed."""
    known = DEEDS.get(deed)
    if known is None:
        raise Http404
    file = case_file(world(), actor=actor, number=number)
    if file is None:
        found = _elsewhere(actor, number)
        messages.error(request, in_language(read_only().items[0].message))
        return found
    sent = sent_form(request, world=world(), actor=actor, number=number)
    outcome = known.do(sent, file)
    if isinstance(outcome, Problems) and not seen_twice(outcome):
        return _show(request, actor, as_it_stands(sent, file), deed=deed, problems=outcome.items)
    messages.success(request, in_language(known.done))
    return redirect(f"/desk/c/{number}{known.anchor}")


@at_the_desk
@require_safe
def exhibit(request: HttpRequest, actor: Actor, number: str, no: int) -> HttpResponse:
    """A file of the case, as an attachment."""
    return exhibit_pages.file(actor, number=number, no=no, wanted=request.headers.get("Range", ""))


@at_the_desk
@require_safe
def exhibit_view(request: HttpRequest, actor: Actor, number: str, no: int) -> HttpResponse:
    """An exhibit to look at, in the page itself."""
    outer, base = _outer(request, actor, number), f"/desk/c/{number}"
    return exhibit_pages.view(request, actor, _open(actor, number), no=no, base=base, frame=outer)


@at_the_desk
@require_safe
def exhibit_picture(
    request: HttpRequest, actor: Actor, number: str, no: int, form: str, sheet: int
) -> HttpResponse:
    """A picture that we made of an exhibit."""
    return exhibit_pages.picture(actor, number=number, no=no, form=form, page=sheet)


@at_the_desk
@require_safe
def thread(request: HttpRequest, actor: Actor, number: str, by: str) -> HttpResponse:
    """Screenshots of a chat as one thread."""
    outer, base = _outer(request, actor, number), f"/desk/c/{number}"
    return exhibit_pages.thread(request, actor, _open(actor, number), by=by, base=base, frame=outer)


def _outer(request: HttpRequest, actor: Actor, number: str) -> dict[str, Any]:
    """What stands around an exhibit or a thread."""
    back = f"/desk/c/{number}#evidence"
    return {**frame(request, actor), "outer": "desk/frame.html", "back": back, "tab": "queue"}


def _elsewhere(actor: Actor, number: str) -> HttpResponse:
    """The way to the foreign record that bears this number. Raises Http404 when none does."""
    found = foreign_of_number(actor, number)
    if not found:
        raise Http404
    return redirect(f"/desk/foreign/{found}")


def _open(actor: Actor, number: str) -> CaseFile:
    """The file; another operator's case and none at all answer alike."""
    file = case_file(world(), actor=actor, number=number)
    if file is None:
        raise Http404
    return file


def _show(
    request: HttpRequest, actor: Actor, file: CaseFile, *, deed: str = "", problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    typed = typed_values(request.POST) if deed else {}
    context: dict[str, Any] = {
        **frame(request, actor),
        "tab": "queue",
        "file": file,
        "case": file.case,
        "now": file.now,
        "form_key": world().randomness.public_id()[:16],
        "deed": deed,
        "typed": typed,
        "ticked": request.POST.getlist("term") if deed else [],
        "cited": request.POST.getlist("ground") if deed else [],
        "problems": problems,
        "weighed": holds(problems),
        **contents_of(file, actor=actor, people=colleagues(actor)),
        **caller_parts(file, typed, deed=deed),
    }
    if deed == "points":
        context |= {"points": typed_points(request.POST, len(file.case.points)), "blank_points": []}
    for option in context["options"]:
        option["amount"] = typed.get(f"amount-{option['kind']}", option["amount"])
    return render(request, "desk/case.html", context, status=422 if problems else 200)
