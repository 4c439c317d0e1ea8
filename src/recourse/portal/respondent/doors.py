# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The doors: a code to the registered contact, a colleague's link, and the way out."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from recourse.actions.enter_as_respondent import ask_respondent_code, enter_as_respondent
from recourse.actions.hand_over_case import take_over
from recourse.actions.limit_visits import may_ask
from recourse.actions.story import perform
from recourse.core.problem import Problems
from recourse.portal.respondent import seat
from recourse.webkit.world import world

VISITS = (60, timedelta(hours=1))


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """Ask for a code. The answer is the same whatever was typed."""
    if request.method != "POST" and seat.seats_of(request):
        return redirect(_next(request) or "/r/cases")
    problems, typed = None, request.POST.get("given", "")[:254]
    if request.method == "POST":
        ticket = _limited(request, "respondent") or perform(ask_respondent_code(world(), given=typed))
        if not isinstance(ticket, Problems):
            seat.hold_ticket(request, ticket)
            return redirect(f"/r/code{_query(request)}")
        problems = ticket
    context = {"problems": problems, "typed": typed, "next": _next(request), "now": world().clock.now()}
    return render(request, "respondent/entry.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Enter the code."""
    ticket = seat.ticket_of(request)
    if not ticket:
        return redirect("/r/")
    problems = None
    if request.method == "POST":
        given = request.POST.get("code", "")[:20]
        seats = _limited(request, "respondent-code") or perform(
            enter_as_respondent(world(), ticket=ticket, code=given)
        )
        if not isinstance(seats, Problems):
            seat.enter(request, seats, by_link=False)
            return redirect(_next(request) or "/r/cases")
        problems = seats
    context = {"problems": problems, "next": _next(request), "now": world().clock.now()}
    return render(request, "respondent/code.html", context, status=422 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague's link. Looking at it opens nothing, because chat programs look at every link; the button does."""
    problems = None
    if request.method == "POST":
        found = _limited(request, "respondent-link") or perform(take_over(world(), token=token[:200]))
        if not isinstance(found, Problems):
            seat.enter(request, [found], by_link=True)
            return redirect("/r/cases")
        problems = found
    context = {"problems": problems, "now": world().clock.now()}
    return render(request, "respondent/link.html", context, status=422 if problems else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out again."""
    seat.leave(request)
    return redirect("/r/")


def _limited(request: HttpRequest, what: str) -> Problems | None:
    times, per = VISITS
    visitor = f"{what}/{request.META.get('REMOTE_ADDR', '')}"
    return perform(may_ask(world(), visitor=visitor, times=times, per=per))


def _next(request: HttpRequest) -> str:
    """Where the visitor wanted to go: one of the respondent's own pages, nothing else."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    parts = urlsplit(given)
    inside = given.startswith("/r/") and not parts.netloc and not parts.scheme and "\\" not in given
    return given if inside and given.isprintable() else ""


def _query(request: HttpRequest) -> str:
    return f"?next={_next(request)}" if _next(request) else ""
