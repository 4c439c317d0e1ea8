# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Answers as bytes: JSON in one form, refusals as problems, each with its status."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from recourse.core.port import Receipt
from recourse.core.problem import Problems, plain_problem

# Everything else that a rule refuses is 422: understood, and not done.
_STATUS: Mapping[str, int] = {
    "case_not_found": 404,
    "token_not_found": 404,
    "endpoint_not_found": 404,
    "delivery_not_found": 404,
    "link_not_found": 404,
    "not_allowed": 403,
    "idempotency_key_reused": 409,
    "busy": 409,
    "too_many_requests": 429,
    "too_many_dossiers": 429,
    "dossier_in_making": 503,
    "dossiers_busy": 503,
}


class Refused(Exception):
    """Raised inside a route to answer with a refusal."""

    def __init__(self, problems: Problems, *, status: int = 0) -> None:
        super().__init__(", ".join(problems.keys()))
        self.problems = problems
        self.status = status or status_of(problems)


def status_of(problems: Problems) -> int:
    """The status of a refusal: that of its first problem which has one of its own."""
    return next((_STATUS[item.key] for item in problems.items if item.key in _STATUS), 422)


def body_of(document: Any) -> bytes:
    """JSON as it leaves here: compact, keys in the order they were written, Chinese as itself."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def show(document: Any, *, status: int = 200) -> HttpResponse:
    """A document."""
    return HttpResponse(body_of(document), status=status, content_type="application/json")


def refuse_with(problems: Problems, *, status: int = 0) -> HttpResponse:
    """A refusal with all its problems."""
    code = status or status_of(problems)
    answer = show({"problems": [plain_problem(item) for item in problems.items]}, status=code)
    if code == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="recourse"'
    if code == 429:
        answer["Retry-After"] = "60"
    return answer


def receipt(outcome: Receipt | Problems, *, status: int = 200) -> HttpResponse:
    """What a deed came to. The same request again gets the same bytes, and a header that says so."""
    if isinstance(outcome, Problems):
        return refuse_with(outcome)
    answer = show({"number": outcome.number, "version": outcome.version, "head": outcome.head}, status=status)
    if outcome.replayed:
        answer["Idempotent-Replayed"] = "true"
    return answer
