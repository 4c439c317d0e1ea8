# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Drafts of complaints: saved at every step, opened by their token alone, gone once filed or after thirty days.

The token's secret half is the key: the table without the person's cookie or link is unreadable.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from recourse.store.models import Draft
from recourse.store.models.staff import new_public_id
from recourse.store.sealing import Unsealable, seal, unseal

LIFE = timedelta(days=30)
# A story has a few thousand characters; this leaves room for every answer and none for abuse.
BYTES_MAX = 256 * 1024


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One draft as it was left: the step it stands at and the typed values, also invalid ones."""

    token: str
    operator: str
    platform: str
    step: str
    data: Mapping[str, Any]
    updated_at: datetime


class DraftTooBig(ValueError):
    """The typed values exceed what a draft may hold."""


def begin(*, operator: str, now: datetime) -> str:
    """A new empty draft; its token, to be kept in a cookie or a link."""
    id_, secret = new_public_id(), secrets.token_hex(32)
    token = f"{id_}.{secret}"
    Draft.objects.create(
        public_id=id_,
        token_hash=_digest(secret),
        operator=operator,
        sealed=_seal(id_, secret, {}),
        updated_at=now,
        expires_at=now + LIFE,
    )
    return token


def load(token: str, *, now: datetime) -> KeptDraft | None:
    """The draft of a token; None when it was filed, has expired or never was."""
    found = _find(token, now=now)
    if found is None:
        return None
    row, secret = found
    try:
        data = json.loads(unseal(row.sealed, key=_key(secret), about=f"draft/{row.public_id}"))
    except Unsealable:
        return None
    return KeptDraft(token, row.operator, row.platform, row.step, data, row.updated_at)


def save(token: str, *, platform: str, step: str, data: Mapping[str, Any], now: datetime) -> bool:
    """Keep what was typed so far; False when the draft is gone. Raises DraftTooBig."""
    found = _find(token, now=now)
    if found is None:
        return False
    row, secret = found
    changed = Draft.objects.filter(pk=row.pk).update(
        platform=platform,
        step=step,
        sealed=_seal(row.public_id, secret, data),
        updated_at=now,
        expires_at=now + LIFE,
    )
    return changed == 1


def drop(token: str) -> None:
    """The complaint was filed or thrown away: delete the draft."""
    id_, _, secret = token.partition(".")
    Draft.objects.filter(pk=id_, token_hash=_digest(secret)).delete()


def forget_expired(now: datetime) -> int:
    """Delete drafts nobody came back to; how many."""
    return Draft.objects.filter(expires_at__lte=now).delete()[0]


def _find(token: str, *, now: datetime) -> tuple[Draft, str] | None:
    id_, _, secret = token.partition(".")
    row = Draft.objects.filter(pk=id_, expires_at__gt=now).first()
    if row is None or not hmac.compare_digest(row.token_hash, _digest(secret)):
        return None
    return row, secret


def _seal(id_: str, secret: str, data: Mapping[str, Any]) -> bytes:
    plain = json.dumps(dict(data)).encode()
    if len(plain) > BYTES_MAX:
        raise DraftTooBig(f"a draft holds at most {BYTES_MAX} bytes")
    return seal(plain, key=_key(secret), about=f"draft/{id_}")


def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), b"draft", hashlib.sha256).digest()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
