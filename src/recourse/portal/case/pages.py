# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case pages and their forms. Each page is made of one case file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from recourse.actions.keep_draft import keep_draft
from recourse.actions.story import perform
from recourse.core.case.intake import refiled_too_often
from recourse.core.holding import holds
from recourse.core.problem import Problem, Problems
from recourse.portal import visitor
from recourse.portal.case.contents import PAGES, content_of
from recourse.portal.case.deeds import DEEDS
from recourse.portal.case.seat import opened, seat_in
from recourse.portal.filing.screens import typed_again
from recourse.portal.filing.views import begin
from recourse.portal.visitor import person_of, signed_in
from recourse.queries.case_file import CaseFile
from recourse.queries.my_cases import my_cases
from recourse.webkit import exhibit_pages
from recourse.webkit.case_parts import in_language
from recourse.webkit.condition_form import form_of
from recourse.webkit.sent_deeds import as_it_stands, seen_twice
from recourse.webkit.sent_form import sent_form, typed_values
from recourse.webkit.world import world


@signed_in
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """My complaints: what waits for me first."""
    now = world().clock.now()
    rows = my_cases(person_of(request))
    context = {"rows": rows, "now": now, "drafts": visitor.platforms_with_drafts(request), "here": "cases"}
    return render(request, "portal/cases.html", context)


@signed_in
@require_safe
def case(request: HttpRequest, number: str, page: str = "") -> HttpResponse:
    """One page of a case."""
    if page not in PAGES:
        raise Http404
    _, file = opened(request, number)
    return _show(request, file, page)


@signed_in
@require_POST
def do(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    """One deed. What is refused comes back on its page, with everything that was typed."""
    known = DEEDS.get(deed)
    if known is None:
        raise Http404
    actor, file = opened(request, number)
    sent = sent_form(request, world=world(), actor=actor, number=number)
    outcome = known.do(sent, file)
    if isinstance(outcome, Problems) and not seen_twice(outcome):
        return _show(request, as_it_stands(sent, file), known.page, deed=deed, problems=outcome.items)
    messages.success(request, in_language(known.done))
    place = known.leads(sent) if known.leads is not None else known.page
    return redirect(f"/c/{number}/{place}" if place else f"/c/{number}")


@signed_in
@require_safe
def exhibit(request: HttpRequest, number: str, no: int, *, as_other: bool = False) -> HttpResponse:
    """The file as it was handed in: never shown by the browser in our own name, always as a download."""
    wanted, seat = request.headers.get("Range", ""), seat_in(request, number)
    return exhibit_pages.file(seat, number=number, no=no, as_other=as_other, wanted=wanted)


@signed_in
@require_safe
def exhibit_view(request: HttpRequest, number: str, no: int, *, as_other: bool = False) -> HttpResponse:
    """An exhibit to look at, in the page itself."""
    actor, file = opened(request, number)
    frame = {"outer": "portal/base.html", "back": f"/c/{number}/evidence"}
    return exhibit_pages.view(
        request, actor, file, no=no, base=f"/c/{number}", frame=frame, as_other=as_other
    )


@signed_in
@require_safe
def exhibit_picture(
    request: HttpRequest, number: str, no: int, form: str, sheet: int, *, as_other: bool = False
) -> HttpResponse:
    """A picture that we made of an exhibit."""
    actor = seat_in(request, number)
    return exhibit_pages.picture(actor, number=number, no=no, form=form, page=sheet, as_other=as_other)


@signed_in
@require_safe
def thread(request: HttpRequest, number: str, by: str) -> HttpResponse:
    """Screenshots of a chat as one thread."""
    actor, file = opened(request, number)
    frame = {"outer": "portal/base.html", "back": f"/c/{number}/evidence"}
    return exhibit_pages.thread(request, actor, file, by=by, base=f"/c/{number}", frame=frame)


@signed_in
@require_POST
def refile(request: HttpRequest, number: str) -> HttpResponse:
    """File a closed matter again: the old words are filled in, and something new is asked for."""
    _, file = opened(request, number)
    case = file.case
    if not case.closed or case.erased:
        raise Http404
    if not file.may_refile:
        # The page was opened before the last filing; it comes back without the button.
        limit = file.rules.playbook.refiling.times_max
        return _show(request, file, "", problems=(refiled_too_often(limit),))
    visitor.hold_draft(request, case.platform, "")
    token = begin(request, case.platform, refiles=case.number)
    data = {
        **typed_again(case),
        "person": world().randomness.public_id(),
        "refile": {"number": case.number},
        "papers": "" if case.operated else "1",
    }
    perform(keep_draft(world(), token=token, platform=case.platform, step="story", data=data))
    return redirect(f"/file/{case.platform}/story")


def _show(
    request: HttpRequest, file: CaseFile, page: str, *, deed: str = "", problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        "file": file,
        "case": file.case,
        "names": file.names,
        "page": page,
        "now": file.now,
        "form_key": world().randomness.public_id()[:16],
        "deed": deed,
        "typed": request.POST if deed else {},
        "ticked": request.POST.getlist("term") if deed else [],
        "gates": request.POST.getlist("gate") if deed else [],
        "problems": problems,
        "weighed": holds(problems),
        **content_of(page, file),
    }
    if deed == "conditions":
        context["condition_form"] = form_of(typed_values(request.POST), file.rules.playbook.conditions)
    if deed == "propose":
        for row in context["options"]:
            row["amount"] = request.POST.get(f"amount-{row['kind']}", "")
    template = f"portal/case/{page or 'overview'}.html"
    return render(request, template, context, status=422 if problems else 200)
