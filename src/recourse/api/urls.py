# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The API's addresses, under /api/v1/. Whatever is not there answers as JSON too."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from recourse.api.answering import refuse_with, show
from recourse.api.document import PLACE, document
from recourse.api.malformed import unreadable
from recourse.api.service import nothing_here, service
from recourse.core.problem import refuse


@csrf_exempt
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """404 as JSON."""
    return refuse_with(nothing_here(), status=404)


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document of the API, for everybody."""
    return show(document())


def _questions(route: str, method: str) -> set[str]:
    """The names of the query that an address knows, as the document has them."""
    written = PLACE + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    said = document()["paths"].get(written, {}).get(method.lower(), {})
    return {item["name"] for item in said.get("parameters", []) if item["in"] == "query"}


def _told(*views: Callable[..., HttpResponse], route: str = "") -> Callable[..., HttpResponse]:
    """The views of one address, each with methods of its own; a method that none of them knows is refused as JSON.

    So is a question with parts that nobody reads: a filter with a slip of the pen would show everything.
    """

    @csrf_exempt
    def answer(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        unknown = request.GET.keys() - _questions(route, request.method or "") if request.GET else set()
        if unknown:
            return refuse_with(unreadable("extra_forbidden", min(unknown)[:80]), status=400)
        if nul := next((name for name in request.GET if "\x00" in "".join(request.GET.getlist(name))), ""):
            return refuse_with(unreadable("string_type", nul), status=400)
        allowed: set[str] = set()
        for view in views:
            found = view(request, *args, **values)
            if found.status_code != 405:
                return found
            allowed |= set(found["Allow"].split(", "))
        listed = ", ".join(sorted(allowed))
        said = refuse_with(
            refuse(
                "method_unknown",
                zh=f"这个地址不接受 {request.method}。",
                en=f"This address does not take {request.method}.",
                do_zh=f"可用：{listed}。",
                do_en=f"It takes {listed}.",
            ),
            status=405,
        )
        said["Allow"] = listed
        return said

    return answer


def _gathered() -> list[URLPattern]:
    """The routes by address: those with fixed words before those with blanks, so that no blank takes a word."""
    found: dict[str, list[URLPattern]] = {}
    for item in service.urls[0]:
        if item.name != "api-root":
            found.setdefault(str(item.pattern), []).append(item)
    order = sorted(found, key=lambda route: ["<" in part for part in route.split("/")])
    return [path(route, _told(*(item.callback for item in found[route]), route=route)) for route in order]


urlpatterns: list[URLPattern] = [
    path("openapi.json", _told(openapi), name="openapi"),
    *_gathered(),
    path("", nowhere),
    path("<path:rest>", nowhere),
]
# Written now, while the pages are loaded, so that no program waits for it.
document()
