# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The complainant's dossier: to read page by page, and to take away."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.portal.case.contents import PAGES
from recourse.portal.case.seat import opened, seat_in
from recourse.portal.visitor import signed_in
from recourse.webkit import case_parts as parts
from recourse.webkit import dossier_pages


@signed_in
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Its pages."""
    seat, file = opened(request, number)
    shown = dossier_pages.shown(request, seat, number, base=f"/c/{number}/dossier")
    if isinstance(shown, HttpResponse):
        return shown
    context = {
        "file": file,
        "case": file.case,
        "page": "dossier",
        "pages": PAGES,
        "title": parts.title_of(file),
        **shown,
    }
    return render(request, "portal/case/dossier.html", context)


@signed_in
@require_safe
def picture(request: HttpRequest, number: str, leaf: int) -> HttpResponse | StreamingHttpResponse:
    """One page as a picture."""
    return dossier_pages.picture(seat_in(request, number), number, leaf)


@signed_in
@require_safe
def part(request: HttpRequest, number: str, no: int) -> HttpResponse | StreamingHttpResponse:
    """One part of the PDF."""
    return dossier_pages.part(request, seat_in(request, number), number, no)


@signed_in
@require_safe
def packed(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """The zip."""
    return dossier_pages.packed(request, seat_in(request, number), number)
