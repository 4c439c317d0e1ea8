# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The register as it is sent and shown."""

from typing import Annotated, Literal

from pydantic import Field

from recourse.api.shapes.problem import Day, Moment, Sent, Shown, Yuan
from recourse.core.vocabulary import SubjectKind

Name = Annotated[str, Field(min_length=1, max_length=120)]


class MerchantIn(Sent):
    """A respondent: the names it trades under, how its order numbers begin, the contacts that notices reach."""

    name: Name
    legal_name: Annotated[str, Field(max_length=200)] = ""
    credit_code: Annotated[str, Field(pattern="^([0-9A-HJ-NPQRTUWXY]{18}|)$")] = ""
    accepts_defaults: bool = False
    shops: Annotated[list[Name], Field(max_length=50)] = []
    order_prefixes: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=50)
    ] = []
    contacts: Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=20)] = []


class RegisterIn(Sent):
    """Respondents of one platform; who is known is brought up to date."""

    platform: Annotated[str, Field(min_length=1, max_length=60)]
    merchants: Annotated[list[MerchantIn], Field(min_length=1, max_length=500)]


class RegisteredOut(Shown):
    """A respondent's id by its name."""

    name: str
    id: str


class RegisterOut(Shown):
    """The respondents that were taken in."""

    merchants: list[RegisteredOut]


class RecordPushed(Sent):
    """A record of the operator's own. What it says stands above what a person types."""

    id: Annotated[str, Field(min_length=1, max_length=80)]
    respondent: Annotated[str, Field(max_length=40, description="an id of the register")] = ""
    title: Annotated[str, Field(max_length=200)] = ""
    amount: Yuan | None = None
    refunded: Yuan | None = None
    happened_on: Day | None = None
    promised_on: Day | None = None
    received_on: Day | None = None
    status: Annotated[dict[str, Annotated[str, Field(max_length=200)]], Field(max_length=20)] = {}


class RecordsIn(Sent):
    """Records of one kind on one platform; one that is known is brought up to date."""

    platform: Annotated[str, Field(min_length=1, max_length=60)]
    kind: Annotated[SubjectKind, Field(strict=False)]
    records: Annotated[list[RecordPushed], Field(min_length=1, max_length=1000)]


class RecordsOut(Shown):
    """How many were taken in."""

    taken: int


class HandOverIn(Sent):
    """A link for a colleague: to one case, or with no number to all of the respondent's."""

    number: Annotated[str, Field(max_length=24)] = ""
    days: Literal[1, 3, 14]


class HandOverMade(Shown):
    """The new link; its word is shown this once."""

    address: str


class HandOverUseOut(Shown):
    """What was done through a link."""

    at: Moment
    what: str


class HandOverOut(Shown):
    """A link as its giver sees it."""

    id: str
    number: str | None
    created_at: Moment
    expires_at: Moment
    revoked_at: Moment | None
    uses: list[HandOverUseOut]


class HandOverList(Shown):
    """All links of the respondent, newest first."""

    links: list[HandOverOut]


class RevokedOut(Shown):
    """The link that is dead now."""

    id: str


class CountsOut(Shown):
    """Open cases, each counted up to the ceiling: in nobody's hands, in this seat's, due before midnight, past their date."""

    unassigned: int
    mine: int
    due_today: int
    overdue: int
    ceiling: int


class ColleagueOut(Shown):
    """One of the operator's people."""

    id: str
    name: str
    role: str


class ColleagueList(Shown):
    """The operator's active people."""

    colleagues: list[ColleagueOut]


class TokenOut(Shown):
    """The token that asks: what it may do, and until when."""

    id: str
    operator: str
    name: str
    seat: str | None
    scopes: list[str]
    expires_at: str
