# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the case row says, computed from the case alone, so that a rebuilt row equals the live one."""

from datetime import datetime
from typing import Any

from recourse.core.case.clocks import next_instant
from recourse.core.case.progress import mover
from recourse.core.case.state import Case
from recourse.core.playbook.types import Playbook
from recourse.core.vocabulary import Outcome
from recourse.store.entitlements import subject_mac

_TITLE = 60
_SHORT = 120

COLUMNS = (
    "number",
    "operator",
    "platform",
    "playbook_version",
    "rulebook_id",
    "problem_key",
    "problem_id",
    "stage",
    "rung",
    "rung_outside",
    "outcome",
    "severity",
    "version",
    "head",
    "next_due_at",
    "whose_move",
    "amount_fen",
    "complainant_id",
    "respondent_registered",
    "served_at",
    "agent",
    "refiled_from",
    "complained_of",
    "filed_at",
    "updated_at",
    "closed_at",
    "erased",
    "title",
    "complainant_name",
    "respondent_name",
)

# What no event after the first one changes. Most indexes stand on these: an update that leaves them alone leaves those.
FIXED = frozenset(
    {
        *("number", "operator", "platform", "playbook_version", "rulebook_id", "complainant_id"),
        *("refiled_from", "filed_at"),
    }
)
MOVING = tuple(name for name in COLUMNS if name not in FIXED)


def project(
    case: Case, *, playbook: Playbook, head: str, at: datetime, closed_at: datetime | None
) -> dict[str, Any]:
    """The columns of the case row. `at` is when its last event was written, `closed_at` of its last CaseClosed."""
    leading = case.problems[0] if case.problems else None
    return {
        "number": case.number,
        "operator": case.operator,
        "platform": case.platform,
        "playbook_version": case.playbook_version,
        "rulebook_id": case.rulebook,
        "problem_key": leading.key if leading else "",
        "problem_id": leading.id if leading else "",
        "stage": case.stage.value,
        "rung": case.rung.value if case.rung else "",
        "rung_outside": case.rung_outside,
        "outcome": _outcome(case),
        "severity": case.severity,
        "version": case.version,
        "head": head,
        "next_due_at": next_instant(case),
        "whose_move": "" if case.closed else mover(case, playbook).value,
        "amount_fen": _amount(case),
        "complainant_id": case.complainant.id,
        "respondent_registered": case.respondent.registered,
        "served_at": min((n.served_at for n in case.notices if n.served_at is not None), default=None),
        "agent": case.agent,
        "refiled_from": case.refiled_from,
        "complained_of": complained_of(case),
        "filed_at": case.filed_at,
        "updated_at": at,
        "closed_at": closed_at if case.closed else None,
        "erased": case.erased,
        "title": shown(case.subject.title or case.story, limit=_TITLE),
        "complainant_name": shown(case.complainant.name, limit=_SHORT),
        "respondent_name": shown(case.respondent.name, limit=_SHORT),
    }


# Complaints that ended so say nothing of the respondent.
_SAYS_NOTHING = frozenset({Outcome.withdrawn, Outcome.refused})


def complained_of(case: Case) -> str:
    """A keyed digest of the subject, where the operator's records hold it and the complaint still stands; else nothing."""
    baseless = case.outcome in _SAYS_NOTHING or case.closed_because == "nothing_granted"
    if case.erased or baseless or not case.subject.proven:
        return ""
    return subject_mac(case.id, case.subject, operator=case.operator)


def _outcome(case: Case) -> str:
    """How the case ended, or `decided` while the time to appeal runs: lists tell that from a decision still to come."""
    if case.outcome is None and not case.closed and case.pending_decision is not None:
        return Outcome.decided.value
    return case.outcome.value if case.outcome else ""


def shown(text: str, *, limit: int) -> str:
    """A text on one line, without control characters (PostgreSQL refuses NUL), cut to a length."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _amount(case: Case) -> int | None:
    if case.subject.amount_fen is not None:
        return case.subject.amount_fen
    sums = [claim.amount_fen for claim in case.claims if claim.amount_fen is not None]
    return max(sums) if sums else None
