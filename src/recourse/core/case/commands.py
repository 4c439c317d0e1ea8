# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every request that can be put to a case, in the imperative. A command is parsed at the edge and judged here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from recourse.core.calendar import Calendar
from recourse.core.case.state import Point
from recourse.core.claim import Claim, Term
from recourse.core.condition import Condition, Refusal
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import FilingState
from recourse.core.subject import Subject
from recourse.core.vocabulary import AnswerKind, AttemptResult, EvidenceKind, EvidenceState, Party, RungName


@dataclass(frozen=True, slots=True)
class FileComplaint:
    """Hand in a complaint. `id`, `number` and `complainant_id` are random and made at the edge."""

    id: str
    number: str
    complainant_id: str
    complainant_name: str
    contact: str
    respondent_name: str
    respondent_registered: str
    accepts_defaults: bool
    subject: Subject
    story: str
    problems: tuple[str, ...]  # ids of the playbook's problems, leading first; empty takes none
    confirmed: bool
    claims: tuple[Claim, ...]
    answers_given: Mapping[str, str]
    evidence: Mapping[EvidenceKind, EvidenceState]
    operated: tuple[RungName, ...]
    rulebook: str
    service: ServiceHours | None = None
    by_phone: bool = False
    refiled_from: str = ""
    refilings: int = 0
    new_ground: str = ""
    new_evidence: bool = False
    conditions: tuple[Condition, ...] = ()
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ProveContact:
    """The contact answered with its code, or an agent vouches for the caller."""

    method: str


@dataclass(frozen=True, slots=True)
class ConfirmProblems:
    """Say what the complaint is about; the first problem leads."""

    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordServed:
    """The notice to this registered contact was accepted for delivery; without a rung every notice on its way to it was."""

    contact: str
    rung: RungName | None = None


@dataclass(frozen=True, slots=True)
class RecordBounce:
    """The notice to this registered contact came back."""

    contact: str
    reason: str
    rung: RungName | None = None


@dataclass(frozen=True, slots=True)
class AssignCase:
    """Put the case into the hands of this agent or neutral."""

    agent: str


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """The respondent answers: admission, refusal with its reason, promise with a date, or a holding reply."""

    kind: AnswerKind
    text: str
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Propose terms; with an open offer of the other side this is a counter-offer."""

    terms: tuple[Term, ...]
    text: str


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Accept the offer on the table."""

    offer: str


@dataclass(frozen=True, slots=True)
class RefuseOffer:
    """Refuse the offer on the table."""

    offer: str


@dataclass(frozen=True, slots=True)
class TakeBackOffer:
    """Take one's own open offer back."""

    offer: str


@dataclass(frozen=True, slots=True)
class PostMessage:
    """Write a message that both sides read."""

    text: str


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write an internal note."""

    text: str


@dataclass(frozen=True, slots=True)
class AddExhibit:
    """Hand over a file that is already sealed in the store."""

    kind: EvidenceKind
    blob: str
    size: int
    media_type: str
    digest: str
    name: str
    note: str = ""
    capture: str = ""  # the capture task it fulfils
    request: str = ""  # the evidence request it answers
    own: bool = False  # the operator's own proof; else its people hand it in for the complainant
    still_of: int = 0  # the recording it is a still of, by number
    second: int = 0  # where in that recording
    sm3: str = ""  # a second digest of the bytes, where the installation makes one


@dataclass(frozen=True, slots=True)
class WithdrawExhibit:
    """No longer rely on an exhibit."""

    no: int


@dataclass(frozen=True, slots=True)
class StateEvidence:
    """Say of evidence items: have, have not, the other side holds it."""

    states: Mapping[EvidenceKind, EvidenceState]


@dataclass(frozen=True, slots=True)
class AnswerQuestions:
    """Answer questions of the playbook that were left open at filing: by key, as an option's key."""

    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SetConditions:
    """Draw up the table of announced conditions anew, with the refusal beside it."""

    conditions: tuple[Condition, ...]
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ShowAccount:
    """Add an account as a picture shows it, to be compared with others."""

    seen_in: str
    display_name: str
    account_id: str = ""
    exhibit: int = 0


@dataclass(frozen=True, slots=True)
class TakeOutAccount:
    """No longer rely on one's own row of the shown accounts."""

    account: str


@dataclass(frozen=True, slots=True)
class AskForEvidence:
    """Ask one side for evidence, with a clock."""

    of: Party
    kind: EvidenceKind
    text: str


@dataclass(frozen=True, slots=True)
class AnswerEvidenceRequest:
    """Answer a request: with exhibits already handed over, or with why there is none."""

    request: str
    exhibits: tuple[int, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class SetCapture:
    """Set a picture to come back for."""

    kind: EvidenceKind
    due_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class LogContact:
    """Log one attempt to reach somebody."""

    at: datetime
    channel: str
    result: AttemptResult
    agent_no: str = ""
    answer: str = ""
    exhibits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SetPoints:
    """Draw up the table of what is in dispute."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class EscalateCase:
    """Move to the next rung, or to the named optional one. `gate_confirmed` answers that rung's conditions."""

    rung: RungName | None = None
    gate_confirmed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class ExtendDeadline:
    """Give more time, once, with a reason."""

    deadline: str
    length: str
    reason: str


@dataclass(frozen=True, slots=True)
class SuspendDeadline:
    """Stop a clock until a moment; it resumes by itself. Testing says itself why, every other cause needs its reason."""

    deadline: str
    until: datetime
    reason: str
    cause: SuspensionCause = SuspensionCause.other


@dataclass(frozen=True, slots=True)
class ReviseDeadlines:
    """Recompute running clocks with a newer calendar. Never shortens a right already announced."""

    calendar: Calendar


@dataclass(frozen=True, slots=True)
class RunDeadlines:
    """Carry out what follows from every clock that has run out by now."""


@dataclass(frozen=True, slots=True)
class DecideCase:
    """Decide the claims: facts, reasons, what is granted, on which grounds, and where to go next."""

    facts: str
    reasons: str
    terms: tuple[Term, ...]
    grounds: tuple[str, ...]
    next_recourse: str = ""


@dataclass(frozen=True, slots=True)
class AppealDecision:
    """Appeal once, to another person."""

    reasons: str


@dataclass(frozen=True, slots=True)
class AcceptDecision:
    """Say that one will not appeal. When both have said so the decision is final."""


@dataclass(frozen=True, slots=True)
class PerformStep:
    """Report a step of a remedy done, with proof."""

    remedy: str
    index: int
    note: str
    exhibits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmRemedy:
    """Confirm that the remedy arrived and is right."""

    remedy: str


@dataclass(frozen=True, slots=True)
class DisputeRemedy:
    """Say that it did not arrive (`not_received`) or is not what was promised (`wrong_thing`)."""

    remedy: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenFiling:
    """Record that one filed at an outside door."""

    channel: str
    filed_at: datetime
    receipt_no: str = ""
    warned: bool = False  # the person saw that two official bodies bar each other
    target: str = ""  # key of the channel's target, where it has several


@dataclass(frozen=True, slots=True)
class UpdateFiling:
    """Record what the outside body said."""

    filing: str
    state: FilingState
    receipt_no: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    """Take the complaint back."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """Open a file again, with a cause."""

    reason: str
