# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One case as its respondent sees it, and the forms on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from recourse.actions.hand_over_case import note_hand_over_use
from recourse.actions.story import perform
from recourse.core.actor import Actor
from recourse.core.holding import holds
from recourse.core.problem import Problem, Problems
from recourse.portal.respondent.contents import contents_of
from recourse.portal.respondent.deeds import DEEDS
from recourse.portal.respondent.seat import frame, seat_in, seated, seats_of
from recourse.queries.case_file import CaseFile, case_file
from recourse.webkit import exhibit_pages
from recourse.webkit.case_parts import in_language
from recourse.webkit.sent_deeds import as_it_stands, seen_twice
from recourse.webkit.sent_form import sent_form, typed_values
from recourse.webkit.world import world


@seated
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case's page."""
    _, file = _open(request, number)
    return _show(request, file)


@seated
@require_POST
def do(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    """One deed. What is refused comes back with everything that was typed."""
    known = DEEDS.get(deed)
    if known is None:
        raise Http404
    actor, file = _open(request, number)
    sent = sent_form(request, world=world(), actor=actor, number=number)
    outcome = known.do(sent, file)
    if isinstance(outcome, Problems) and not seen_twice(outcome):
        return _show(request, as_it_stands(sent, file), deed=deed, problems=outcome.items)
    perform(note_hand_over_use(world(), actor=actor, what=f"{deed} {number}"))
    messages.success(request, in_language(known.done))
    return redirect(f"/r/c/{number}/{known.leads(sent)}" if known.leads is not None else f"/r/c/{number}")


@seated
@require_safe
def exhibit(request: HttpRequest, number: str, no: int, *, as_other: bool = False) -> HttpResponse:
    """A file of its own as an attachment, or a recording of the other side; of the rest there is the copy to look at."""
    wanted, seat = request.headers.get("Range", ""), seat_in(request, number)
    return exhibit_pages.file(seat, number=number, no=no, as_other=as_other, wanted=wanted)


@seated
@require_safe
def exhibit_view(request: HttpRequest, number: str, no: int, *, as_other: bool = False) -> HttpResponse:
    """An exhibit to look at, in the page itself."""
    (actor, file), outer = _open(request, number), _outer(request, number)
    return exhibit_pages.view(
        request, actor, file, no=no, base=f"/r/c/{number}", frame=outer, as_other=as_other
    )


@seated
@require_safe
def exhibit_picture(
    request: HttpRequest, number: str, no: int, form: str, sheet: int, *, as_other: bool = False
) -> HttpResponse:
    """A picture that we made of an exhibit."""
    actor = seat_in(request, number)
    return exhibit_pages.picture(actor, number=number, no=no, form=form, page=sheet, as_other=as_other)


@seated
@require_safe
def thread(request: HttpRequest, number: str, by: str) -> HttpResponse:
    """Screenshots of a chat as one thread."""
    (actor, file), outer = _open(request, number), _outer(request, number)
    return exhibit_pages.thread(request, actor, file, by=by, base=f"/r/c/{number}", frame=outer)


def _outer(request: HttpRequest, number: str) -> dict[str, Any]:
    """What stands around an exhibit or a thread."""
    return {**frame(request), "outer": "respondent/frame.html", "back": f"/r/c/{number}", "tab": "cases"}


def _open(request: HttpRequest, number: str) -> tuple[Actor, CaseFile]:
    """The seat that sees this case, and the file; absent, foreign and not yet served answer alike."""
    for item in seats_of(request):
        file = case_file(world(), actor=item.actor, number=number)
        if file is not None:
            return item.actor, file
    raise Http404


def _show(
    request: HttpRequest, file: CaseFile, *, deed: str = "", problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        **frame(request),
        "file": file,
        "case": file.case,
        "now": file.now,
        "form_key": world().randomness.public_id()[:16],
        "deed": deed,
        "typed": typed_values(request.POST) if deed else {},
        "ticked": request.POST.getlist("term") if deed else [],
        "problems": problems,
        "weighed": holds(problems),
        **contents_of(file),
    }
    for option in context["options"]:
        option["amount"] = context["typed"].get(f"amount-{option['kind']}", option["amount"])
    return render(request, "respondent/case.html", context, status=422 if problems else 200)
