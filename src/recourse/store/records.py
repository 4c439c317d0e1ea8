# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Imported records: the one door by which the operator's orders, cards, draws and points accounts come in."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from recourse.core.record import ImportedRecord
from recourse.store import rows
from recourse.store.models import Record

_EPOCH = date(1970, 1, 1)
_COLUMNS = (
    "kind",
    "record_id",
    "respondent",
    "title",
    "amount_fen",
    "refunded_fen",
    "happened_day",
    "promised_day",
    "delivered_day",
)


def import_records(operator: str, platform: str, found: Sequence[ImportedRecord], *, now: datetime) -> int:
    """Take records in; one that is known is brought up to date. Returns how many."""
    new = [
        Record(
            operator=operator,
            platform=platform,
            kind=item.kind,
            record_id=item.id,
            respondent=item.respondent,
            title=item.title,
            amount_fen=item.amount_fen,
            refunded_fen=item.refunded_fen,
            happened_day=day_number(item.happened_on),
            promised_day=day_number(item.promised_on),
            delivered_day=day_number(item.received_on),
            status=item.status,
            imported_at=now,
        )
        for item in found
    ]
    unique = ["operator", "platform", "kind", "record_id"]
    changing = [
        "respondent",
        "title",
        "amount_fen",
        "refunded_fen",
        "happened_day",
        "promised_day",
        "delivered_day",
        "status",
        "imported_at",
    ]
    Record.objects.bulk_create(
        new, batch_size=500, update_conflicts=True, unique_fields=unique, update_fields=changing
    )
    return len(new)


def find(operator: str, platform: str, record_id: str) -> dict[str, Any] | None:
    """One record as plain values, days as dates; None without one."""
    if not record_id:
        return None
    found = rows.select(
        f"SELECT {', '.join(_COLUMNS)}, CAST(status AS TEXT) FROM store_record "
        "WHERE operator = %s AND platform = %s AND record_id = %s ORDER BY kind LIMIT 1",
        [operator, platform, record_id],
    )
    if not found:
        return None
    *plain, happened, promised, delivered, status = found[0]
    kind, id_, respondent, title, amount_fen, refunded_fen = plain
    return {
        "kind": kind,
        "id": id_,
        "respondent": respondent,
        "title": title,
        "amount_fen": amount_fen,
        "refunded_fen": refunded_fen,
        "happened_on": day_value(happened),
        "promised_on": day_value(promised),
        "received_on": day_value(delivered),
        "status": json.loads(status),
    }


def day_number(day: date | None) -> int | None:
    """Days since 1970-01-01, as checks count them."""
    return None if day is None else (day - _EPOCH).days


def day_value(number: int | None) -> date | None:
    """The date of a day number."""
    return None if number is None else date.fromordinal(_EPOCH.toordinal() + number)
