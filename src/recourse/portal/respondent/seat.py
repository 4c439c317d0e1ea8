# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who sits in the respondent's seat of this browser: the seats a code or a hand-over link opened.

They lie in the server's session; whether they still open anything is asked of the store on every page.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from recourse.actions.enter_as_respondent import RespondentSeat
from recourse.core.actor import Actor, Role, Via
from recourse.queries.case_file import sees_case

_PLACE = "respondent"


def _held(request: HttpRequest) -> dict[str, Any]:
    return request.session.get(_PLACE) or {}


def hold_ticket(request: HttpRequest, ticket: str) -> None:
    """Remember the ticket of a code on its way."""
    request.session[_PLACE] = {**_held(request), "ticket": ticket}


def ticket_of(request: HttpRequest) -> str:
    """The ticket of the code that is on its way, or nothing."""
    return str(_held(request).get("ticket", ""))


def enter(request: HttpRequest, seats: Sequence[RespondentSeat], *, by_link: bool) -> None:
    """From now on this browser sits in these seats. The session gets a new word."""
    request.session.cycle_key()
    kept = [{"id": seat.actor.id, "operator": seat.actor.operator, "name": seat.name} for seat in seats]
    request.session[_PLACE] = {"seats": kept, "by_link": by_link}


def leave(request: HttpRequest) -> None:
    """Give the seats up; somebody else may use this machine next."""
    request.session.pop(_PLACE, None)
    request.session.cycle_key()


def seats_of(request: HttpRequest) -> list[RespondentSeat]:
    """The seats of this browser."""
    return [
        RespondentSeat(
            Actor(id=item["id"], role=Role.respondent, operator=item["operator"], via=Via.portal),
            item["name"],
        )
        for item in _held(request).get("seats", [])
    ]


def seat_in(request: HttpRequest, number: str) -> Actor:
    """The seat of this browser that sees the case. Raises Http404: absent, foreign and not yet served answer alike."""
    for item in seats_of(request):
        if sees_case(item.actor, number):
            return item.actor
    raise Http404


def by_link(request: HttpRequest) -> bool:
    """Whether a colleague's link opened the seat."""
    return bool(_held(request).get("by_link"))


def seated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for somebody in a respondent's seat; anybody else is asked in and comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        if not seats_of(request):
            return redirect(f"/r/?next={quote(request.path)}")
        return view(request, *args, **values)

    return guarded


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows: for whom this browser acts."""
    seats = seats_of(request)
    return {
        "seats": seats,
        "names": " · ".join(dict.fromkeys(seat.name for seat in seats)),
        "by_link": by_link(request),
    }
