# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What an agent takes down for a caller: evidence at hand, open questions, conditions, accounts, filings elsewhere."""

from typing import Any

from recourse.core.case import words
from recourse.core.case.doors import doors_of, targets_of
from recourse.core.filing import IN_HAND
from recourse.queries.case_file import CaseFile
from recourse.webkit import tables
from recourse.webkit.answers import options_of
from recourse.webkit.condition_form import form_of, typed_of


def caller_parts(file: CaseFile, typed: dict[str, str], *, deed: str) -> dict[str, Any]:
    """The forms that this role may send for the caller now; a table that was refused comes back as typed."""
    case, allowed, playbook = file.case, file.allowed, file.rules.playbook
    table = typed if deed == "conditions" else typed_of(case.conditions, case.refusal)
    can_file = "OpenFiling" in allowed and case.complainant.proven_at is not None
    return {
        "state_items": _items(file) if "StateEvidence" in allowed else [],
        "open_questions": _questions(file, typed) if "AnswerQuestions" in allowed else [],
        "condition_form": form_of(table, playbook.conditions)
        if "SetConditions" in allowed and playbook.conditions is not None
        else None,
        "doors": _doors(file) if can_file else [],
        "barred": any(item.official and item.state in IN_HAND for item in case.filings),
        "answerable": [
            (item.id, file.names.channel(item.channel), item.receipt_no)
            for item in case.filings
            if item.state in IN_HAND and "UpdateFiling" in allowed
        ],
        "filing_states": [(state.value, name) for state, name in words.FILING_ANSWERS.items()],
    }


def _items(file: CaseFile) -> list[dict[str, Any]]:
    """The evidence that bears on the case, as far as no file of it is there."""
    handed_in = {item.kind for item in file.case.exhibits if not item.withdrawn}
    return [
        {
            "kind": kind.value,
            "name": file.names.evidence(kind),
            "needed": needed,
            "for_caller": True,
            "state": file.case.evidence[kind].value if kind in file.case.evidence else "",
        }
        for kind, needed in tables.wanted(file).items()
        if kind not in handed_in
    ]


def _questions(file: CaseFile, typed: dict[str, str]) -> list[dict[str, Any]]:
    """The playbook's questions that nobody answered yet, the needed ones first."""
    case = file.case
    waiting = [item for item in file.rules.playbook.ask if not case.answers_given.get(item.key)]
    return [
        {
            "name": f"ask-{item.key}",
            "text": item.text,
            "value": typed.get(f"ask-{item.key}", ""),
            "options": [(option.key, option.text) for option in options_of(item)],
        }
        for item in sorted(waiting, key=lambda item: not item.required)
    ]


def _doors(file: CaseFile) -> list[tuple[str, Any, Any]]:
    """Every door that fits, one for each thing that filings there may be aimed at: (value, door, target)."""
    found: list[tuple[str, Any, Any]] = []
    for channel in doors_of(file.rules.playbook, file.case):
        targets = targets_of(channel, file.case)
        found += [(f"{channel.id}|{item.key}", channel.name, item.name) for item in targets] or [
            (channel.id, channel.name, None)
        ]
    return found
