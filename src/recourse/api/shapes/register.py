# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The register as it is sent and shown."""

from typing import Annotated

from pydantic import Field

from recourse.api.shapes.problem import Sent, Shown

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
