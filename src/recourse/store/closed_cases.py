# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Closed cases, the longest closed first, for work that goes over each of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from recourse.store.models import CaseRow


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A closed case by its names, and when it was closed."""

    id: str
    number: str
    operator: str
    closed_at: datetime


def page(*, before: datetime, closed: str, after: str, limit: int) -> list[ClosedCase]:
    """Up to `limit` cases closed before a moment and not erased, behind the case (`closed`, `after`)."""
    rows = CaseRow.objects.filter(closed_at__lt=before, erased=False).order_by("closed_at", "id")
    if closed:
        since = datetime.fromisoformat(closed)
        rows = rows.filter(Q(closed_at__gt=since) | Q(closed_at=since, id__gt=after))
    return [ClosedCase(*row) for row in rows.values_list("id", "number", "operator", "closed_at")[:limit]]
