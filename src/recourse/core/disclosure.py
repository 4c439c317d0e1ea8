# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Disclosure: which private fields of the record a seat may read, on its timeline and when it takes the record away.

What `redaction.seen_by` shows on pages this opens in the chain, field by field. Every private field of every event
stands here, so that nobody adds one without saying who may read it. What is public is in everybody's file: a test varies
each field of each event and asks whether a party whose dossier shows it sees the difference on its pages as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recourse.core.actor import Role
from recourse.core.canonical import Plain
from recourse.core.deadline.deadline import of_a_filing
from recourse.core.evidence import Link


class Readers(StrEnum):
    """Who may read a private field, besides the operator's own people, who read all."""

    both = "both"  # both parties and the auditor
    complainant = "complainant"  # the complainant alone
    respondent = "respondent"  # the respondent alone
    not_respondent = "not_respondent"  # the complainant and the auditor
    auditor = "auditor"  # the auditor, and neither party
    owner = "owner"  # who handed the exhibit in
    asked = "asked"  # both, once it is answered; before that who was asked
    unless_outside = (
        "unless_outside"  # both and the auditor; of a clock of an outside filing not the respondent
    )
    staff = "staff"  # nobody else


READERS: Mapping[str, Mapping[str, Readers]] = {
    "ComplaintFiled": {
        "complainant_name": Readers.complainant,
        "contact": Readers.complainant,
        "respondent_name": Readers.both,
        "story": Readers.both,
        "subject": Readers.both,
        "answers_given": Readers.both,
        "evidence": Readers.not_respondent,
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
    "EvidenceStated": {"states": Readers.not_respondent},
    "EvidenceAsked": {"kind": Readers.asked, "text": Readers.asked},
    "EvidenceAnswered": {"answer": Readers.both},
    "CaptureSet": {
        "kind": Readers.not_respondent,
        "due_at": Readers.not_respondent,
        "text": Readers.not_respondent,
    },
    "CaptureDone": {"exhibit": Readers.not_respondent},
    "ContactLogged": {
        "at": Readers.not_respondent,
        "channel": Readers.not_respondent,
        "result": Readers.not_respondent,
        "agent_no": Readers.not_respondent,
        "answer": Readers.not_respondent,
        "exhibits": Readers.not_respondent,
    },
    "CaseAssessed": {"checks": Readers.auditor, "severity": Readers.auditor},
    "RepeatTold": {"rule": Readers.respondent, "repeat": Readers.respondent},
    "PointsSet": {"points": Readers.both},
    "ConditionsSet": {"conditions": Readers.both, "refusal": Readers.both},
    "AccountShown": {
        "seen_in": Readers.both,
        "display_name": Readers.both,
        "account_id": Readers.both,
    },
    "DeadlineListed": {"deadline": Readers.unless_outside},
    "DeadlineStarted": {"deadline": Readers.unless_outside},
    "DeadlineMoved": {
        "deadline": Readers.unless_outside,
        "why": Readers.unless_outside,
        "reason": Readers.unless_outside,
    },
    "DecisionIssued": {"facts": Readers.both, "reasons": Readers.both},
    "AppealLodged": {"reasons": Readers.both},
    "StepPerformed": {"note": Readers.both},
    "RemedyDisputed": {"text": Readers.both},
    "FilingOpened": {
        "channel": Readers.not_respondent,
        "official": Readers.not_respondent,
        "receipt_no": Readers.not_respondent,
        "at": Readers.not_respondent,
        "target": Readers.not_respondent,
    },
    "FilingUpdated": {
        "state": Readers.not_respondent,
        "receipt_no": Readers.not_respondent,
        "answer": Readers.not_respondent,
    },
    "QuestionsAnswered": {"answers": Readers.both},
    "CaseHeld": {"reason": Readers.auditor, "by": Readers.auditor},
    "HoldReleased": {"reason": Readers.auditor, "by": Readers.auditor},
    "CaseWithdrawn": {"reason": Readers.both},
    "CaseReopened": {"reason": Readers.both},
}

_PARTIES = frozenset({Role.complainant, Role.respondent})
_READ_ALL = frozenset({Role.agent, Role.neutral, Role.owner, Role.system})
# Of those readers whose seat alone decides.
_SEATS: Mapping[Readers, frozenset[Role]] = {
    Readers.both: frozenset({*_PARTIES, Role.auditor}),
    Readers.complainant: frozenset({Role.complainant}),
    Readers.respondent: frozenset({Role.respondent}),
    Readers.not_respondent: frozenset({Role.complainant, Role.auditor}),
    Readers.auditor: frozenset({Role.auditor}),
    Readers.staff: frozenset(),
}


@dataclass(frozen=True, slots=True)
class EventFields:
    """One event of a record as a disclosure looks at it: what its fields say, by name, as far as they are there."""

    version: int
    type: str
    fields: Mapping[str, Any]


def fields_of(links: Iterable[Link], private: Mapping[int, Mapping[str, Plain]]) -> tuple[EventFields, ...]:
    """A record with its private fields, given by version and name."""
    return tuple(
        EventFields(link.version, link.type, {**link.body, **private.get(link.version, {})}) for link in links
    )


def reads_all(role: Role) -> bool:
    """Whether this seat reads every private field."""
    return role in _READ_ALL


def readable_fields(record: Iterable[EventFields], *, role: Role) -> Mapping[int, frozenset[str]]:
    """By version, the names of the private fields that this seat may read."""
    events = tuple(record)
    answered = {str(item.fields.get("id")) for item in events if item.type == "EvidenceAnswered"}
    found = {}
    for item in events:
        names = READERS.get(item.type, {})
        found[item.version] = frozenset(
            # What a later version made private, and this one does not know, is for who reads all.
            item.fields
            if reads_all(role)
            else (name for name in names if _may_read(item, name, role=role, answered=answered))
        )
    return found


def _may_read(item: EventFields, field: str, *, role: Role, answered: set[str]) -> bool:
    readers = READERS[item.type][field]
    if readers is Readers.owner:
        return role not in _PARTIES or item.fields.get("by") == role.value
    if readers is Readers.asked:
        mine = item.fields.get("of") == role.value or str(item.fields.get("id")) in answered
        return role not in _PARTIES or mine
    if readers is Readers.unless_outside:
        return role is not Role.respondent or not of_a_filing(_scope(item.fields.get("deadline")))
    return role in _SEATS[readers]


def _scope(deadline: Any) -> str:
    """The scope of a clock, as a value or a plain one."""
    return str(deadline["scope"] if isinstance(deadline, Mapping) else getattr(deadline, "scope", ""))
