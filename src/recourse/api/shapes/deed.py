# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The bodies of deeds: what each of them needs to know."""

from typing import Annotated, Any, Literal

from pydantic import Field

from recourse.api.shapes.problem import Day, Points, Sent, Yuan, whole
from recourse.core.condition import Announced
from recourse.core.deadline.suspension import SuspensionCause
from recourse.core.filing import FilingState
from recourse.core.screen import ScreenField
from recourse.core.vocabulary import (
    AnswerKind,
    AttemptResult,
    EvidenceKind,
    EvidenceState,
    RemedyKind,
    RungName,
)

Id = Annotated[str, Field(min_length=1, max_length=40)]
Line = Annotated[str, Field(max_length=200)]
Prose = Annotated[str, Field(max_length=5_000)]
LongProse = Annotated[str, Field(max_length=20_000)]
When = Annotated[
    str,
    Field(
        max_length=40,
        json_schema_extra={"format": "date-time"},
        description="RFC 3339; without an offset China time is meant",
    ),
]
More = Annotated[
    str, Field(max_length=1_000, description="where the words only hold off: why they are more than that")
]
No: Any = whole(1, 100_000)
ExhibitNo: Any = whole(0, 100_000)
Exhibits = Annotated[list[No], Field(max_length=100)]
Place: Any = whole(0, 50)
Thousandth: Any = whole(0, 1000)
Kind = Annotated[EvidenceKind, Field(strict=False)]


class Nothing(Sent):
    """Nothing but the deed itself."""


class ProblemsIn(Sent):
    """What the complaint is about; the first one leads."""

    problems: Annotated[list[Line], Field(min_length=1, max_length=20)]


class TermIn(Sent):
    """A remedy that is proposed or granted."""

    kind: Annotated[RemedyKind, Field(strict=False)]
    amount: Yuan | None = None
    points: Points | None = None
    within: Annotated[
        str, Field(max_length=20, description="a length such as 7d; empty as the playbook says")
    ] = ""


class AnswerIn(Sent):
    """What the respondent says. Holding is silence: it stops no clock."""

    kind: Annotated[AnswerKind, Field(strict=False)]
    text: Prose
    promised_at: When | None = None
    more: More = ""


class OfferIn(Sent):
    """Terms; against an open offer of the other side they are a counter-offer."""

    terms: Annotated[list[TermIn], Field(min_length=1, max_length=20)]
    text: Prose = ""


class OfferRef(Sent):
    """The offer that is meant."""

    offer: Id


class TextIn(Sent):
    """A text."""

    text: Annotated[str, Field(min_length=1, max_length=5_000)]


class StatesIn(Sent):
    """Of each wanted item: have, have_not, other_side."""

    states: dict[Kind, Annotated[EvidenceState, Field(strict=False)]]


class AnswersIn(Sent):
    """Answers to questions of the playbook that were left open, by key."""

    answers: Annotated[dict[str, Annotated[str, Field(max_length=200)]], Field(min_length=1, max_length=50)]


class ConditionTold(Sent):
    """An announced condition of a win, and its proof."""

    text: Annotated[str, Field(min_length=1, max_length=500)]
    state: Annotated[EvidenceState | None, Field(strict=False)] = None
    met_on: Day | None = None
    proof: Annotated[str, Field(max_length=500)] = ""
    announced: Annotated[Announced, Field(strict=False)] = Announced.before


class ConditionIn(ConditionTold):
    """A condition of a case that is there: its proof may be among the exhibits."""

    exhibits: Exhibits = []


class RefusalIn(Sent):
    """The refusal in its own words."""

    words: Annotated[str, Field(min_length=1, max_length=2_000)]
    said_on: Day | None = None


class ConditionsIn(Sent):
    """The whole table of announced conditions, with the refusal beside it; it takes the place of the one before."""

    conditions: Annotated[list[ConditionIn], Field(max_length=30)]
    refusal: RefusalIn | None = None


class AccountIn(Sent):
    """An account as a picture shows it, to be compared with others."""

    seen_in: Annotated[str, Field(min_length=1, max_length=200)]
    display_name: Annotated[str, Field(min_length=1, max_length=100)]
    account_id: Annotated[str, Field(max_length=100)] = ""
    exhibit: ExhibitNo = 0


class AccountRef(Sent):
    """The row of the accounts that is meant."""

    account: Id


class RequestIn(Sent):
    """Ask one side for evidence, with a clock."""

    of: Literal["complainant", "respondent"]
    kind: Kind
    text: Prose


class RequestAnswer(Sent):
    """Answer a request: with exhibits already handed in, or with why there is none."""

    request: Id
    exhibits: Exhibits = []
    answer: Prose = ""


class CaptureIn(Sent):
    """A picture to come back for."""

    kind: Kind
    due_at: When
    text: Annotated[str, Field(max_length=500)] = ""


class ContactIn(Sent):
    """One attempt to reach somebody."""

    at: When
    channel: Annotated[str, Field(min_length=1, max_length=100)]
    result: Annotated[AttemptResult, Field(strict=False)]
    agent_no: Annotated[str, Field(max_length=50)] = ""
    answer: Prose = ""
    exhibits: Exhibits = []
    more: More = ""


class PointIn(Sent):
    """A row of what is in dispute."""

    about: Annotated[str, Field(min_length=1, max_length=5_000)]
    complainant_says: Prose = ""
    respondent_says: Prose = ""
    exhibits: Exhibits = []
    agreed: bool = False


class PointsIn(Sent):
    """The whole table; it takes the place of the one before."""

    points: Annotated[list[PointIn], Field(max_length=60)]


class EscalateIn(Sent):
    """On to the next rung, or to the optional one named."""

    rung: Annotated[RungName, Field(strict=False)] | None = None
    gate_confirmed: bool = False
    why: Prose = ""


class ExtendIn(Sent):
    """More time, once."""

    deadline: Id
    length: Annotated[str, Field(min_length=2, max_length=10, description="24h 3d 7wd …")]
    reason: Annotated[str, Field(min_length=1, max_length=5_000)]


class SuspendIn(Sent):
    """A span left out of a count."""

    deadline: Id
    until: When
    reason: Prose = ""
    cause: Annotated[SuspensionCause, Field(strict=False)] = SuspensionCause.other


class DecisionIn(Sent):
    """Facts, reasons, what is granted, the articles it stands on, and the next door."""

    facts: Annotated[str, Field(min_length=1, max_length=20_000)]
    reasons: Annotated[str, Field(min_length=1, max_length=20_000)]
    terms: Annotated[list[TermIn], Field(max_length=20)] = []
    grounds: Annotated[list[Id], Field(max_length=40)]
    next_recourse: Annotated[RungName, Field(strict=False)]


class AppealIn(Sent):
    """Why."""

    reasons: Annotated[str, Field(min_length=1, max_length=20_000)]


class ReasonIn(Sent):
    """Why."""

    reason: Annotated[str, Field(min_length=1, max_length=5_000)]


class StepIn(Sent):
    """A step of a remedy that was done, with its proof."""

    remedy: Id
    index: Place
    note: Prose = ""
    exhibits: Exhibits = []


class RemedyRef(Sent):
    """The remedy that is meant."""

    remedy: Id


class DisputeIn(Sent):
    """It did not arrive, or is not what was promised."""

    remedy: Id
    reason: Literal["not_received", "wrong_thing"]
    text: Prose = ""


class FilingIn(Sent):
    """A complaint that the person filed at an outside door."""

    channel: Annotated[str, Field(min_length=1, max_length=80)]
    filed_at: When
    receipt_no: Annotated[str, Field(max_length=100)] = ""
    warned: bool = False
    target: Annotated[
        str, Field(max_length=60, description="where a door takes complaints against several")
    ] = ""


class FilingUpdate(Sent):
    """What the outside body said."""

    filing: Id
    state: Annotated[FilingState, Field(strict=False)]
    receipt_no: Annotated[str, Field(max_length=100)] = ""
    answer: Prose = ""
    more: More = ""


class ExhibitRef(Sent):
    """The exhibit that is meant."""

    no: No


class RegionIn(Sent):
    """A rectangle in thousandths of the picture. `page` counts from 1; 0 is a picture by itself."""

    page: Place = 0
    left: Thousandth
    top: Thousandth
    right: Thousandth
    bottom: Thousandth


class MasksIn(Sent):
    """What is black in an exhibit for the other side, all of it; an empty list shows everything."""

    no: No
    regions: Annotated[list[RegionIn], Field(max_length=200)]


class WordsIn(Sent):
    """Whether the other side reads a text in full: `story`, `message:0`, `reply:0`, `offer:o1`, `exhibit:1`, `file:1`."""

    where: Id
    shown: bool


class ReadingIn(Sent):
    """What an exhibit shows, as a person confirms it."""

    no: No
    values: dict[Annotated[ScreenField, Field(strict=False)], Line]


class AssignIn(Sent):
    """The colleague who takes the case, by id."""

    agent: Id


class EraseIn(Sent):
    """The case's own number, to make sure: this cannot be undone."""

    number: Annotated[str, Field(max_length=40)]
