# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Headers and identity for every answer, before any page is built."""

import re
import secrets
from collections.abc import Callable

from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from recourse.queries.guard import closed
from recourse.webkit.error_pages import unavailable
from recourse.webkit.request_id import set_request_id
from recourse.webkit.world import world

Answer = Callable[[HttpRequest], HttpResponse]

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_identity(get_response: Answer) -> Answer:
    """Give each request an id, taken from a proxy's X-Request-ID when that is well-formed."""

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.fullmatch(given) else secrets.token_hex(8)
        set_request_id(request_id)
        response = get_response(request)
        response["X-Request-ID"] = request_id
        return response

    return answer


def true_address(get_response: Answer) -> Answer:
    """Behind a proxy of ours the visitor is whom it names last in X-Forwarded-For; earlier names anybody can write.

    Without this all visitors would share the proxy's address, and with it every limit of asking.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if settings.RECOURSE_BEHIND_PROXY and named:
            request.META["REMOTE_ADDR"] = named[:64]
        return get_response(request)

    return answer


def storable_address(get_response: Answer) -> Answer:
    """Refuse an address with a NUL in it: PostgreSQL takes none, and no page of ours ever makes one."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise BadRequest
        return get_response(request)

    return answer


# Everybody may leave, and the people of the operator come in to read and to see to it: that writes sessions, tries of
# passwords and who came when, no more. A code cannot be asked for: the worker, which sends it, stands still too.
_DOORS = frozenset(
    {
        *("/sign-out", "/r/sign-out", "/staff/logout/"),
        *("/staff/login/", "/staff/2fa/authenticate/", "/staff/2fa/webauthn/login/"),
    }
)
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def read_only(get_response: Answer) -> Answer:
    """While the database is behind the log, refuse whatever would write with 503, and let read."""

    def answer(request: HttpRequest) -> HttpResponse:
        shut = closed(world())
        request.read_only = shut  # type: ignore[attr-defined]
        if shut is None or request.method in _READING or request.path in _DOORS:
            return get_response(request)
        return unavailable(request, shut)

    return answer


def page_headers(get_response: Answer) -> Answer:
    """Keep pages out of every cache unless a view says otherwise, out of other origins' reach, and to their own files.

    Cached pages of signed-in people have been the most frequent Django advisory; only static files are public.
    The content policy has no exception, so it is written once: django-csp's middleware writes it for every answer.
    """
    policy = build_policy()

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        response.setdefault("Content-Security-Policy", policy)
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer
