# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Answers kept by key, for requests of programs that are about no single case: asked again, the same bytes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from recourse.store.models import ApiAnswer, IdempotencyKey
from recourse.store.sealing import purpose_key, seal, unseal

# Keys of deeds on a case live as long as the case; these belong to none.
LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given."""

    fingerprint: str
    status: int
    body: bytes


def kept(operator: str, *, token: str, key: str) -> Kept | None:
    """The answer that this key got before."""
    row = ApiAnswer.objects.filter(operator=operator, token=token, key=key).first()
    if row is None:
        return None
    body = unseal(row.body, key=purpose_key("api"), about=_about(operator, token, key))
    return Kept(row.fingerprint, row.status, body)


def keep(
    operator: str, *, token: str, key: str, fingerprint: str, status: int, body: bytes, now: datetime
) -> None:
    """Keep an answer. Raises IntegrityError when the key got one already."""
    ApiAnswer.objects.create(
        operator=operator,
        token=token,
        key=key,
        fingerprint=fingerprint,
        status=status,
        body=seal(body, key=purpose_key("api"), about=_about(operator, token, key)),
        at=now,
    )


def forget_old(now: datetime) -> int:
    """Delete answers that nobody can be waiting for any more; how many."""
    return ApiAnswer.objects.filter(at__lt=now - LIFE).delete()[0]


def used_by_another(operator: str, *, actor: str, key: str) -> bool:
    """Whether this key stands for a deed of somebody else already: then it is another request."""
    return IdempotencyKey.objects.filter(operator=operator, key=key).exclude(actor=actor).exists()


def _about(operator: str, token: str, key: str) -> str:
    return f"api-answer/{operator}/{token}/{key}"
