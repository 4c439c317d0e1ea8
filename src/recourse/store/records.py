# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Imported records: the one door by which the operator's orders, cards, draws and points accounts come in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from recourse.store.models import Record

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One record as the operator pushes it. `kind` is order, card, draw or points; `respondent` a public id."""

    kind: str
    id: str
    respondent: str = ""
    title: str = ""
    amount_fen: int | None = None
    refunded_fen: int = 0
    happened_on: date | None = None
    promised_on: date | None = None
    received_on: date | None = None
    status: dict[str, Any] = field(default_factory=dict)


def import_records(operator: str, platform: str, found: Sequence[ImportedRecord], *, now: datetime) -> int:
    """Take records in; one that is known is brought up to date. Returns how many."""
    rows = [
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
        rows, batch_size=500, update_conflicts=True, unique_fields=unique, update_fields=changing
    )
    return len(rows)


def find(operator: str, platform: str, record_id: str) -> dict[str, Any] | None:
    """One record as plain values, days as dates; None without one."""
    if not record_id:
        return None
    row = (
        Record.objects.filter(operator=operator, platform=platform, record_id=record_id)
        .order_by("kind")
        .first()
    )
    if row is None:
        return None
    return {
        "kind": row.kind,
        "id": row.record_id,
        "respondent": row.respondent,
        "title": row.title,
        "amount_fen": row.amount_fen,
        "refunded_fen": row.refunded_fen,
        "happened_on": day_value(row.happened_day),
        "promised_on": day_value(row.promised_day),
        "received_on": day_value(row.delivered_day),
        "status": row.status,
    }


def day_number(day: date | None) -> int | None:
    """Days since 1970-01-01, as checks count them."""
    return None if day is None else (day - _EPOCH).days


def day_value(number: int | None) -> date | None:
    """The date of a day number."""
    return None if number is None else date.fromordinal(_EPOCH.toordinal() + number)
