# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Rebuilding the projection of a case from its events: the proof that nothing but events is the truth."""

from typing import Any

from recourse.core.case.events import CaseClosed
from recourse.store import search
from recourse.store.access import case_key, fold_case, read_events
from recourse.store.models import CaseRow, EventRow
from recourse.store.projection import project
from recourse.store.rulebooks import load_rulebook


def rebuilt(case_id: str) -> tuple[dict[str, Any], str]:
    """The columns and the search words that a case's events lead to. Raises CaseStopped."""
    row = CaseRow.objects.filter(pk=case_id).select_related("sealed_key").first()
    history = read_events({case_id: case_key(row) if row is not None else None})[case_id]
    case = fold_case(case_id, (item.event for item in history))
    head = EventRow.objects.filter(case_id=case_id).order_by("-version").values_list("hash", flat=True)[0]
    columns = project(
        case,
        playbook=load_rulebook(case.rulebook).playbook,
        head=head,
        at=history[-1].at,
        closed_at=next((item.at for item in reversed(history) if isinstance(item.event, CaseClosed)), None),
    )
    return columns, search.search_text(case)


def rebuild(case_id: str) -> bool:
    """Write the rebuilt row and index; whether the row had to change."""
    columns, words = rebuilt(case_id)
    found = CaseRow.objects.filter(pk=case_id).values(*columns).first()
    search.drop(case_id)
    if words:
        search.put(case_id, words)
    if found == columns:
        return False
    CaseRow.objects.update_or_create(pk=case_id, defaults=columns)
    return True
