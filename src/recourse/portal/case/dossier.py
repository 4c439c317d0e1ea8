# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The complainant's dossier: to read page by page, and to take away."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.actor import Actor
from recourse.portal.case.contents import PAGES
from recourse.portal.visitor import person_of, signed_in
from recourse.queries.case_file import case_file
from recourse.queries.my_cases import my_seat
from recourse.webkit import case_parts as parts
from recourse.webkit import dossier_pages
from recourse.webkit.world import world


@signed_in
@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Its pages."""
    seat = _seat(request, number)
    file = case_file(world(), actor=seat, number=number)
    if file is None:
        raise Http404
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
    return dossier_pages.picture(_seat(request, number), number, leaf)


@signed_in
@require_safe
def part(request: HttpRequest, number: str, no: int) -> HttpResponse | StreamingHttpResponse:
    """One part of the PDF."""
    return dossier_pages.part(request, _seat(request, number), number, no)


@signed_in
@require_safe
def packed(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """The zip."""
    return dossier_pages.packed(request, _seat(request, number), number)


def _seat(request: HttpRequest, number: str) -> Actor:
    seat = my_seat(person_of(request), number)
    if seat is None:
        raise Http404
    return seat
