# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Disclosure: which private fields of the record a seat may read, when it takes the record away as a file.

What `redaction.seen_by` shows on pages this opens in the chain, field by field. Every private field of every event
stands here, so that nobody adds one without saying who may read it; a test compares the two.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from recourse.core.actor import Role
from recourse.core.evidence import Link


class Readers(StrEnum):
    """Who may read a private field, besides the operator's own people, who read all."""

    both = "both"  # both parties and the auditor
    complainant = "complainant"  # the complainant alone
    not_respondent = "not_respondent"  # the complainant and the auditor
    auditor = "auditor"  # the auditor, and neither party
    owner = "owner"  # who handed the exhibit in
    asked = "asked"  # both, once it is answered; before that who was asked
    unless_outside = "unless_outside"  # both; of a clock of an outside filing not the respondent
    staff = "staff"  # nobody else


READERS: Mapping[str, Mapping[str, Readers]] = {
    "ComplaintFiled": {
        "complainant_name": Readers.complainant,
        "contact": Readers.complainant,
        "respondent_name": Readers.both,
        "story": Readers.both,
        "subject": Readers.both,
        "answers_given": Readers.both,
        "new_ground": Readers.both,
    },
    "AnswerRecorded": {"text": Readers.both},
    "OfferMade": {"text": Readers.both},
    "MessagePosted": {"text": Readers.both},
    "NoteAdded": {"text": Readers.staff},
    "ExhibitAdded": {
        "digest": Readers.both,
        "sm3": Readers.both,
        "name": Readers.owner,
        "note": Readers.both,
    },
    "ReadingConfirmed": {"values": Readers.owner},
    "EvidenceAsked": {"text": Readers.asked},
    "EvidenceAnswered": {"answer": Readers.both},
    "CaptureSet": {"text": Readers.not_respondent},
    "ContactLogged": {
        "channel": Readers.not_respondent,
        "agent_no": Readers.not_respondent,
        "answer": Readers.not_respondent,
    },
    "PointsSet": {"points": Readers.both},
    "ConditionsSet": {"conditions": Readers.both, "refusal": Readers.both},
    "AccountShown": {
        "seen_in": Readers.both,
        "display_name": Readers.both,
        "account_id": Readers.both,
    },
    "DeadlineMoved": {"reason": Readers.unless_outside},
    "DecisionIssued": {"facts": Readers.both, "reasons": Readers.both},
    "AppealLodged": {"reasons": Readers.both},
    "StepPerformed": {"note": Readers.both},
    "RemedyDisputed": {"text": Readers.both},
    "FilingOpened": {"receipt_no": Readers.not_respondent},
    "FilingUpdated": {"receipt_no": Readers.not_respondent, "answer": Readers.not_respondent},
    "QuestionsAnswered": {"answers": Readers.both},
    "CaseHeld": {"reason": Readers.auditor},
    "HoldReleased": {"reason": Readers.auditor},
    "CaseWithdrawn": {"reason": Readers.both},
    "CaseReopened": {"reason": Readers.both},
}

_PARTIES = frozenset({Role.complainant, Role.respondent})
_READ_ALL = frozenset({Role.agent, Role.neutral, Role.owner, Role.system})


def readable_fields(links: Iterable[Link], *, role: Role) -> Mapping[int, frozenset[str]]:
    """By version, the names of the private fields that this seat may read."""
    record = tuple(links)
    answered = {str(link.body.get("id")) for link in record if link.type == "EvidenceAnswered"}
    return {
        link.version: frozenset(
            name for name in link.commitments if _may_read(link, name, role=role, answered=answered)
        )
        for link in record
    }


def _may_read(link: Link, field: str, *, role: Role, answered: set[str]) -> bool:
    if role in _READ_ALL:
        return True
    readers = READERS.get(link.type, {}).get(field, Readers.staff)
    if readers is Readers.owner:
        return role not in _PARTIES or link.body.get("by") == role.value
    if readers is Readers.asked:
        return (
            role not in _PARTIES or link.body.get("of") == role.value or str(link.body.get("id")) in answered
        )
    if readers is Readers.unless_outside:
        deadline: Any = link.body.get("deadline")
        return role is not Role.respondent or not str(deadline["scope"]).startswith("filing:")
    return role in {
        Readers.both: frozenset({*_PARTIES, Role.auditor}),
        Readers.complainant: frozenset({Role.complainant}),
        Readers.not_respondent: frozenset({Role.complainant, Role.auditor}),
        Readers.auditor: frozenset({Role.auditor}),
    }.get(readers, frozenset())
