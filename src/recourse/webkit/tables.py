# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The tables of a case as every seat reads them: conditions, accounts side by side, repeats, wanted evidence."""

from typing import Any

from recourse.core.account import told
from recourse.core.condition import Condition, unproven
from recourse.core.text import Text
from recourse.core.vocabulary import AnswerKind, EvidenceState, Party
from recourse.queries.case_file import CaseFile
from recourse.webkit.case_parts import who

PROOFS: dict[EvidenceState, tuple[Text, str]] = {
    EvidenceState.have: (Text("有证明", "proof at hand"), "done"),
    EvidenceState.have_not: (Text("没有证明", "no proof"), "soon"),
    EvidenceState.other_side: (
        Text("证明在对方或平台手里", "proof with the other side or the platform"),
        "note",
    ),
}
_UNSAID = (Text("还没说有没有证明", "proof not stated"), "soon")


def conditions(file: CaseFile, *, base: str) -> dict[str, Any] | None:
    """The table of conditions with the refusal beside it; nothing where the playbook has none and nobody drew one up."""
    case, spec = file.case, file.rules.playbook.conditions
    if spec is None and not case.conditions:
        return None
    numbers = {x.no for x in case.exhibits if not x.withdrawn}
    return {
        "name": spec.name if spec is not None else Text("条件", "Conditions"),
        "help": spec.help if spec is not None else None,
        "rows": [_condition(item, base=base, numbers=numbers) for item in case.conditions],
        "without_proof": len(unproven(case.conditions)),
        "hidden": sum(1 for item in case.conditions if item.hidden),
        "suggested": _suggested(file),
        "refusals": _refusals(file),
    }


def _condition(item: Condition, *, base: str, numbers: set[int]) -> dict[str, Any]:
    state, tone = PROOFS[item.state] if item.state is not None else _UNSAID
    return {
        "text": item.text,
        "state": None if item.hidden and item.state is None else state,
        "tone": tone,
        "met_on": item.met_on,
        "proof": item.proof,
        "exhibits": [(no, f"{base}/exhibit/{no}") for no in item.exhibits if no in numbers],
        "hidden": item.hidden,
    }


def _suggested(file: CaseFile) -> Text | None:
    """The problem that a condition named only after the win points to, where the complaint does not name it yet."""
    spec = file.rules.playbook.conditions
    if spec is None or not any(item.hidden for item in file.case.conditions):
        return None
    if spec.hidden_problem in {ref.id for ref in file.case.problems}:
        return None
    return next((p.name for p in file.rules.playbook.problems if p.id == spec.hidden_problem), None)


def _refusals(file: CaseFile) -> list[dict[str, Any]]:
    """The refusals in their own words: what the complainant quotes, and what was answered here."""
    case = file.case
    quoted = case.refusal
    found: list[dict[str, Any]] = []
    if quoted is not None and quoted.words:
        by = Text("{who}提供的原话", "as {who} quotes it").format(who=file.names.party(Party.complainant))
        found.append({"words": quoted.words, "on": quoted.said_on, "by": by})
    for reply in case.replies:
        if reply.kind is AnswerKind.refusal:
            by = Text("{who}在这里的答复", "{who} answered here").format(
                who=file.names.party(Party.respondent)
            )
            found.append({"words": reply.text, "on": reply.at.date(), "by": by.capitalised()})
    return found


def accounts(file: CaseFile, *, base: str, reader: Party | None) -> dict[str, Any] | None:
    """Accounts side by side, and what the pictures let one say; nothing where the playbook has no such table."""
    case, spec = file.case, file.rules.playbook.accounts
    if spec is None:
        return None
    return {
        "name": spec.name,
        "help": spec.help,
        "tells": spec.tells,
        "rows": [
            {
                "id": item.id,
                "at": at,
                "by": who(file, item.by, reader=reader).capitalised(),
                "mine": item.by is reader,
                "seen_in": item.seen_in,
                "display_name": item.display_name,
                "account_id": item.account_id,
                "exhibit": (item.exhibit, f"{base}/exhibit/{item.exhibit}") if item.exhibit else None,
            }
            for at, item in enumerate(case.accounts, start=1)
        ],
        "told": told(case.accounts),
        "can": "ShowAccount" in file.allowed,
    }


def repeats(file: CaseFile) -> list[dict[str, Any]]:
    """What was told of the respondent's other cases. The case is redacted: a complainant never has any."""
    rules = {rule.id: rule for rule in file.rules.playbook.repeats}
    return [
        {
            "name": rules[item.rule].name,
            "count": rules[item.rule].count.format(heard=item.repeat.heard, known=item.repeat.known),
            "text": rules[item.rule].text,
            "notice": rules[item.rule].notice,
            "at": item.at,
        }
        for item in file.case.repeats
        if item.rule in rules
    ]


def wanted(file: CaseFile) -> dict[str, bool]:
    """The kinds of evidence that bear on this case, and whether each is needed; then whatever else was named."""
    found: dict[str, bool] = {}
    for ref in file.case.problems:
        problem = next((item for item in file.rules.playbook.problems if item.id == ref.id), None)
        if problem is not None:
            found.update(dict.fromkeys(problem.evidence.needed, True))
            for kind in problem.evidence.better_with:
                found.setdefault(kind, False)
    for kind in (*file.case.evidence, *(x.kind for x in file.case.exhibits if not x.withdrawn)):
        found.setdefault(kind, False)
    return found
