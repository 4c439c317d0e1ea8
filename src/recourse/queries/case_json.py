# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case as JSON: the fixed document of CLI and API. Money is a yuan string, moments are RFC 3339 in China time."""

from datetime import datetime
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.case.progress import next_step
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import Deadline
from recourse.core.evidence import Exhibit
from recourse.core.money import format_yuan
from recourse.core.playbook.types import Basis, Playbook
from recourse.core.rulebook import Rulebook
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceKind, EvidenceState


def case_json(case: Case, rules: Rulebook) -> dict[str, Any]:
    """The document of `recourse case NUMBER --json`."""
    playbook = rules.playbook
    step = next_step(case, playbook)
    leading = case.problems[0] if case.problems else None
    return {
        "number": case.number,
        "operator": case.operator,
        "platform": case.platform,
        "playbook": {"version": case.playbook_version, "digest": case.rulebook},
        "problem": {"key": leading.key, "id": leading.id, "confirmed": leading.confirmed}
        if leading
        else None,
        "problems": [{"key": p.key, "id": p.id, "confirmed": p.confirmed} for p in case.problems],
        "stage": case.stage.value,
        "rung": case.rung.value if case.rung else None,
        "rung_outside": case.rung_outside,
        "outcome": case.outcome.value if case.outcome else None,
        "version": case.version,
        "missing_evidence": [
            {"kind": kind.value, "state": state} for kind, state in missing_evidence(case, playbook)
        ],
        "claims": [
            {"kind": claim.kind.value, "amount": yuan(claim.amount_fen), "points": claim.points}
            for claim in case.claims
        ],
        "remedies": [
            {"kind": r.kind.value, "amount": yuan(r.amount_fen), "points": r.points, "state": r.state.value}
            for r in case.remedies
        ],
        "deadlines": [deadline_json(item) for item in case.deadlines],
        "next_step": {
            "who": step.who.value,
            "zh": step.text.zh,
            "en": step.text.en,
            "by": moment(step.by),
        },
        "exhibits": [exhibit_json(item) for item in case.exhibits],
        "filings": [
            {
                "id": f.id,
                "channel": f.channel,
                "state": f.state.value,
                "receipt_no": f.receipt_no,
                "filed_at": moment(f.filed_at),
                "answer": f.answer,
                "target": f.target or None,
            }
            for f in case.filings
        ],
        **_win_json(case),
    }


def _win_json(case: Case) -> dict[str, Any]:
    """The announced conditions with their proofs, and the refusal beside them."""
    refusal = case.refusal
    return {
        "conditions": [
            {
                "text": item.text,
                "state": item.state.value if item.state else None,
                "met_on": item.met_on.isoformat() if item.met_on else None,
                "proof": item.proof,
                "exhibits": list(item.exhibits),
                "announced": item.announced.value,
            }
            for item in case.conditions
        ],
        "refusal": None
        if refusal is None
        else {"words": refusal.words, "said_on": refusal.said_on.isoformat() if refusal.said_on else None},
    }


def missing_evidence(case: Case, playbook: Playbook) -> list[tuple[EvidenceKind, str]]:
    """Needed kinds that nobody handed in, in the playbook's order, each with what the person said of it."""
    handed_in = {exhibit.kind for exhibit in case.exhibits if not exhibit.withdrawn}
    wanted: dict[EvidenceKind, None] = {}
    for ref in case.problems:
        problem = next((item for item in playbook.problems if item.id == ref.id), None)
        wanted.update(dict.fromkeys(problem.evidence.needed if problem else ()))
    found = []
    for kind in wanted:
        state = case.evidence.get(kind)
        if kind in handed_in or state is EvidenceState.have:
            continue
        found.append((kind, state.value if state else "unknown"))
    return found


def deadline_json(item: Deadline) -> dict[str, Any]:
    """One deadline, with its basis, its arithmetic and what happens in silence."""
    return {
        "id": item.id,
        "act": item.act,
        "who": item.who.value,
        "scope": item.scope,
        "state": item.state.value,
        "starts_when": item.starts_when.value,
        "started_by": item.started_by or None,
        "length": item.length,
        "unit": item.unit.value,
        "regime": item.regime.value,
        "basis": basis_json(item.basis),
        "nominal_end": moment(item.nominal_end),
        "act_by": moment(item.act_by),
        "due_at": moment(item.due_at),
        "counted": list(item.counted),
        "calendar_version": item.calendar_version or None,
        "provisional": item.provisional,
        "suspensions": [
            {"since": moment(s.since), "until": moment(s.until), "cause": s.cause.value}
            for s in item.suspensions
        ],
        "on_miss": item.on_miss.value,
        "why": [text_json(line) for line in item.why],
    }


def basis_json(basis: Basis) -> dict[str, Any]:
    """Where a clock comes from: an article of law, a fact of the source article or a default of the playbook."""
    kind = "law" if basis.law else "source" if basis.source else "playbook"
    found: dict[str, Any] = {kind: basis.law or basis.source or basis.playbook}
    if basis.note is not None:
        found["note"] = text_json(basis.note)
    return found


def exhibit_json(item: Exhibit) -> dict[str, Any]:
    """One exhibit: number, kind and the digest of the bytes as handed over."""
    return {
        "no": item.no,
        "kind": item.kind.value,
        "digest": item.digest,
        "size": item.size,
        "media_type": item.media_type,
        "received_at": moment(item.received_at),
        "withdrawn": item.withdrawn,
    }


def text_json(text: Text) -> dict[str, str]:
    """A bilingual sentence."""
    return {"zh": text.zh, "en": text.en}


def yuan(fen: int | None) -> str | None:
    """Fen as a yuan string, or nothing."""
    return None if fen is None else format_yuan(fen)


def moment(at: datetime | None) -> str | None:
    """A moment as RFC 3339 in China time, or nothing."""
    return None if at is None else at.astimezone(CHINA).isoformat()
