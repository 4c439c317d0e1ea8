# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who is at the portal: a signed-in person, drafts found again by cookie, filings whose contact is not proven yet.

All of it lies in the server's session; the cookie is a random word.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypedDict
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_PLACE = "portal"
_PENDING_MAX = 10


class Pending(TypedDict):
    """A filing of this browser that waits for its code."""

    person: str
    operator: str
    ticket: str
    contact: str  # masked


def _held(request: HttpRequest) -> dict[str, Any]:
    return request.session.get(_PLACE) or {}


def _keep(request: HttpRequest, **changes: Any) -> None:
    request.session[_PLACE] = {**_held(request), **changes}


def person_of(request: HttpRequest) -> str:
    """The id of the signed-in person, or nothing."""
    return str(_held(request).get("person", ""))


def enter(request: HttpRequest, person: str) -> None:
    """The code was right: from now on this browser is this person. The session gets a new word."""
    request.session.cycle_key()
    _keep(request, person=person, ticket="", contact="")


def leave(request: HttpRequest) -> None:
    """Forget everything about this browser, drafts included: somebody else may use the phone next."""
    request.session.flush()


def draft_token(request: HttpRequest, platform: str) -> str:
    """The token of this browser's draft about a platform, or nothing."""
    return str(_held(request).get("drafts", {}).get(platform, ""))


def hold_draft(request: HttpRequest, platform: str, token: str) -> None:
    """Remember a draft's token; an empty one forgets it."""
    drafts = {**_held(request).get("drafts", {}), platform: token}
    _keep(request, drafts={name: value for name, value in drafts.items() if value})


def platforms_with_drafts(request: HttpRequest) -> list[str]:
    """The platforms this browser has begun a complaint about."""
    return list(_held(request).get("drafts", {}))


def pending(request: HttpRequest, number: str) -> Pending | None:
    """A filing of this browser that waits for its code."""
    return _held(request).get("pending", {}).get(number)  # type: ignore[no-any-return]


def hold_pending(request: HttpRequest, number: str, value: Pending | None) -> None:
    """Remember a filing that waits for its code, or forget it."""
    kept = {key: item for key, item in _held(request).get("pending", {}).items() if key != number}
    if value is not None:
        kept[number] = value
    _keep(request, pending=dict(list(kept.items())[-_PENDING_MAX:]))


def sign_in_ticket(request: HttpRequest) -> tuple[str, str]:
    """(ticket, masked contact) of a sign-in that waits for its code."""
    held = _held(request)
    return str(held.get("ticket", "")), str(held.get("contact", ""))


def hold_ticket(request: HttpRequest, ticket: str, *, contact: str) -> None:
    """Remember the ticket of a code on its way."""
    _keep(request, ticket=ticket, contact=contact)


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for a signed-in person; anybody else is asked to sign in and comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        if not person_of(request):
            return redirect(f"/sign-in?next={quote(request.path)}")
        return view(request, *args, **values)

    return guarded
