# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A rate limit in fixed windows, counted in a table so that all processes count together."""

import hashlib
from datetime import datetime, timedelta

from recourse.store.models import RateBucket
from recourse.store.rows import change

# Opens the window or counts within it in one statement, so that visitors at the same moment are all counted.
_COUNT = (
    "INSERT INTO store_rate_bucket (bucket, count, ends_at) VALUES (%s, 1, %s) "
    "ON CONFLICT (bucket) DO UPDATE SET count = store_rate_bucket.count + 1 WHERE store_rate_bucket.count < %s"
)


def allow(what: str, *, times: int, per: timedelta, now: datetime) -> bool:
    """Whether `what` may happen once more: at most `times` in each window of length `per`. Counts it if so."""
    seconds = int(per.total_seconds())
    window = int(now.timestamp()) // seconds
    # The name may hold an address, so only its digest is kept.
    bucket = hashlib.sha256(f"{what}|{seconds}|{window}".encode()).hexdigest()
    return times > 0 and change(_COUNT, [bucket, now + per, times]) == 1


def forget_ended(now: datetime) -> int:
    """Delete windows that are over; how many."""
    return RateBucket.objects.filter(ends_at__lte=now).delete()[0]
