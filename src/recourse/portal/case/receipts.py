# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The complainant's receipt: on the page, and as a text file."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.core.actor import Actor
from recourse.portal.case.contents import PAGES
from recourse.portal.case.seat import opened, seat_in
from recourse.portal.visitor import signed_in
from recourse.queries.proof_receipt import ProofReceipt, proof_receipt
from recourse.webkit import case_parts as parts
from recourse.webkit.receipt_page import receipt_context, receipt_file
from recourse.webkit.world import world


@signed_in
@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt to read, to print, or to take a picture of."""
    seat, file = opened(request, number)
    context = {
        "file": file,
        "case": file.case,
        "now": file.now,
        "page": "evidence",
        "pages": PAGES,
        "title": parts.title_of(file),
        **receipt_context(_receipt(seat, number), base=f"/c/{number}"),
    }
    return render(request, "portal/case/receipt.html", context)


@signed_in
@require_safe
def text(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """The receipt as a text file."""
    return receipt_file(_receipt(seat_in(request, number), number))


def _receipt(seat: Actor, number: str) -> ProofReceipt:
    found = proof_receipt(world(), actor=seat, number=number)
    if found is None:
        raise Http404
    return found
