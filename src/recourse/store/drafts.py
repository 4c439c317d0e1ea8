# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Drafts of complaints: saved at every step, opened by their token alone, gone once filed or after thirty days.

The token's secret half is the key: the table without the person's cookie or link is unreadable. What was read off its
pictures (`draft_readings`) goes with it.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from recourse.store.durability import may_be_lost
from recourse.store.models import Draft, DraftReading
from recourse.store.models.staff import new_public_id
from recourse.store.rows import change, select
from recourse.store.sealing import Unsealable, seal, unseal

LIFE = timedelta(days=30)
# A story has a few thousand characters; this leaves room for every answer and none for abuse.
BYTES_MAX = 256 * 1024
# Found by the secret's digest as well as by its id, so that whoever knows the id alone finds nothing.
_LOAD = (
    "SELECT operator, platform, step, sealed FROM store_draft "
    "WHERE public_id = %s AND token_hash = %s AND expires_at > %s"
)
_SAVE = (
    "UPDATE store_draft SET platform = %s, step = %s, sealed = %s, updated_at = %s, expires_at = %s "
    "WHERE public_id = %s AND token_hash = %s AND expires_at > %s"
)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One draft as it was left: the step it stands at and the typed values, also invalid ones."""

    token: str
    operator: str
    platform: str
    step: str
    data: Mapping[str, Any]


class DraftTooBig(ValueError):
    """The typed values exceed what a draft may hold."""


def begin(*, operator: str, now: datetime, refiles: str = "") -> str:
    """A new empty draft; its token, to be kept in a cookie or a link. `refiles` is the case whose words go into it."""
    id_, secret = new_public_id(), secrets.token_hex(32)
    token = f"{id_}.{secret}"
    Draft.objects.create(
        public_id=id_,
        token_hash=_digest(secret),
        refiles=refiles,
        operator=operator,
        sealed=_seal(id_, secret, {}),
        updated_at=now,
        expires_at=now + LIFE,
    )
    return token


def load(token: str, *, now: datetime) -> KeptDraft | None:
    """The draft of a token; None when it was filed, has expired or never was."""
    id_, _, secret = token.partition(".")
    found = select(_LOAD, [id_, _digest(secret), now])
    if not found:
        return None
    operator, platform, step, sealed = found[0]
    try:
        data = json.loads(unseal(sealed, key=_key(secret), about=f"draft/{id_}"))
    except Unsealable:
        return None
    return KeptDraft(token, operator, platform, step, data)


def save(token: str, *, platform: str, step: str, data: Mapping[str, Any], now: datetime) -> bool:
    """Keep what was typed so far; False when the draft is gone. Raises DraftTooBig."""
    id_, _, secret = token.partition(".")
    sealed = _seal(id_, secret, data)
    # A transaction takes its turn; a statement of its own would find SQLite busy and sleep.
    with transaction.atomic():
        return change(_SAVE, [platform, step, sealed, now, now + LIFE, id_, _digest(secret), now]) == 1


def drop(token: str) -> None:
    """The complaint was filed or thrown away: delete the draft."""
    id_, _, secret = token.partition(".")
    with may_be_lost():
        gone = change(
            "DELETE FROM store_draft WHERE public_id = %s AND token_hash = %s", [id_, _digest(secret)]
        )
        # The draft first: who asks for a reading holds its row, so that none is asked for once it is gone.
        if gone:
            change("DELETE FROM store_draft_reading WHERE draft = %s", [id_])


def drop_refilings(number: str) -> None:
    """The case is being erased: what of it was copied into drafts goes with it, whoever holds their tokens."""
    theirs = list(Draft.objects.filter(refiles=number).values_list("public_id", flat=True))
    Draft.objects.filter(refiles=number).delete()
    DraftReading.objects.filter(draft__in=theirs).delete()


def forget_expired(now: datetime) -> int:
    """Delete drafts nobody came back to; how many."""
    gone = Draft.objects.filter(expires_at__lte=now).delete()[0]
    change(
        "DELETE FROM store_draft_reading WHERE NOT EXISTS "
        "(SELECT 1 FROM store_draft WHERE public_id = store_draft_reading.draft)",
        [],
    )
    return gone


def hold(token: str, *, now: datetime) -> str:
    """The id of the token's draft, which nobody deletes before this transaction ends; empty when it is gone."""
    id_, _, secret = token.partition(".")
    found = Draft.objects.select_for_update().filter(
        public_id=id_, token_hash=_digest(secret), expires_at__gt=now
    )
    return id_ if found.exists() else ""


def box_secret(token: str) -> bytes:
    """The 32 secret bytes of the draft's box, into which what was read off its pictures is put."""
    return _key(token.partition(".")[2], use=b"draft-box")


def _seal(id_: str, secret: str, data: Mapping[str, Any]) -> bytes:
    plain = json.dumps(dict(data)).encode()
    if len(plain) > BYTES_MAX:
        raise DraftTooBig(f"a draft holds at most {BYTES_MAX} bytes")
    return seal(plain, key=_key(secret), about=f"draft/{id_}")


def _key(secret: str, *, use: bytes = b"draft") -> bytes:
    return hmac.new(secret.encode(), use, hashlib.sha256).digest()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
