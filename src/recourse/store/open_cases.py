# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""All open cases, page by page, for work that goes over each of them."""

from recourse.store.models import CaseRow


def page(*, after: str, limit: int) -> list[tuple[str, str, str]]:
    """Up to `limit` triples (id, number, operator) of open cases, in the order of their ids, after this id."""
    rows = CaseRow.objects.filter(id__gt=after, closed_at__isnull=True).order_by("id")
    return list(rows.values_list("id", "number", "operator")[:limit])
