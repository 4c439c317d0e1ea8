# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The nightly rounds of the vault: how far one has come, and what the last found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from recourse.store.models import BlobKey, VaultRound


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to."""

    day: date
    checked: int
    mended: int
    damaged: int
    finished_at: datetime | None


def begin(day: date) -> str:
    """Where the round of this night goes on: the last name that was looked at."""
    # The day is the primary key, so that two workers make one row.
    return VaultRound.objects.get_or_create(day=day)[0].cursor


def advance(day: date, *, after: str, to: str, checked: int, mended: int, damaged: int) -> None:
    """Note a slice. One that was looked at twice is counted once."""
    VaultRound.objects.filter(day=day, cursor=after).update(
        cursor=to,
        checked=F("checked") + checked,
        mended=F("mended") + mended,
        damaged=F("damaged") + damaged,
    )


def finish(day: date, *, now: datetime) -> None:
    """Every file was looked at."""
    VaultRound.objects.filter(day=day, finished_at__isnull=True).update(finished_at=now)


def last_finished() -> Round | None:
    """The newest round that came to its end."""
    row = VaultRound.objects.filter(finished_at__isnull=False).order_by("-day").first()
    return None if row is None else Round(row.day, row.checked, row.mended, row.damaged, row.finished_at)


def oldest_file() -> datetime | None:
    """When the oldest file was sealed; None when there is none."""
    return BlobKey.objects.order_by("stored_at").values_list("stored_at", flat=True).first()
