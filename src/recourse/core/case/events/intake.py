# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How a complaint comes in: filed, proven, confirmed, acknowledged, assessed."""

from collections.abc import Mapping
from datetime import datetime

from recourse.core.case.event import event
from recourse.core.case.state import ProblemRef
from recourse.core.claim import Claim
from recourse.core.deadline.service import ServiceHours
from recourse.core.subject import Subject
from recourse.core.vocabulary import (
    EvidenceKind,
    EvidenceState,
    RungName,
)


@event(
    personal={
        "complainant_name": "",
        "contact": "",
        "respondent_name": "",
        "story": "",
        "subject": {"kind": "order", "id": ""},
        "answers_given": {},
        "evidence": {},
        "new_ground": "",
    }
)
class ComplaintFiled:
    """A complaint was handed in. The playbook, law and calendar of this day are frozen in by digest."""

    id: str
    number: str
    operator: str
    platform: str
    rulebook: str
    playbook_version: str
    filed_at: datetime
    complainant_id: str
    complainant_name: str
    contact: str
    respondent_name: str
    respondent_registered: str
    accepts_defaults: bool
    subject: Subject
    story: str
    problems: tuple[ProblemRef, ...]
    claims: tuple[Claim, ...]
    answers_given: Mapping[str, str]
    evidence: Mapping[EvidenceKind, EvidenceState]
    operated: tuple[RungName, ...]
    service: ServiceHours | None = None
    refiled_from: str = ""
    refilings: int = 0
    new_ground: str = ""


@event(personal={"answers": {}})
class QuestionsAnswered:
    """Questions that were open were answered, so that it is known which doors fit."""

    answers: Mapping[str, str]


@event(personal={})
class ComplaintTakenByPhone:
    """An agent typed the complaint in on a caller's behalf; the caller agreed to it and hears of it."""

    agent: str


@event(personal={})
class ContactProven:
    """The complainant's contact answered with its code (`code`), or an agent vouched for the caller (`vouched`)."""

    at: datetime
    method: str


@event(personal={})
class ProblemsConfirmed:
    """The person confirmed what the complaint is about; the first problem leads."""

    problems: tuple[ProblemRef, ...]


@event(personal={})
class ComplaintAcknowledged:
    """The complainant was told: number, next date, who acts (ISO 10002, acknowledgement)."""

    at: datetime


@event(personal={"checks": {}, "severity": ""})
class CaseAssessed:
    """Initial assessment: which checks on imported records passed, how heavy the matter is, which way it goes."""

    checks: Mapping[str, bool]
    severity: str
    route: str
