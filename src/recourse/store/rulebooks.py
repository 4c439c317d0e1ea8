# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Rulebooks by digest: stored once, decoded once in a process, never deleted while a case refers to them."""

from datetime import datetime
from functools import lru_cache

from recourse.core.rulebook import Rulebook
from recourse.store import rows
from recourse.store.codec import CaseStopped, rulebook_text, rulebook_value
from recourse.store.models import RulebookRow

# A decoded rulebook is a few hundred kilobytes; an installation has a handful of versions in use.
_KEPT = 64


def store_rulebook(rulebook: Rulebook, *, now: datetime) -> str:
    """Keep a rulebook; its digest. Storing it again changes nothing."""
    digest, text = rulebook_text(rulebook)
    keep_text(digest, text, rulebook=rulebook, now=now)
    return digest


def keep_text(digest: str, text: str, *, rulebook: Rulebook, now: datetime) -> None:
    """Keep a rulebook that is already written canonically."""
    if rows.select("SELECT 1 FROM store_rulebook WHERE digest = %s", [digest]):
        return
    row = RulebookRow(
        digest=digest,
        platform=rulebook.playbook.platform,
        playbook_version=rulebook.playbook.version,
        body=text,
        stored_at=now,
    )
    RulebookRow.objects.bulk_create([row], ignore_conflicts=True)


@lru_cache(maxsize=_KEPT)
def load_rulebook(digest: str) -> Rulebook:
    """The rulebook of this digest. Raises CaseStopped when it is not in the store."""
    return rulebook_value(_body(digest))


def rulebook_bytes(digest: str) -> bytes:
    """The canonical bytes of a stored rulebook: what its digest is over. Raises CaseStopped when it is not there."""
    return _body(digest).encode()


def _body(digest: str) -> str:
    text: str | None = RulebookRow.objects.filter(pk=digest).values_list("body", flat=True).first()
    if text is None:
        raise CaseStopped(f"rulebook {digest} is not in the store")
    return text
