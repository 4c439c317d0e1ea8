# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a case is at one moment: the value that `evolve` builds and `decide` reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from recourse.core.account import ShownAccount
from recourse.core.claim import Claim, Term
from recourse.core.condition import Condition, Refusal
from recourse.core.contact import ContactAttempt
from recourse.core.deadline.deadline import Deadline
from recourse.core.deadline.service import ServiceHours
from recourse.core.evidence import CaptureTask, Exhibit
from recourse.core.filing import Filing
from recourse.core.offer import Offer, OfferState
from recourse.core.remedy import OPEN_STATES, Remedy
from recourse.core.repeat import ToldRepeat
from recourse.core.subject import Subject
from recourse.core.text import Text
from recourse.core.vocabulary import (
    AnswerKind,
    EvidenceKind,
    EvidenceState,
    Outcome,
    Party,
    RemedyState,
    RungName,
    Stage,
)


@dataclass(frozen=True, slots=True)
class Complainant:
    """Who complains. Name and contact are private; `proven_at` is set once the contact answered with its code."""

    id: str
    name: str
    contact: str
    proven_at: datetime | None = None
    represented_by: str = ""  # the agent who typed it in on a call


@dataclass(frozen=True, slots=True)
class Respondent:
    """Who must answer. `registered` is the id of its entry in the operator's register, or empty: then nobody is served.

    `accepts_defaults` says that the register holds a rule which the respondent accepted and under which silence
    can decide; without it silence only moves the case on.
    """

    name: str
    registered: str = ""
    accepts_defaults: bool = False


@dataclass(frozen=True, slots=True)
class ProblemRef:
    """One problem of the playbook that this case is about; the first of the case's list leads."""

    id: str
    key: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice to the respondent at one rung: ordered, then served or returned, contact by contact."""

    rung: RungName
    ordered_at: datetime
    contact: str
    served_at: datetime | None = None
    bounced: tuple[str, ...] = ()

    @property
    def on_its_way(self) -> bool:
        """Neither served nor returned yet."""
        return self.served_at is None and not self.bounced


@dataclass(frozen=True, slots=True)
class Answer:
    """What the respondent said to the claims. A holding reply is kept and shown, but it is silence."""

    kind: AnswerKind
    text: str
    at: datetime
    rung: RungName
    promised_at: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One message between the parties, or from the operator to both."""

    by: Party
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing of the case may be erased, who said so, and since when."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note: seen by the operator's own people alone."""

    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """The operator asks one side for one kind of evidence, with a clock."""

    id: str
    of: Party
    kind: EvidenceKind
    text: str
    asked_at: datetime
    answered_at: datetime | None = None
    exhibits: tuple[int, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One row of 争议焦点: what each side says, the exhibits that bear on it, and whether it is agreed."""

    id: str
    about: str
    complainant_says: str
    respondent_says: str
    exhibits: tuple[int, ...]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A neutral's decision: facts, reasons, the rules it stands on, what is granted, and where to go next."""

    id: str
    by: str
    at: datetime
    facts: str
    reasons: str
    terms: tuple[Term, ...]
    rulebook: str
    grounds: tuple[str, ...]
    next_recourse: str
    by_default: bool = False
    final: bool = False
    overtaken: bool = False  # an appeal, a reopening or a further step took its place before it was final

    @property
    def facts_said(self) -> Text:
        """The facts in each language that they were sealed in."""
        return self._said(self.facts)

    @property
    def reasons_said(self) -> Text:
        """The reasons in each language that they were sealed in."""
        return self._said(self.reasons)

    def _said(self, words: str) -> Text:
        # A default is sealed as one line of Chinese and one of English; a neutral writes in one language.
        zh, _line, en = words.partition("\n")
        return Text(zh, en) if self.by_default and en and "\n" not in en else Text(words, words)


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal against a decision, to another person; there is one only."""

    by: Party
    reasons: str
    at: datetime
    neutral: str = ""


@dataclass(frozen=True)  # no slots: copied for every event, see `values.replace`
class Case:
    """One complaint's whole file. Tuples keep the order of the events that filled them."""

    id: str
    number: str
    operator: str
    platform: str
    rulebook: str
    playbook_version: str
    filed_at: datetime
    complainant: Complainant
    respondent: Respondent
    subject: Subject
    story: str
    problems: tuple[ProblemRef, ...]
    claims: tuple[Claim, ...]
    answers_given: Mapping[str, str]
    evidence: Mapping[EvidenceKind, EvidenceState]
    operated: tuple[RungName, ...]  # the rungs that the operator operated on the day of filing
    service: ServiceHours | None = None  # the operator's service hours on that day
    version: int = 0
    stage: Stage = Stage.received
    outcome: Outcome | None = None
    closed_because: str = ""
    rung: RungName | None = None
    rung_outside: bool = False
    rungs_passed: tuple[RungName, ...] = ()
    agent: str = ""
    severity: str = ""
    checks: Mapping[str, bool] | None = None
    settled_at: datetime | None = None
    decision_accepted: frozenset[Party] = frozenset()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Notice, ...] = ()
    replies: tuple[Answer, ...] = ()
    offers: tuple[Offer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    appeal: Appeal | None = None
    remedies: tuple[Remedy, ...] = ()
    filings: tuple[Filing, ...] = ()
    contacts: tuple[ContactAttempt, ...] = ()
    captures: tuple[CaptureTask, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    requests: tuple[EvidenceRequest, ...] = ()
    points: tuple[Point, ...] = ()
    conditions: tuple[Condition, ...] = ()
    refusal: Refusal | None = None  # as the complainant quotes it, beside the conditions
    accounts: tuple[ShownAccount, ...] = ()
    repeats: tuple[ToldRepeat, ...] = ()  # seen by the operator's people and the respondent alone
    messages: tuple[Message, ...] = ()
    notes: tuple[Note, ...] = ()
    refiled_from: str = ""
    refilings: int = 0  # how many filings came before this one
    new_ground: str = ""
    reopened: int = 0
    hold: Hold | None = None
    erase_at: datetime | None = None  # announced by the retention schedule
    erased: bool = False

    @property
    def closed(self) -> bool:
        """Whether the file is closed; a closed case may still be reopened by a late answer with cause."""
        return self.stage is Stage.closed

    @property
    def open_offer(self) -> Offer | None:
        """The one offer on the table, if any."""
        return next(
            (offer for offer in reversed(self.offers) if offer.state is OfferState.open),
            None,
        )

    @property
    def open_remedies(self) -> tuple[Remedy, ...]:
        """The remedies that still bind somebody."""
        return tuple(remedy for remedy in self.remedies if remedy.state in OPEN_STATES)

    @property
    def decision(self) -> Decision | None:
        """The latest decision, or None."""
        return self.decisions[-1] if self.decisions else None

    @property
    def pending_decision(self) -> Decision | None:
        """The decision that waits for an appeal or for its time to pass, or None."""
        latest = self.decision
        return latest if latest is not None and not latest.final and not latest.overtaken else None

    @property
    def resolved(self) -> bool:
        """Closed, and the complainant confirmed everything that was still owed; nothing less counts."""
        if not self.closed:
            return False
        latest = {remedy.group: remedy for remedy in self.remedies}
        confirmed = bool(latest) and all(r.state is RemedyState.confirmed for r in latest.values())
        return confirmed or self.closed_because == "solved_outside"

    def served(self, rung: RungName) -> bool:
        """Whether the notice of this rung reached the respondent's registered contact."""
        return any(notice.rung is rung and notice.served_at is not None for notice in self.notices)
