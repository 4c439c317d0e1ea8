# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The whole file of a case as JSON, for one reader: what `case_file` shows on pages, as plain values."""

from collections.abc import Iterable
from typing import Any

from recourse.core.actor import STAFF, Role
from recourse.core.case.chronicle import Entry
from recourse.core.case.state import Case, Decision
from recourse.core.claim import Term
from recourse.core.remedy import Remedy
from recourse.core.subject import Subject
from recourse.queries.case_file import CaseFile
from recourse.queries.case_json import case_json, moment, text_json, yuan


def file_json(file: CaseFile) -> dict[str, Any]:
    """Everything that the reader's seat may see. Ids of people stay within the house and with whom they belong to."""
    case, role = file.case, Role(file.role)
    inside = role in STAFF
    return {
        "case": case_json(case, file.rules),
        "head": file.head,
        "seat": file.role,
        "allowed": sorted(file.allowed),
        "filed_at": moment(case.filed_at),
        "refiled_from": case.refiled_from or None,
        "agent": (case.agent or None) if inside else None,
        "severity": case.severity if inside else "",
        "story": case.story,
        "subject": _subject(case.subject),
        "complainant": {
            "id": case.complainant.id if role is not Role.respondent else None,
            "name": case.complainant.name,
            "contact": case.complainant.contact,
            "proven_at": moment(case.complainant.proven_at),
        },
        "respondent": {
            "id": (case.respondent.registered or None) if role is not Role.complainant else None,
            "name": case.respondent.name,
            "accepts_defaults": case.respondent.accepts_defaults,
        },
        "answers_given": dict(case.answers_given),
        "evidence": {kind.value: state.value for kind, state in case.evidence.items()},
        "claims": [
            {"kind": item.kind.value, "amount": yuan(item.amount_fen), "points": item.points}
            for item in case.claims
        ],
        **_talk(case),
        **_proof(case),
        "notes": [{"by": item.by, "text": item.text, "at": moment(item.at)} for item in case.notes],
        "decisions": [_decision(item, inside=inside) for item in case.decisions],
        "appeal": case.appeal
        and {"by": case.appeal.by.value, "reasons": case.appeal.reasons, "at": moment(case.appeal.at)},
        "remedies": [_remedy(item) for item in case.remedies],
        "checks": dict(case.checks or {}) if inside else {},
        "record": [_line(item) for item in file.chronicle],
    }


def _subject(subject: Subject) -> dict[str, Any]:
    days = {
        name: day.isoformat() if (day := getattr(subject, name)) is not None else None
        for name in ("happened_on", "promised_on", "received_on")
    }
    return {
        "kind": subject.kind.value,
        "id": subject.id,
        "line": subject.line,
        "title": subject.title,
        "amount": yuan(subject.amount_fen),
        **days,
        "proven": subject.proven,
    }


def _talk(case: Case) -> dict[str, Any]:
    return {
        "notices": [
            {
                "rung": item.rung.value,
                "ordered_at": moment(item.ordered_at),
                "served_at": moment(item.served_at),
                "bounced": bool(item.bounced),
            }
            for item in case.notices
        ],
        "replies": [
            {
                "kind": item.kind.value,
                "text": item.text,
                "at": moment(item.at),
                "rung": item.rung.value,
                "promised_at": moment(item.promised_at),
                "late": item.late,
            }
            for item in case.replies
        ],
        "offers": [
            {
                "id": item.id,
                "by": item.by.value,
                "terms": _terms(item.terms),
                "text": item.text,
                "made_at": moment(item.made_at),
                "state": item.state.value,
                "answers": item.answers,
            }
            for item in case.offers
        ],
        "messages": [
            {"by": item.by.value, "text": item.text, "at": moment(item.at)} for item in case.messages
        ],
    }


def _proof(case: Case) -> dict[str, Any]:
    return {
        "requests": [
            {
                "id": item.id,
                "of": item.of.value,
                "kind": item.kind.value,
                "text": item.text,
                "asked_at": moment(item.asked_at),
                "answered_at": moment(item.answered_at),
                "exhibits": list(item.exhibits),
                "answer": item.answer,
            }
            for item in case.requests
        ],
        "contacts": [
            {
                "at": moment(item.at),
                "channel": item.channel,
                "result": item.result.value,
                "agent_no": item.agent_no,
                "answer": item.answer,
                "exhibits": list(item.exhibits),
            }
            for item in case.contacts
        ],
        "captures": [
            {
                "id": item.id,
                "kind": item.kind.value,
                "due_at": moment(item.due_at),
                "text": item.text,
                "done_by": item.done_by,
            }
            for item in case.captures
        ],
        "points": [
            {
                "id": item.id,
                "about": item.about,
                "complainant_says": item.complainant_says,
                "respondent_says": item.respondent_says,
                "exhibits": list(item.exhibits),
                "agreed": item.agreed,
            }
            for item in case.points
        ],
        "exhibits": [
            {"no": item.no, "by": item.by.value, "name": item.name, "note": item.note}
            for item in case.exhibits
        ],
    }


def _terms(terms: Iterable[Term]) -> list[dict[str, Any]]:
    return [
        {
            "kind": item.kind.value,
            "amount": yuan(item.amount_fen),
            "within": item.within,
            "points": item.points,
        }
        for item in terms
    ]


def _decision(item: Decision, *, inside: bool) -> dict[str, Any]:
    return {
        "id": item.id,
        "by": (item.by or None) if inside else None,
        "at": moment(item.at),
        "facts": item.facts,
        "reasons": item.reasons,
        "terms": _terms(item.terms),
        "grounds": list(item.grounds),
        "next_recourse": item.next_recourse,
        "by_default": item.by_default,
        "final": item.final,
    }


def _remedy(item: Remedy) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "amount": yuan(item.amount_fen),
        "points": item.points,
        "state": item.state.value,
        "basis": item.basis,
        "part": item.part,
        "objection": item.objection,
        "steps": [
            {
                "act": step.act,
                "who": step.who.value,
                "text": text_json(step.text),
                "done_at": moment(step.done_at),
                "note": step.note,
                "exhibits": list(step.exhibits),
            }
            for step in item.steps
        ],
    }


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "at": moment(entry.at),
        "who": text_json(entry.who),
        "title": text_json(entry.title),
        "body": entry.body,
        "version": entry.version,
    }
