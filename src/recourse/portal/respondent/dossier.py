# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent's dossier: to read page by page, and to take away."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.actor import Actor
from recourse.portal.respondent.seat import frame, seated, seats_of
from recourse.queries.case_file import case_file
from recourse.webkit import dossier_pages
from recourse.webkit.world import world


@seated
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Its pages."""
    shown = dossier_pages.shown(request, _seat(request, number), number, base=f"/r/c/{number}/dossier")
    if isinstance(shown, HttpResponse):
        return shown
    context = {**frame(request), "tab": "cases", "number": number, **shown}
    return render(request, "respondent/dossier.html", context)


@seated
@require_safe
def picture(request: HttpRequest, number: str, leaf: int) -> HttpResponse | StreamingHttpResponse:
    """One page as a picture."""
    return dossier_pages.picture(_seat(request, number), number, leaf)


@seated
@require_safe
def part(request: HttpRequest, number: str, no: int) -> HttpResponse | StreamingHttpResponse:
    """One part of the PDF."""
    return dossier_pages.part(request, _seat(request, number), number, no)


@seated
@require_safe
def packed(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """The zip."""
    return dossier_pages.packed(request, _seat(request, number), number)


def _seat(request: HttpRequest, number: str) -> Actor:
    """The seat that sees this case; absent, foreign and not yet served answer alike."""
    for item in seats_of(request):
        if case_file(world(), actor=item.actor, number=number) is not None:
            return item.actor
    raise Http404
