# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which language a person reads: what they chose, else what their browser asks for, else Chinese."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

COOKIE = "lang"
_YEAR = 365 * 24 * 3600
_CODES = {"zh": "zh-hans", "en": "en"}
# A page asks hundreds of times, and asking Django each time took a tenth of a long list.
_chosen: ContextVar[str] = ContextVar("chosen", default="")


def spoken() -> str:
    """The language at work: "zh" or "en". That of the request, and outside of one Django's."""
    return _chosen.get() or _of_django()


def _of_django() -> str:
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


def choose(*, asked: str, cookie: str, accepted: str) -> str:
    """The language from the address (?lang=), the cookie and the Accept-Language header, in this order."""
    for given in (asked, cookie):
        if given in _CODES:
            return given
    for part in accepted.lower().split(","):
        tag = part.split(";")[0].strip().split("-")[0]
        if tag in _CODES:
            return tag
    return "zh"


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Speak the chosen language for this request; ?lang=en is remembered in a cookie."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        chosen = choose(
            asked=asked,
            cookie=request.COOKIES.get(COOKIE, ""),
            accepted=request.headers.get("Accept-Language", ""),
        )
        token = _chosen.set(chosen)
        try:
            with translation.override(_CODES[chosen]):
                request.LANGUAGE_CODE = _CODES[chosen]
                response = get_response(request)
        finally:
            _chosen.reset(token)
        response.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language",))
        if asked in _CODES:
            response.set_cookie(
                COOKIE, asked, max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
            )
        return response

    return answer
