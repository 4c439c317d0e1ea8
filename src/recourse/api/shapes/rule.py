# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Rules as they are shown: platforms, law, counts, triage, letters."""

from typing import Annotated, Any

from pydantic import Field

from recourse.api.shapes.problem import Moment, Sent, Shown, Words, Yuan
from recourse.core.vocabulary import EvidenceKind, ProblemKey


class LetterOut(Shown):
    """A letter, filled."""

    key: str
    subject: Words
    body: Words
    missing: list[str]


class PlatformLine(Shown):
    """A platform that has a playbook."""

    key: str
    name: Words


class PlatformList(Shown):
    """All of them."""

    platforms: list[PlatformLine]


class PlaybookOut(Shown):
    """A playbook whole, in the shape of schemas/playbook.schema.json, with the digest it is frozen under today."""

    digest: str
    playbook: dict[str, Any]


class ArticleOut(Shown):
    """A version of an article."""

    id: str
    instrument: Words
    order: str | None
    number: str
    quote: str
    gloss: Words
    effective_from: str | None
    repealed_on: str | None
    status: str
    mark: str
    verified: bool
    source: str
    note: Words | None


class LawOut(ArticleOut):
    """The version that governs an act of a day, and the others."""

    on: str
    in_force: bool
    other_versions: list[ArticleOut]


class CountOut(Shown):
    """A period, counted."""

    nominal_end: Moment
    act_by: Moment
    due_at: Moment
    counted: list[str]
    calendar_version: str
    provisional: bool
    why: list[Words]


class TriageIn(Sent):
    """A story."""

    platform: Annotated[str, Field(min_length=1, max_length=60)]
    story: Annotated[str, Field(min_length=1, max_length=20_000)]


class SpanOut(Shown):
    """Words of the story, and where they stand."""

    text: str
    start: int
    end: int


class ProposalOut(Shown):
    """A problem that the story tells, by which of its words."""

    key: ProblemKey
    id: str
    score: int
    phrases: list[str]
    spans: list[SpanOut]
    answers: list[str]


class TriageOut(Shown):
    """What a story tells: problems with the highest score first, sums and days."""

    proposals: list[ProposalOut]
    missing_evidence: list[EvidenceKind]
    amount: Yuan | None
    amounts: list[dict[str, Any]]
    dates: list[str]
    date_phrases: list[dict[str, Any]]
