# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A case as it is shown: the fixed document of `recourse case --json`, and lines of lists."""

from recourse.api.shapes.problem import Day, Moment, Shown, Words, Yuan
from recourse.core.condition import Announced
from recourse.core.deadline.deadline import DeadlineState
from recourse.core.deadline.regime import Regime
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import FilingState
from recourse.core.vocabulary import (
    EvidenceKind,
    EvidenceState,
    OnMiss,
    Outcome,
    Party,
    ProblemKey,
    RemedyKind,
    RemedyState,
    RungName,
    Stage,
    StartsWhen,
)


class PlaybookRef(Shown):
    """The rules frozen into the case."""

    version: str
    digest: str


class ProblemRefOut(Shown):
    """What the case is about."""

    key: ProblemKey
    id: str
    confirmed: bool


class MissingEvidence(Shown):
    """A wanted item that nobody handed in: have_not, other_side, or unknown."""

    kind: EvidenceKind
    state: str


class Demand(Shown):
    """What is asked for."""

    kind: RemedyKind
    amount: Yuan | None
    points: int | None


class RemedyOut(Shown):
    """What is owed, and where it is."""

    kind: RemedyKind
    amount: Yuan | None
    points: int | None
    state: RemedyState


class BasisOut(Shown):
    """Where a clock comes from: one of law, source and playbook."""

    law: str | None = None
    source: str | None = None
    playbook: str | None = None
    note: Words | None = None


class SuspensionOut(Shown):
    """A span left out of a count."""

    since: Moment
    until: Moment | None
    cause: SuspensionCause


class DeadlineOut(Shown):
    """One clock with basis and arithmetic. Until it starts its dates are null."""

    id: str
    act: str
    who: Party
    scope: str
    state: DeadlineState
    starts_when: StartsWhen
    started_by: str | None
    length: int
    unit: str
    regime: Regime
    basis: BasisOut
    nominal_end: Moment | None
    act_by: Moment | None
    due_at: Moment | None
    counted: list[str]
    calendar_version: str | None
    provisional: bool
    suspensions: list[SuspensionOut]
    on_miss: OnMiss
    why: list[Words]


class NextStepOut(Shown):
    """Whose move it is."""

    who: Party
    zh: str
    en: str
    by: Moment | None


class ExhibitOut(Shown):
    """A file of the case. The digest is that of the bytes as they were handed over."""

    no: int
    kind: EvidenceKind
    digest: str
    size: int
    media_type: str
    received_at: Moment
    withdrawn: bool


class FilingOut(Shown):
    """A complaint at an outside door."""

    id: str
    channel: str
    state: FilingState
    receipt_no: str
    filed_at: Moment
    answer: str
    target: str | None


class ConditionOut(Shown):
    """An announced condition of a win, and what is said of its proof."""

    text: str
    state: EvidenceState | None
    met_on: Day | None
    proof: str
    exhibits: list[int]
    announced: Announced


class RefusalOut(Shown):
    """The refusal in its own words."""

    words: str
    said_on: Day | None


class CaseOut(Shown):
    """A case as the reader's seat may see it."""

    number: str
    operator: str
    platform: str
    playbook: PlaybookRef
    problem: ProblemRefOut | None
    problems: list[ProblemRefOut]
    stage: Stage
    rung: RungName | None
    rung_outside: bool
    outcome: Outcome | None
    version: int
    missing_evidence: list[MissingEvidence]
    claims: list[Demand]
    remedies: list[RemedyOut]
    deadlines: list[DeadlineOut]
    next_step: NextStepOut
    exhibits: list[ExhibitOut]
    filings: list[FilingOut]
    conditions: list[ConditionOut]
    refusal: RefusalOut | None


class CaseLine(Shown):
    """A case in a list."""

    number: str
    platform: Words
    problem: Words
    title: str
    complainant: str
    respondent: str
    stage: Stage
    rung: Words
    outside: bool
    outcome: Outcome | None
    severity: str
    whose_move: Party | None
    next_at: Moment | None
    filed_at: Moment
    amount: Yuan | None
    agent: str | None


class CasePage(Shown):
    """A page of a list; `after` is the cursor of the next page, null on the last."""

    cases: list[CaseLine]
    after: str | None


class ReceiptOut(Shown):
    """What a deed left behind: the case's number, its version, and the head of its chain."""

    number: str
    version: int
    head: str
