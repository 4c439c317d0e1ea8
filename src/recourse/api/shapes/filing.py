# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A complaint as a program files it: the document of `CASE.yaml`."""

from typing import Annotated

from pydantic import Field

from recourse.api.shapes.case import ReceiptOut
from recourse.api.shapes.deed import ConditionTold, RefusalIn
from recourse.api.shapes.problem import Day, Points, ProblemOut, Sent, Shown, Yuan
from recourse.core.vocabulary import EvidenceKind, EvidenceState, RemedyKind

Short = Annotated[str, Field(max_length=200)]


class ComplainantIn(Sent):
    """Who complains; one of email and phone."""

    name: Annotated[str, Field(max_length=100)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class RespondentIn(Sent):
    """Who must answer, by the name of the shop or organiser."""

    name: Annotated[str, Field(min_length=1, max_length=120)]


class RecordIn(Sent):
    """The order, card, draw or account."""

    id: Annotated[str, Field(max_length=80)] = ""
    title: Short = ""
    line: Annotated[str, Field(max_length=80)] = ""
    amount: Yuan | None = None
    happened_on: Day | None = None
    promised_on: Day | None = None
    received_on: Day | None = None


class DemandIn(Sent):
    """What is asked for."""

    kind: Annotated[RemedyKind, Field(strict=False)]
    amount: Yuan | None = None
    points: Points | None = None


class ComplaintIn(Sent):
    """A complaint. Without problems the first proposal of triage is taken, unconfirmed."""

    platform: Annotated[str, Field(min_length=1, max_length=60)]
    story: Annotated[str, Field(min_length=1, max_length=20_000)]
    complainant: ComplainantIn
    respondent: RespondentIn
    record: Annotated[RecordIn, Field(default_factory=RecordIn)]
    demands: Annotated[list[DemandIn], Field(max_length=20)] = []
    problems: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=20)] = []
    answers: dict[str, Short] = {}
    evidence: dict[
        Annotated[EvidenceKind, Field(strict=False)], Annotated[EvidenceState, Field(strict=False)]
    ] = {}
    conditions: Annotated[list[ConditionTold], Field(max_length=30)] = []
    refusal: RefusalIn | None = None


class FileIn(ComplaintIn):
    """A complaint to be filed. `vouched`: the operator knows that the contact is the complainant's; the case moves on."""

    vouched: bool = False


class RefileIn(ComplaintIn):
    """A closed matter filed again, with its new ground."""

    new_ground: Annotated[str, Field(max_length=5_000)] = ""


class BulkIn(Sent):
    """Many complaints at once."""

    complaints: Annotated[list[FileIn], Field(min_length=1, max_length=50)]


class BulkLine(Shown):
    """What became of one of them: a receipt or problems."""

    index: int
    receipt: ReceiptOut | None
    problems: list[ProblemOut]


class BulkOut(Shown):
    """What became of each, in the order they were sent."""

    filed: int
    refused: int
    results: list[BulkLine]
