# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent's dossier: to read page by page, and to take away."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.portal.respondent.seat import frame, seat_in, seated
from recourse.webkit import dossier_pages


@seated
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Its pages."""
    shown = dossier_pages.shown(request, seat_in(request, number), number, base=f"/r/c/{number}/dossier")
    if isinstance(shown, HttpResponse):
        return shown
    context = {**frame(request), "tab": "cases", "number": number, **shown}
    return render(request, "respondent/dossier.html", context)


@seated
@require_safe
def picture(request: HttpRequest, number: str, leaf: int) -> HttpResponse | StreamingHttpResponse:
    """One page as a picture."""
    return dossier_pages.picture(seat_in(request, number), number, leaf)


@seated
@require_safe
def part(request: HttpRequest, number: str, no: int) -> HttpResponse | StreamingHttpResponse:
    """One part of the PDF."""
    return dossier_pages.part(request, seat_in(request, number), number, no)


@seated
@require_safe
def packed(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """The zip."""
    return dossier_pages.packed(request, seat_in(request, number), number)
