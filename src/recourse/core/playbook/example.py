# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""An Example is one row of a playbook's decision table: a situation that a lawyer can read, and what must follow.

`examples.yaml` is run as tests; an empty field of `expect` is not asserted, so every row states what it is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from recourse.core.playbook.ids import Name, ProblemId
from recourse.core.shape import Pattern
from recourse.core.vocabulary import EvidenceKind, EvidenceState, RemedyKind, RungName

Moment = Annotated[str, Pattern(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00", "2026-09-18T10:00:00+08:00")]
Day = Annotated[str, Pattern(r"\d{4}-\d{2}-\d{2}", "2026-09-18")]
Yuan = Annotated[str, Pattern(r"\d{1,10}\.\d{2}", '"1314.00"')]


@dataclass(frozen=True, slots=True)
class ExampleRecord:
    """The order, card, draw or points record of an example."""

    id: str
    amount: Yuan = ""
    happened_on: Day = ""
    promised_on: Day = ""
    received_on: Day = ""


@dataclass(frozen=True, slots=True)
class ExpectedDate:
    """The dates of one clock: of the case, of the first rung, of another rung (`at`) or of a channel (`channel`)."""

    act: Name
    started: Moment  # the moment that starts the clock in this example
    due_at: Moment
    act_by: Moment = ""  # when it differs from due_at
    nominal_end: Moment = ""
    rung: RungName | None = None  # none: a clock of the case itself
    channel: str = ""  # a channel's id, for the clock of an outside body


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must follow from the situation."""

    problem: ProblemId  # the problem that triage puts first
    missing: tuple[EvidenceKind, ...]  # needed and not there, in the playbook's order
    first_rung: RungName
    remedies: tuple[RemedyKind, ...]  # what the form offers, best fitting first
    dates: tuple[ExpectedDate, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One row of the table."""

    name: Name
    situation: str  # the person's own words, in Chinese
    filed_at: Moment
    record: ExampleRecord
    expect: Expectation
    answers: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[EvidenceKind, EvidenceState] = field(
        default_factory=dict
    )  # what is unnamed is not there


@dataclass(frozen=True, slots=True)
class Examples:
    """The decision table of one playbook."""

    examples: tuple[Example, ...]
