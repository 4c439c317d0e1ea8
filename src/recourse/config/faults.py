# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong before a front was reached: people get a page, programs get problems."""

from django.http import HttpRequest, HttpResponse

from recourse.api.answering import refuse_with
from recourse.api.document import PLACE
from recourse.api.malformed import unreadable
from recourse.api.service import failed_here
from recourse.webkit import error_pages


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: an address that nothing can be kept under, a host that is not ours."""
    if request.path.startswith(PLACE):
        return refuse_with(unreadable("address"), status=400)
    return error_pages.bad_request(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    if request.path.startswith(PLACE):
        return refuse_with(failed_here(), status=500)
    return error_pages.failed(request)
