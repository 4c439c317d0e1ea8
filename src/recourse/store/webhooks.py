# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Webhooks: who listens, what is on its way to them, and every try. Written in the transaction of what is told."""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from recourse.core.calendar import CHINA
from recourse.core.canonical import Plain
from recourse.core.case.broadcast import News
from recourse.store import jobs, rows
from recourse.store.models import WebhookDelivery, WebhookEndpoint, WebhookTry
from recourse.store.models.staff import new_public_id
from recourse.store.sealing import purpose_key, seal, unseal

# How long one waits after each try that failed; after the last the delivery is given up (Standard Webhooks).
WAITS = tuple(timedelta(seconds=item) for item in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400))
# While a secret is being rotated, the old one signs too.
BOTH_SIGN = timedelta(hours=24)
GONE = 410
# More than this sign at no time: a header has its limits.
SECRETS_MAX = 6
# An address where nobody answered is left alone for so long, twice as long each further time.
REST, REST_MAX = timedelta(minutes=1), timedelta(hours=1)
# By these a receiver says that it has too much to do (Standard Webhooks: throttle).
BUSY = frozenset({429, 502, 503, 504})
# One message tries whether somebody is there again. When its worker dies, another may after so long.
_TRYING = timedelta(minutes=2)
# A message that came to no try for so long, because nobody answered all the while, is given up like one that was tried.
RESTED_OUT = sum(WAITS, timedelta())


@dataclass(frozen=True, slots=True)
class Listening:
    """An endpoint that wants to hear of some kinds, or of all when it names none."""

    pk: int
    operator: str
    kinds: frozenset[str]

    def wants(self, kind: str) -> bool:
        """Whether it is told of this kind."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Sending:
    """A delivery that is to be tried now, with the secrets that sign it."""

    pk: int
    id: str
    url: str
    body: str
    secrets: tuple[bytes, ...]
    tries: int
    endpoint: int
    failures: int  # of the endpoint, one after the other, when this try began


def listening(operators: Iterable[str]) -> list[Listening]:
    """The endpoints of these operators that still listen."""
    found = rows.select_among(
        "SELECT id, operator, CAST(types AS TEXT) FROM store_webhook_endpoint "
        "WHERE operator IN ({}) AND ended_at IS NULL",
        set(operators),
    )
    return [Listening(pk, operator, frozenset(json.loads(types))) for pk, operator, types in found]


def queue(
    endpoints: Sequence[Listening], news: Sequence[tuple[str, News, datetime]], *, now: datetime
) -> None:
    """Put (operator, news, when it happened) on its way to whoever listens; call it within the commit."""
    made = [
        (f"msg_{secrets.token_hex(12)}", endpoint.pk, operator, item.kind, item, at)
        for operator, item, at in news
        for endpoint in endpoints
        if endpoint.operator == operator and endpoint.wants(item.kind)
    ]
    rows.insert(
        "store_webhook_delivery",
        (
            *("public_id", "endpoint_id", "operator", "type", "number", "body", "created_at", "state"),
            *("tries", "next_at"),
        ),
        [
            (
                id_,
                pk,
                operator,
                kind,
                item.data["number"],
                body_of(kind, item.data, at),
                now,
                "waiting",
                0,
                now,
            )
            for id_, pk, operator, kind, item, at in made
        ],
    )
    jobs.enqueue([_job(id_, now, again=0) for id_, *_ in made])


def body_of(kind: str, data: Mapping[str, Plain], at: datetime) -> str:
    """The message as it is signed and sent."""
    said = {"type": kind, "timestamp": at.astimezone(CHINA).isoformat(), "data": dict(data)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def add_endpoint(
    operator: str, *, url: str, about: str, kinds: Sequence[str], made_by: str, now: datetime
) -> tuple[str, bytes]:
    """(id, secret) of a new endpoint."""
    id_, secret = new_public_id(), secrets.token_bytes(24)
    WebhookEndpoint.objects.create(
        public_id=id_,
        operator=operator,
        url=url,
        about=about,
        types=sorted(set(kinds)),
        secret=_sealed(id_, secret),
        made_by=made_by,
        created_at=now,
    )
    return id_, secret


def secrets_in_use(operator: str, endpoint: str, *, now: datetime) -> int:
    """How many secrets sign for an endpoint; 0 when there is no such endpoint."""
    row = _open(operator).filter(public_id=endpoint).first()
    return 0 if row is None else 1 + row.old_secrets.filter(until__gt=now).count()


def rotate(operator: str, endpoint: str, *, now: datetime) -> bytes | None:
    """A new secret; each older one signs beside it until its day is over. None when there is no such endpoint."""
    with transaction.atomic():
        row = _open(operator).select_for_update().filter(public_id=endpoint).first()
        if row is None:
            return None
        secret = secrets.token_bytes(24)
        row.old_secrets.filter(until__lte=now).delete()
        row.old_secrets.create(secret=row.secret, until=now + BOTH_SIGN)
        row.secret = _sealed(endpoint, secret)
        row.save(update_fields=["secret"])
    return secret


def remove(operator: str, endpoint: str, *, now: datetime) -> bool:
    """Stop telling it anything; its log stays."""
    return _open(operator).filter(public_id=endpoint).update(ended_at=now, ended_because="removed") == 1


def put_test(operator: str, endpoint: str, *, kind: str, now: datetime) -> str | None:
    """A test message on its way; its id, or None when there is no such endpoint."""
    row = _open(operator).filter(public_id=endpoint).first()
    if row is None:
        return None
    id_ = f"msg_{secrets.token_hex(12)}"
    body = body_of(kind, {"operator": operator, "endpoint": endpoint}, now)
    _put(row, id_, kind=kind, number="", body=body, now=now)
    return id_


def resend(operator: str, delivery: str, *, now: datetime) -> str | None:
    """Send a message again, under its own id so that a receiver that has it drops it. None when there is none."""
    row = (
        WebhookDelivery.objects.filter(operator=operator, public_id=delivery)
        .select_related("endpoint")
        .first()
    )
    if row is None or row.endpoint.ended_at is not None:
        return None
    done = row.attempts.count()
    WebhookDelivery.objects.filter(pk=row.pk).update(state="waiting", tries=0, next_at=now, ended_at=None)
    jobs.enqueue([_job(delivery, now, again=done)])
    return delivery


def sending(delivery: str, *, now: datetime) -> Sending | datetime | None:
    """What is to be sent now, or when; None when it ended already, or nobody listens any more."""
    row = (
        WebhookDelivery.objects.filter(public_id=delivery, state="waiting").select_related("endpoint").first()
    )
    if row is None:
        return None
    endpoint = row.endpoint
    if endpoint.ended_at is not None:
        _end(row.pk, "failed", now)
        return None
    rests_until = _resting(endpoint, now)
    if rests_until is not None:
        overdue = now - (row.next_at or now)
        if overdue > RESTED_OUT:
            _end(row.pk, "failed", now)
            return None
        # Thousands may wait for one address: each looks again the less often, the longer it waited.
        return max(rests_until, now + overdue / 4)
    older = endpoint.old_secrets.filter(until__gt=now).order_by("-until", "-id")
    sealed = [endpoint.secret, *(item.secret for item in older)]
    return Sending(
        row.pk,
        delivery,
        endpoint.url,
        row.body,
        tuple(_unsealed(endpoint.public_id, item) for item in sealed),
        row.tries,
        endpoint.pk,
        endpoint.failures,
    )


def _resting(endpoint: WebhookEndpoint, now: datetime) -> datetime | None:
    """Until when nobody may try it; None when this one may.

    Where nobody answered the last time one message tries, and the others wait for what comes of it: a dead address
    keeps one sender at a time, and no others from their work.
    """
    if endpoint.resting_until is not None and now < endpoint.resting_until:
        return endpoint.resting_until
    if not endpoint.failures:
        return None
    mine = WebhookEndpoint.objects.filter(pk=endpoint.pk, resting_until=endpoint.resting_until)
    return None if mine.update(resting_until=now + _TRYING) else now + REST


def note_try(
    sent: Sending,
    *,
    status: int | None,
    milliseconds: int,
    error: str,
    now: datetime,
    asked: timedelta = timedelta(),
) -> datetime | None:
    """Write a try down. The moment of the next one, or None when it arrived or is given up.

    `asked` is how long the receiver asked to be left alone (`Retry-After`).
    """
    WebhookTry.objects.create(
        delivery_id=sent.pk, at=now, status=status, milliseconds=milliseconds, error=error[:40]
    )
    tries = sent.tries + 1
    asked = min(asked, WAITS[-1])
    _rest_or_wake(sent, rests=status is None or status in BUSY, asked=asked, now=now)
    if status is not None and 200 <= status < 300:
        _end(sent.pk, "delivered", now, tries=tries)
        return None
    if status == GONE:
        WebhookEndpoint.objects.filter(pk=sent.endpoint).update(ended_at=now, ended_because="gone")
    if status == GONE or tries > len(WAITS):
        _end(sent.pk, "failed", now, tries=tries)
        return None
    again = now + max(WAITS[tries - 1], asked)
    WebhookDelivery.objects.filter(pk=sent.pk).update(tries=tries, next_at=again)
    return again


def _rest_or_wake(sent: Sending, *, rests: bool, asked: timedelta, now: datetime) -> None:
    endpoint = WebhookEndpoint.objects.filter(pk=sent.endpoint)
    if not rests:
        endpoint.filter(failures__gt=0).update(failures=0, resting_until=None)
        return
    # Who began before another's failure was known says nothing new.
    rest = min(REST * 2 ** min(sent.failures, 10), REST_MAX)
    endpoint.filter(failures=sent.failures).update(
        failures=sent.failures + 1, resting_until=now + max(rest, asked)
    )


def _put(row: WebhookEndpoint, id_: str, *, kind: str, number: str, body: str, now: datetime) -> None:
    WebhookDelivery.objects.create(
        public_id=id_,
        endpoint=row,
        operator=row.operator,
        type=kind,
        number=number,
        body=body,
        created_at=now,
        state="waiting",
        next_at=now,
    )
    jobs.enqueue([_job(id_, now, again=0)])


def _job(delivery: str, now: datetime, *, again: int) -> jobs.NewJob:
    return jobs.NewJob("webhook", f"webhook:{delivery}:{again}", {"delivery": delivery}, now)


def _end(pk: int, state: str, now: datetime, **more: int) -> None:
    WebhookDelivery.objects.filter(pk=pk).update(state=state, ended_at=now, next_at=None, **more)


def _open(operator: str):  # type: ignore[no-untyped-def]
    return WebhookEndpoint.objects.filter(operator=operator, ended_at__isnull=True)


def _sealed(endpoint: str, secret: bytes) -> bytes:
    return seal(secret, key=purpose_key("webhook"), about=f"webhook/{endpoint}")


def _unsealed(endpoint: str, sealed: bytes) -> bytes:
    return unseal(sealed, key=purpose_key("webhook"), about=f"webhook/{endpoint}")
