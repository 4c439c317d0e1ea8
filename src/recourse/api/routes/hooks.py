# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Webhooks: endpoints, their secrets, a test, the log, and sending something again."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from recourse.actions.manage_webhooks import (
    NewSecret,
    add_endpoint,
    remove_endpoint,
    resend_delivery,
    rotate_secret,
    send_test,
)
from recourse.actions.story import perform
from recourse.api.answering import body_of, refuse_with, show
from recourse.api.door import Asked, KeyHeader, token
from recourse.api.routes.cases import Cursor, Limit, no_page
from recourse.api.shapes.hook import (
    DeliveryOut,
    DeliveryPageOut,
    EndedOut,
    EndpointIn,
    EndpointList,
    NoBody,
    SecretOut,
    SentOut,
    State,
)
from recourse.api.shapes.problem import refusals
from recourse.core.actor import Actor, Role, Via
from recourse.core.problem import Problems, refuse
from recourse.core.token import Scope, Token
from recourse.queries.case_json import moment
from recourse.queries.webhooks import Delivery, Endpoint, deliveries, delivery, endpoints, read_place
from recourse.webkit.world import world

router = Router(tags=["webhooks"])

Id = Annotated[str, Field(max_length=40, pattern="^[0-9a-z_]*$")]


@router.get("/webhooks/endpoints", response={200: EndpointList, **refusals()}, operation_id="list_endpoints")
def list_endpoints(request: HttpRequest) -> HttpResponse:
    """The endpoints; one whose receiver said that it is gone is shown with that."""
    actor = _actor(token(request, Scope.webhooks_manage))
    found = endpoints(actor, now=world().clock.now())
    return show({"endpoints": [_endpoint(item) for item in found]})


@router.post(
    "/webhooks/endpoints", response={201: SecretOut, **refusals(409, 422)}, operation_id="add_endpoint"
)
def add(request: HttpRequest, body: EndpointIn, idempotency_key: KeyHeader) -> HttpResponse:
    """Tell an address of events. The secret is shown this once."""
    given = token(request, Scope.webhooks_manage)
    kinds = [item.value for item in body.types]
    story = lambda: add_endpoint(world(), actor=_actor(given), url=body.url, about=body.about, kinds=kinds)  # noqa: E731
    return _once(request, given, idempotency_key, story, _secret, status=201)


@router.post(
    "/webhooks/endpoints/{endpoint}/rotate",
    response={200: SecretOut, **refusals(404, 409, 422)},
    operation_id="rotate_secret",
)
def rotate(request: HttpRequest, endpoint: str, body: NoBody, idempotency_key: KeyHeader) -> HttpResponse:
    """A new secret. For a day both sign, so that no message is lost while receivers change."""
    given = token(request, Scope.webhooks_manage)
    return _once(
        request,
        given,
        idempotency_key,
        lambda: rotate_secret(world(), actor=_actor(given), endpoint=endpoint),
        _secret,
    )


@router.post(
    "/webhooks/endpoints/{endpoint}/remove",
    response={200: EndedOut, **refusals(404, 409, 422)},
    operation_id="remove_endpoint",
)
def remove(request: HttpRequest, endpoint: str, body: NoBody, idempotency_key: KeyHeader) -> HttpResponse:
    """Tell an address nothing more. What is on its way to it is given up; the log stays."""
    given = token(request, Scope.webhooks_manage)
    return _once(
        request,
        given,
        idempotency_key,
        lambda: remove_endpoint(world(), actor=_actor(given), endpoint=endpoint),
        lambda _: {"endpoint": endpoint},
    )


@router.post(
    "/webhooks/endpoints/{endpoint}/test",
    response={200: SentOut, **refusals(404, 409, 422)},
    operation_id="test_endpoint",
)
def test(request: HttpRequest, endpoint: str, body: NoBody, idempotency_key: KeyHeader) -> HttpResponse:
    """Send `webhook.test` there, in the way all messages go."""
    given = token(request, Scope.webhooks_manage)
    return _once(
        request,
        given,
        idempotency_key,
        lambda: send_test(world(), actor=_actor(given), endpoint=endpoint),
        lambda id_: {"delivery": id_},
    )


@router.get(
    "/webhooks/deliveries", response={200: DeliveryPageOut, **refusals(422)}, operation_id="list_deliveries"
)
def list_deliveries(
    request: HttpRequest,
    endpoint: Id = "",
    state: Annotated[State | None, Query()] = None,
    after: Cursor = "",
    limit: Limit = 25,
) -> HttpResponse:
    """What was sent, newest first, with every try."""
    actor = _actor(token(request, Scope.webhooks_manage))
    if after and read_place(after) is None:
        return refuse_with(no_page())
    page = deliveries(actor, endpoint=endpoint, state=state or "", after=after, limit=limit)
    return show({"deliveries": [_delivery(item) for item in page.deliveries], "after": page.after or None})


@router.get(
    "/webhooks/deliveries/{id}", response={200: DeliveryOut, **refusals(404)}, operation_id="read_delivery"
)
def read_delivery(request: HttpRequest, id: str) -> HttpResponse:
    """One message with its tries."""
    found = delivery(_actor(token(request, Scope.webhooks_manage)), id)
    return refuse_with(_no_delivery()) if found is None else show(_delivery(found))


@router.post(
    "/webhooks/deliveries/{id}/resend",
    response={200: SentOut, **refusals(404, 409, 422)},
    operation_id="resend_delivery",
)
def resend(request: HttpRequest, id: str, body: NoBody, idempotency_key: KeyHeader) -> HttpResponse:
    """Send a message again under its own id; a receiver that has it already drops it."""
    given = token(request, Scope.webhooks_manage)
    return _once(
        request,
        given,
        idempotency_key,
        lambda: resend_delivery(world(), actor=_actor(given), delivery=id),
        lambda id_: {"delivery": id_},
    )


def _actor(given: Token) -> Actor:
    """Webhooks belong to the house, whatever seat the token has."""
    return Actor(given.id, Role.owner, given.operator, Via.api)


def _once(
    request: HttpRequest,
    given: Token,
    key: str,
    story: Callable[[], Any],
    shown: Callable[[Any], dict[str, Any]],
    *,
    status: int = 200,
) -> HttpResponse:
    def run() -> tuple[int, bytes] | Problems:
        done = perform(story())
        return done if isinstance(done, Problems) else (status, body_of(shown(done)))

    return Asked(request, given, key).once(run)


def _secret(made: NewSecret) -> dict[str, Any]:
    return {"endpoint": made.endpoint, "secret": made.secret}


def _endpoint(item: Endpoint) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "about": item.about,
        "types": list(item.kinds),
        "created_at": moment(item.created_at),
        "rotating_until": moment(item.rotating_until),
        "ended_at": moment(item.ended_at),
        "ended_because": item.ended_because or None,
    }


def _delivery(item: Delivery) -> dict[str, Any]:
    return {
        "id": item.id,
        "endpoint": item.endpoint,
        "type": item.kind,
        "number": item.number or None,
        "state": item.state,
        "created_at": moment(item.created_at),
        "next_at": moment(item.next_at),
        "body": item.body,
        "tries": [
            {"at": moment(one.at), "status": one.status, "milliseconds": one.milliseconds, "error": one.error}
            for one in item.tries
        ],
    }


def _no_delivery() -> Problems:
    return refuse(
        "delivery_not_found",
        field="delivery",
        zh="没有这次推送。",
        en="There is no such delivery.",
        do_zh="看一下推送记录。",
        do_en="Look at the delivery log.",
    )
