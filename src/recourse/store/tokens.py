# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tokens: made once, found by a keyed digest, revoked at once. The word itself is never stored."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from recourse.core.actor import Role
from recourse.core.token import Scope, Token
from recourse.store.durability import may_be_lost
from recourse.store.models import ApiToken, Staff
from recourse.store.models.staff import new_public_id
from recourse.store.sealing import purpose_key

_BEGINS = "rcs_"
_SHOWN = 10
# When it was used is for people who tidy up: to the hour is enough, and costs no write a request.
_NOTED_EVERY = timedelta(hours=1)


def make(
    operator: str,
    *,
    name: str,
    seat: str,
    scopes: Sequence[str],
    made_by: str,
    now: datetime,
    life: timedelta,
) -> tuple[Token, str]:
    """A new token and its word, which nobody can see again."""
    word = _BEGINS + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        public_id=new_public_id(),
        operator=operator,
        name=name.strip(),
        digest=_digest(word),
        shown=word[:_SHOWN],
        seat=seat,
        scopes=sorted(set(scopes)),
        made_by=made_by,
        created_at=now,
        expires_at=now + life,
    )
    return _value(row), word


def find(word: str, *, now: datetime) -> Token | None:
    """The living token behind a word; unknown, revoked and expired ones answer alike.

    A token lives no longer than its maker is an owner. One that was made on the machine itself has no account behind it.
    """
    made_by = Staff.objects.filter(public_id=OuterRef("made_by"))
    no_owner = made_by.exclude(role=Role.owner.value, is_active=True, operator_id=OuterRef("operator"))
    living = ApiToken.objects.filter(revoked_at__isnull=True, expires_at__gt=now)
    row = living.filter(~Exists(no_owner), digest=_digest(word)).first()
    if row is None:
        return None
    if row.last_used_at is None or now - row.last_used_at > _NOTED_EVERY:
        with may_be_lost():
            ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    return _value(row)


def listed(operator: str) -> list[Token]:
    """All tokens of an operator, newest first."""
    return [_value(row) for row in ApiToken.objects.filter(operator=operator).order_by("-created_at", "-id")]


def revoke(operator: str, token: str, *, now: datetime) -> bool:
    """End a token at once; False when it is not this operator's, or ended already."""
    rows = ApiToken.objects.filter(operator=operator, public_id=token, revoked_at__isnull=True)
    return rows.update(revoked_at=now) == 1


def _value(row: ApiToken) -> Token:
    return Token(
        id=row.public_id,
        operator=row.operator,
        name=row.name,
        shown=row.shown,
        seat=Role(row.seat) if row.seat else None,
        # A scope that a newer version gave is unknown here, and opens nothing.
        scopes=frozenset(Scope(item) for item in row.scopes if item in set(Scope)),
        made_by=row.made_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def _digest(word: str) -> str:
    return hmac.new(purpose_key("api"), word.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
