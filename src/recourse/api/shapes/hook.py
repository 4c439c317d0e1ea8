# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Webhooks as they are sent and shown."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from recourse.api.shapes.problem import Moment, Sent, Shown
from recourse.core.case.broadcast import KINDS

Kind = StrEnum("Kind", {item: item for item in KINDS})  # type: ignore[misc]
Kind.__doc__ = "What a program may be told of."
State = Literal["waiting", "delivered", "failed"]


class EndpointIn(Sent):
    """Where to send, and which kinds; none means all."""

    url: Annotated[
        str, Field(min_length=8, max_length=500, pattern=r"^https?://[!-~]+$", description="https")
    ]
    about: Annotated[str, Field(max_length=120)] = ""
    types: Annotated[list[Annotated[Kind, Field(strict=False)]], Field(max_length=40)] = []


class NoBody(Sent):
    """Nothing but the request itself."""


class EndpointOut(Shown):
    """An endpoint. `types` is empty when it is told of everything."""

    id: str
    url: str
    about: str
    types: list[str]
    created_at: Moment
    rotating_until: Moment | None
    ended_at: Moment | None
    ended_because: str | None


class EndpointList(Shown):
    """The operator's endpoints."""

    endpoints: list[EndpointOut]


class SecretOut(Shown):
    """An endpoint's new secret; it is shown this once."""

    endpoint: str
    secret: str


class EndedOut(Shown):
    """The endpoint that is told nothing more."""

    endpoint: str


class SentOut(Shown):
    """The message that is on its way."""

    delivery: str


class TryOut(Shown):
    """One try: the receiver's status, or a word for what went wrong."""

    at: Moment
    status: int | None
    milliseconds: int
    error: str


class DeliveryOut(Shown):
    """One message to one endpoint."""

    id: str
    endpoint: str
    type: str
    number: str | None
    state: State
    created_at: Moment
    next_at: Moment | None
    body: str
    tries: list[TryOut]


class DeliveryPageOut(Shown):
    """A page of the log, newest first; `after` is the cursor of the next page, null on the last."""

    deliveries: list[DeliveryOut]
    after: str | None
