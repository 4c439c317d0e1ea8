# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A rate limit in fixed windows, counted in a table so that all processes count together."""

import hashlib
from datetime import datetime, timedelta

from recourse.core.problem import Problems, refuse
from recourse.store.durability import may_be_lost
from recourse.store.models import RateBucket
from recourse.store.rows import change

# Opens the window or counts within it in one statement, so that visitors at the same moment are all counted.
_COUNT = (
    "INSERT INTO store_rate_bucket (bucket, count, ends_at) VALUES (%s, %s, %s) ON CONFLICT (bucket) "
    "DO UPDATE SET count = store_rate_bucket.count + excluded.count "
    "WHERE store_rate_bucket.count + excluded.count <= %s"
)


def allow(what: str, *, times: int, per: timedelta, now: datetime, count: int = 1) -> bool:
    """Whether `what` may happen `count` times more: at most `times` in each window of length `per`. Counts it if so."""
    seconds = int(per.total_seconds())
    window = int(now.timestamp()) // seconds
    # The name may hold an address, so only its digest is kept.
    bucket = hashlib.sha256(f"{what}|{seconds}|{window}".encode()).hexdigest()
    if count > times:
        return False
    with may_be_lost():
        return change(_COUNT, [bucket, count, now + per, times]) == 1


def count_visit(
    visitor: str, *, limit: tuple[int, timedelta], now: datetime, count: int = 1
) -> Problems | None:
    """None, or a refusal once this visitor (a network address, kept as a digest) came too often."""
    times, per = limit
    if allow(f"visitor/{visitor}", times=times, per=per, now=now, count=count):
        return None
    return refuse(
        "too_many_requests",
        field="contact",
        zh="这个网络一小时内的请求太多了。",
        en="There were too many requests from this network within the hour.",
        do_zh="请一小时后再试。",
        do_en="Please try again in an hour.",
    )


def forget_ended(now: datetime) -> int:
    """Delete windows that are over; how many."""
    return RateBucket.objects.filter(ends_at__lte=now).delete()[0]
