# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The service: its routes together, its document, and what it says of whatever goes wrong."""

import logging
import traceback
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from recourse.api.answering import Refused, refuse_with
from recourse.api.door import Bearer, no_entry
from recourse.api.malformed import malformed, unreadable, unstorable
from recourse.api.routes import cases, deeds, dossiers, exhibits, filing, hand_overs, hooks, register, rules
from recourse.core.problem import Problems, refuse

log = logging.getLogger(__name__)

TITLE = "Recourse · 说法"
VERSION = "1"
ABOUT = (
    "Everything the pages do, for programs of the operator. A token stands in `Authorization: Bearer`, every POST "
    "carries an `Idempotency-Key`, and `Recourse-For` says whom a request is made for. A refusal is "
    '`{"problems": [{key, field, message, do}]}` in Chinese and English; what is absent and what is forbidden answer '
    "alike. Times are RFC 3339, sums are yuan as text."
)


class StorableJson(Parser):
    """JSON whose texts can be kept."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values. Raises ValueError for one that cannot be read or kept."""
        found = super().parse_body(request)
        if unstorable(found):
            raise ValueError("a text holds characters that cannot be kept")
        return found


service = NinjaAPI(
    title=TITLE,
    version=VERSION,
    description=ABOUT,
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-1",
    parser=StorableJson(),
)
_TOPICS = (cases, filing, deeds, exhibits, dossiers, rules, register, hand_overs, hooks)
for _router in (topic.router for topic in _TOPICS):
    service.add_router("", _router)


def nothing_here() -> Problems:
    """There is no such address."""
    return refuse(
        "not_found",
        zh="没有这个地址。",
        en="There is nothing at this address.",
        do_zh="地址见 /api/v1/openapi.json。",
        do_en="The addresses stand in /api/v1/openapi.json.",
    )


def failed_here() -> Problems:
    """Something went wrong on our side."""
    return refuse(
        "failed",
        zh="我们这边出错了，不是你的问题。",
        en="Something went wrong on our side; it is not your fault.",
        do_zh="过几分钟用同一个幂等键再发一次；做成了的不会做两遍。",
        do_en="Send it again in a few minutes with the same idempotency key; nothing is done twice.",
    )


@service.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return refuse_with(error.problems, status=error.status)


@service.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return refuse_with(malformed(error.errors), status=400)


@service.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refuse_with(no_entry(), status=401)


@service.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refuse_with(unreadable("json"), status=error.status_code)


@service.exception_handler(SuspiciousOperation)
def _suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    too_big = isinstance(error, RequestDataTooBig)
    return refuse_with(unreadable("string_too_long"), status=413 if too_big else 400)


@service.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refuse_with(nothing_here(), status=404)


@service.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    # The way to the fault, never its words: a database puts the values that it refuses into them.
    way = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s %s failed: %s\n%s", request.method, request.path, type(error).__name__, way)
    return refuse_with(failed_here(), status=500)
