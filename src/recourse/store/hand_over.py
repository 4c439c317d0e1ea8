# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hand-over: a link by which a colleague of the respondent works on its behalf. Revocable, and each use is logged."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from recourse.core.actor import Actor, Role, Via
from recourse.store.access import respondent_seat
from recourse.store.models import HandOver, HandOverUse, Respondent
from recourse.store.models.staff import new_public_id

LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class HandOverEntry:
    """One link as its giver sees it. `number` is empty when it opens all of the respondent's cases."""

    id: str
    number: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    uses: tuple[tuple[datetime, str], ...]


def give(actor: Actor, *, number: str, now: datetime, life: timedelta = LIFE) -> str | None:
    """A new link's token, or None when this actor may not give one. Who holds a link cannot hand it on."""
    seat = respondent_seat(actor)
    if seat is None or HandOver.objects.filter(public_id=actor.id).exists():
        return None
    token = secrets.token_urlsafe(32)
    HandOver.objects.create(
        public_id=new_public_id(),
        respondent=Respondent.objects.get(public_id=seat.respondent),
        operator=actor.operator,
        token_hash=_digest(token),
        by=actor.id,
        number=number,
        created_at=now,
        expires_at=now + min(life, LIFE),
    )
    return token


def enter(token: str, *, now: datetime, via: Via) -> Actor | None:
    """The actor that a link stands for; None when it is unknown, revoked or too old. Entering is logged."""
    row = HandOver.objects.filter(
        token_hash=_digest(token), revoked_at__isnull=True, expires_at__gt=now
    ).first()
    if row is None:
        return None
    HandOverUse.objects.create(hand_over=row, at=now, what="entered")
    return Actor(id=row.public_id, role=Role.respondent, operator=row.operator, via=via)


def note_use(actor: Actor, *, what: str, now: datetime) -> None:
    """Log a deed done through a link; nothing for anybody else."""
    row = HandOver.objects.filter(public_id=actor.id).first()
    if row is not None:
        HandOverUse.objects.create(hand_over=row, at=now, what=what[:80])


def given(actor: Actor) -> Sequence[HandOverEntry]:
    """All links of this actor's respondent, newest first, with their uses."""
    seat = respondent_seat(actor)
    if seat is None:
        return ()
    rows = HandOver.objects.filter(respondent__public_id=seat.respondent, operator=actor.operator)
    return [
        HandOverEntry(
            row.public_id,
            row.number,
            row.created_at,
            row.expires_at,
            row.revoked_at,
            tuple((use.at, use.what) for use in row.uses.order_by("id")),
        )
        for row in rows.order_by("-id").prefetch_related("uses")
    ]


def revoke(actor: Actor, id_: str, *, now: datetime) -> bool:
    """Take a link back at once; False when it is not this respondent's or already dead."""
    seat = respondent_seat(actor)
    if seat is None or HandOver.objects.filter(public_id=actor.id).exists():
        return False
    rows = HandOver.objects.filter(
        public_id=id_, respondent__public_id=seat.respondent, operator=actor.operator, revoked_at__isnull=True
    )
    return rows.update(revoked_at=now) == 1


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
