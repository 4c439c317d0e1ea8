# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A rate limit in fixed windows, counted in a table so that all processes count together."""

import hashlib
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from recourse.store.models import RateBucket


def allow(what: str, *, times: int, per: timedelta, now: datetime) -> bool:
    """Whether `what` may happen once more: at most `times` in each window of length `per`. Counts it if so."""
    seconds = int(per.total_seconds())
    window = int(now.timestamp()) // seconds
    # The name may hold an address, so only its digest is kept.
    bucket = hashlib.sha256(f"{what}|{seconds}|{window}".encode()).hexdigest()
    within = RateBucket.objects.filter(pk=bucket, count__lt=times)
    for _ in range(2):
        if within.update(count=F("count") + 1):
            return True
        if RateBucket.objects.filter(pk=bucket).exists():
            return False
        try:
            with transaction.atomic():
                RateBucket.objects.create(bucket=bucket, count=1, ends_at=now + per)
        except IntegrityError:
            continue  # Somebody opened the window in this moment: count within theirs.
        return times > 0
    return False


def forget_ended(now: datetime) -> int:
    """Delete windows that are over; how many."""
    return RateBucket.objects.filter(ends_at__lte=now).delete()[0]
