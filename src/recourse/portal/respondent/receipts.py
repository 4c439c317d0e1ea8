# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent's receipt: on the page, and as a text file."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recourse.portal.respondent.seat import frame, seat_in, seated
from recourse.queries.proof_receipt import ProofReceipt, proof_receipt
from recourse.webkit.receipt_page import receipt_context, receipt_file
from recourse.webkit.world import world


@seated
@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt to read, to print, or to take a picture of."""
    found = receipt_context(_receipt(request, number), base=f"/r/c/{number}")
    context = {**frame(request), "number": number, "now": world().clock.now(), **found}
    return render(request, "respondent/receipt.html", context)


@seated
@require_safe
def text(request: HttpRequest, number: str) -> HttpResponse | StreamingHttpResponse:
    """The receipt as a text file."""
    return receipt_file(_receipt(request, number))


def _receipt(request: HttpRequest, number: str) -> ProofReceipt:
    found = proof_receipt(world(), actor=seat_in(request, number), number=number)
    if found is None:
        raise Http404
    return found
