# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who is told of events, what was sent, and what came of each try?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from recourse.core.actor import Actor
from recourse.queries.desk_queue import read_cursor, write_cursor
from recourse.store.models import WebhookDelivery, WebhookEndpoint

PAGE = 25


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint; `kinds` is empty when it is told of everything."""

    id: str
    url: str
    about: str
    kinds: tuple[str, ...]
    created_at: datetime
    rotating_until: datetime | None
    ended_at: datetime | None
    ended_because: str


@dataclass(frozen=True, slots=True)
class Try:
    """One try."""

    at: datetime
    status: int | None
    milliseconds: int
    error: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one endpoint, with its tries, oldest first."""

    id: str
    endpoint: str
    url: str
    kind: str
    number: str
    state: str
    created_at: datetime
    next_at: datetime | None
    body: str
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """A page of the log, newest first; `after` is the cursor of the next one, empty on the last."""

    deliveries: Sequence[Delivery]
    after: str


def endpoints(actor: Actor, *, now: datetime) -> Sequence[Endpoint]:
    """The endpoints of the actor's operator, newest first; those that ended of themselves are shown, removed ones not."""
    found = WebhookEndpoint.objects.filter(operator=actor.operator).exclude(ended_because="removed")
    return [
        Endpoint(
            id=row.public_id,
            url=row.url,
            about=row.about,
            kinds=tuple(row.types),
            created_at=row.created_at,
            rotating_until=max((old.until for old in row.old_secrets.all() if old.until > now), default=None),
            ended_at=row.ended_at,
            ended_because=row.ended_because,
        )
        for row in found.order_by("-created_at", "-id").prefetch_related("old_secrets")
    ]


def deliveries(
    actor: Actor, *, endpoint: str = "", state: str = "", after: str = "", limit: int = PAGE
) -> DeliveryPage:
    """One page of the log."""
    found = WebhookDelivery.objects.filter(operator=actor.operator)
    if endpoint:
        found = found.filter(endpoint__public_id=endpoint)
    if state:
        found = found.filter(state=state)
    if (place := read_place(after)) is not None:
        at, pk = place
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, id__gt=pk))
    ordered = found.order_by("-created_at", "id").select_related("endpoint").prefetch_related("attempts")
    listed = list(ordered[: limit + 1])
    more = ""
    if len(listed) > limit:
        last = listed[limit - 1]
        more = write_cursor("w", last.created_at, str(last.pk))
    return DeliveryPage([_delivery(row) for row in listed[:limit]], more)


def read_place(after: str) -> tuple[datetime, int] | None:
    """The row that a page of the log begins behind; None for a cursor that leads nowhere."""
    cursor = read_cursor(after)
    if len(cursor) != 3 or cursor[0] != "w":
        return None
    try:
        at, pk = datetime.fromisoformat(cursor[1]), int(cursor[2])
    except ValueError:
        return None
    return (at, pk) if at.tzinfo is not None and 1 < at.year < 9999 and 0 <= pk < 2**63 else None


def delivery(actor: Actor, id_: str) -> Delivery | None:
    """One message of the actor's operator."""
    row = (
        WebhookDelivery.objects.filter(operator=actor.operator, public_id=id_)
        .select_related("endpoint")
        .prefetch_related("attempts")
        .first()
    )
    return None if row is None else _delivery(row)


def _delivery(row: WebhookDelivery) -> Delivery:
    tries = sorted(row.attempts.all(), key=lambda item: item.pk)
    return Delivery(
        id=row.public_id,
        endpoint=row.endpoint.public_id,
        url=row.endpoint.url,
        kind=row.type,
        number=row.number,
        state=row.state,
        created_at=row.created_at,
        next_at=row.next_at,
        body=row.body,
        tries=tuple(Try(item.at, item.status, item.milliseconds, item.error) for item in tries),
    )
