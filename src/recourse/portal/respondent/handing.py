# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""转给同事: make a link, see what was done through each, take it back."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from recourse.actions.hand_over_case import LIVES, hand_over_case, revoke_hand_over
from recourse.actions.story import perform
from recourse.core.problem import Problems
from recourse.portal.respondent.seat import by_link, frame, seated, seats_of
from recourse.queries.hand_overs import hand_overs
from recourse.webkit.language import spoken
from recourse.webkit.sent_form import wrong_field
from recourse.webkit.world import world


@seated
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """The links that are out, and the form for a new one. A new link is shown once and never again."""
    if by_link(request):
        raise Http404
    number = (request.POST if request.method == "POST" else request.GET).get("number", "")[:24]
    problems, fresh = None, ""
    if request.method == "POST":
        token = _give(request, number)
        if isinstance(token, Problems):
            problems = token
        else:
            fresh = f"{settings.RECOURSE_PUBLIC_URL.rstrip('/')}/r/l/{token}"
    now = world().clock.now()
    entries = [entry for item in seats_of(request) for entry in hand_overs(item.actor)]
    rows = [
        {
            "entry": entry,
            "alive": entry.revoked_at is None and entry.expires_at > now,
            "uses": entry.uses[::-1],
        }
        for entry in entries
    ]
    context = {
        **frame(request),
        "rows": rows,
        "number": number,
        "lives": LIVES,
        "life": request.POST.get("days", "3"),
        "scope": request.POST.get("scope", "one" if number else "all-0"),
        "fresh": fresh,
        "problems": problems,
        "now": now,
    }
    return render(request, "respondent/hand_over.html", context, status=422 if problems else 200)


@seated
@require_POST
def revoke(request: HttpRequest, id: str) -> HttpResponse:
    """Take a link back; whoever sits on it is out with the next page."""
    done = any(
        perform(revoke_hand_over(world(), actor=item.actor, link=id[:40])) for item in seats_of(request)
    )
    if not done:
        raise Http404
    messages.success(
        request, "链接已收回，马上失效。" if spoken() == "zh" else "The link is taken back and dead."
    )
    return redirect("/r/hand-over")


def _give(request: HttpRequest, number: str) -> str | Problems:
    given = request.POST.get("days", "")
    days = int(given) if given.isascii() and given.isdigit() and len(given) < 4 else 0
    scope, seats = request.POST.get("scope", ""), seats_of(request)
    if scope == "one":
        # The seat that sees the case gives the link; the others answer that there is no such case.
        outcomes = [
            perform(hand_over_case(world(), actor=item.actor, number=number, days=days)) for item in seats
        ]
        return next((found for found in outcomes if not isinstance(found, Problems)), outcomes[0])
    index = scope.removeprefix("all-")
    if not (index.isascii() and index.isdigit() and len(index) < 3 and int(index) < len(seats)):
        return Problems(
            (wrong_field("scope_missing", "scope", "请选转交哪些投诉。", "Choose which complaints."),)
        )
    return perform(hand_over_case(world(), actor=seats[int(index)].actor, days=days))
