# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hand over: a respondent lets a colleague work on its behalf by a link that it can take back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from recourse.actions.hand_over_case import hand_over_case, revoke_hand_over
from recourse.actions.story import perform
from recourse.api.answering import Refused, body_of, show
from recourse.api.door import Asked, ForHeader, KeyHeader, doer, reader, token
from recourse.api.shapes.hook import NoBody
from recourse.api.shapes.problem import refusals
from recourse.api.shapes.register import HandOverIn, HandOverList, HandOverMade, RevokedOut
from recourse.core.actor import Actor, Role
from recourse.core.problem import Problems, refuse
from recourse.queries.case_json import moment
from recourse.queries.hand_overs import hand_overs
from recourse.webkit.world import world

router = Router(tags=["hand-overs"])


@router.get("/hand-overs", response={200: HandOverList, **refusals(404)}, operation_id="list_hand_overs")
def list_links(request: HttpRequest, acts_for: ForHeader = "") -> HttpResponse:
    """The links that are out, and everything that was done through them."""
    found = [
        {
            "id": item.id,
            "number": item.number or None,
            "created_at": moment(item.created_at),
            "expires_at": moment(item.expires_at),
            "revoked_at": moment(item.revoked_at),
            "uses": [{"at": moment(at), "what": what} for at, what in item.uses],
        }
        for item in hand_overs(_is_respondent(reader(request, acts_for)))
    ]
    return show({"links": found})


@router.post("/hand-overs", response={201: HandOverMade, **refusals(404, 409, 422)}, operation_id="hand_over")
def give(
    request: HttpRequest, body: HandOverIn, idempotency_key: KeyHeader, acts_for: ForHeader = ""
) -> HttpResponse:
    """A new link, for one case or for all of the respondent's."""
    actor = _respondent(request, acts_for, body.number)

    def run() -> tuple[int, bytes] | Problems:
        made = perform(hand_over_case(world(), actor=actor, number=body.number, days=body.days))
        if isinstance(made, Problems):
            return made
        address = f"{settings.RECOURSE_PUBLIC_URL.rstrip('/')}/r/l/{made}"
        return 201, body_of({"address": address})

    return Asked(request, token(request), idempotency_key).once(run)


@router.post(
    "/hand-overs/{link}/revoke",
    response={200: RevokedOut, **refusals(404, 409, 422)},
    operation_id="revoke_hand_over",
)
def revoke(
    request: HttpRequest, link: str, body: NoBody, idempotency_key: KeyHeader, acts_for: ForHeader = ""
) -> HttpResponse:
    """Take a link back; whoever came by it is out at once."""
    actor = _respondent(request, acts_for, "")

    def run() -> tuple[int, bytes] | Problems:
        if perform(revoke_hand_over(world(), actor=actor, link=link[:40])):
            return 200, body_of({"id": link})
        return refuse(
            "link_not_found",
            field="link",
            zh="没有这个链接，或已经收回。",
            en="There is no such link, or it is dead already.",
            do_zh="看一下链接列表。",
            do_en="Look at the list of links.",
        )

    return Asked(request, token(request), idempotency_key).once(run)


def _respondent(request: HttpRequest, acts_for: str, number: str) -> Actor:
    """The respondent that this request is made for; nobody else hands anything over."""
    return _is_respondent(doer(request, acts_for, number=number))


def _is_respondent(actor: Actor) -> Actor:
    if actor.role is not Role.respondent:
        raise Refused(
            refuse(
                "not_allowed",
                field="Recourse-For",
                zh="只有商家能转交。",
                en="Only a respondent hands over.",
                do_zh="用 Recourse-For: respondent:编号 写明是哪个商家。",
                do_en="Say which one in Recourse-For: respondent:id.",
            )
        )
    return actor
