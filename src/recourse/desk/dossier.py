# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The dossier as the operator's people have it: to read page by page, and to take away."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.actor import Actor
from recourse.desk.seat import at_the_desk, frame
from recourse.webkit import dossier_pages


@at_the_desk
@require_safe
def show(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Its pages."""
    shown = dossier_pages.shown(request, actor, number, base=f"/desk/c/{number}/dossier")
    if isinstance(shown, HttpResponse):
        return shown
    context = {**frame(request, actor), "tab": "queue", "number": number, **shown}
    return render(request, "desk/dossier.html", context)


@at_the_desk
@require_safe
def picture(
    request: HttpRequest, actor: Actor, number: str, leaf: int
) -> HttpResponse | StreamingHttpResponse:
    """One page as a picture."""
    return dossier_pages.picture(actor, number, leaf)


@at_the_desk
@require_safe
def part(request: HttpRequest, actor: Actor, number: str, no: int) -> HttpResponse | StreamingHttpResponse:
    """One part of the PDF."""
    return dossier_pages.part(request, actor, number, no)


@at_the_desk
@require_safe
def packed(request: HttpRequest, actor: Actor, number: str) -> HttpResponse | StreamingHttpResponse:
    """The zip."""
    return dossier_pages.packed(request, actor, number)
