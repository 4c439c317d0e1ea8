# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The whole file of a case: everything a page shows of it, as the reader's seat may see it."""

from recourse.api.shapes.case import CaseOut, Demand
from recourse.api.shapes.problem import Day, Moment, Shown, Words, Yuan
from recourse.core.offer import OfferState
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceKind,
    EvidenceState,
    Party,
    RemedyKind,
    RemedyState,
    RungName,
    SubjectKind,
)


class SubjectOut(Shown):
    """The order, card, draw or account that the complaint is about."""

    kind: SubjectKind
    id: str
    line: str
    title: str
    amount: Yuan | None
    happened_on: Day | None
    promised_on: Day | None
    received_on: Day | None
    proven: bool


class ComplainantOut(Shown):
    """Who complains; the other side sees a masked name and no contact."""

    id: str | None
    name: str
    contact: str
    proven_at: Moment | None


class RespondentOut(Shown):
    """Who must answer; `id` is its entry in the register."""

    id: str | None
    name: str
    accepts_defaults: bool


class TermOut(Shown):
    """A promised or ordered remedy."""

    kind: RemedyKind
    amount: Yuan | None
    within: str
    points: int | None


class NoticeOut(Shown):
    """The notice of a rung."""

    rung: RungName
    ordered_at: Moment
    served_at: Moment | None
    bounced: bool


class AnswerOut(Shown):
    """What the respondent said; a holding reply stops no clock."""

    kind: AnswerKind
    text: str
    at: Moment
    rung: RungName
    promised_at: Moment | None
    late: bool


class OfferOut(Shown):
    """A proposal."""

    id: str
    by: Party
    terms: list[TermOut]
    text: str
    made_at: Moment
    state: OfferState
    answers: str


class MessageOut(Shown):
    """A message that both sides read."""

    by: Party
    text: str
    at: Moment


class RequestOut(Shown):
    """Evidence that was asked for."""

    id: str
    of: Party
    kind: EvidenceKind
    text: str
    asked_at: Moment
    answered_at: Moment | None
    exhibits: list[int]
    answer: str


class ContactOut(Shown):
    """An attempt to reach somebody."""

    at: Moment
    channel: str
    result: AttemptResult
    agent_no: str
    answer: str
    exhibits: list[int]


class CaptureOut(Shown):
    """A picture to come back for."""

    id: str
    kind: EvidenceKind
    due_at: Moment
    text: str
    done_by: int | None


class PointOut(Shown):
    """A row of what is in dispute."""

    id: str
    about: str
    complainant_says: str
    respondent_says: str
    exhibits: list[int]
    agreed: bool


class NoteOut(Shown):
    """An internal note."""

    by: str
    text: str
    at: Moment


class DecisionOut(Shown):
    """A decision with its reasons."""

    id: str
    by: str | None
    at: Moment
    facts: str
    reasons: str
    terms: list[TermOut]
    grounds: list[str]
    next_recourse: str
    by_default: bool
    final: bool


class AppealOut(Shown):
    """The one appeal."""

    by: Party
    reasons: str
    at: Moment


class StepOut(Shown):
    """A step of a remedy."""

    act: str
    who: Party
    text: Words
    done_at: Moment | None
    note: str
    exhibits: list[int]


class RemedyFile(Shown):
    """A remedy with its steps."""

    id: str
    kind: RemedyKind
    amount: Yuan | None
    points: int | None
    state: RemedyState
    basis: str
    part: int
    objection: str
    steps: list[StepOut]


class ExhibitName(Shown):
    """What a file is called and what it shows, in its owner's words."""

    no: int
    by: Party
    name: str
    note: str


class LineOut(Shown):
    """A line of the record."""

    at: Moment
    who: Words
    title: Words
    body: str
    version: int


class FileOut(Shown):
    """The whole file. `allowed` names the commands that seat and stage permit now."""

    case: CaseOut
    head: str
    seat: str
    allowed: list[str]
    filed_at: Moment
    refiled_from: str | None
    agent: str | None
    severity: str
    story: str
    subject: SubjectOut
    complainant: ComplainantOut
    respondent: RespondentOut
    answers_given: dict[str, str]
    evidence: dict[str, EvidenceState]
    claims: list[Demand]
    notices: list[NoticeOut]
    replies: list[AnswerOut]
    offers: list[OfferOut]
    messages: list[MessageOut]
    requests: list[RequestOut]
    contacts: list[ContactOut]
    captures: list[CaptureOut]
    points: list[PointOut]
    notes: list[NoteOut]
    decisions: list[DecisionOut]
    appeal: AppealOut | None
    remedies: list[RemedyFile]
    exhibits: list[ExhibitName]
    checks: dict[str, bool]
    record: list[LineOut]
