# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""An Actor is whoever performs a deed: one value for person, seat and channel."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The seat somebody acts from. `system` is the engine itself, when a clock runs out or a letter arrives."""

    complainant = "complainant"
    respondent = "respondent"
    agent = "agent"
    neutral = "neutral"
    owner = "owner"
    auditor = "auditor"
    system = "system"


# The seats of the operator's own people.
STAFF = frozenset({Role.agent, Role.neutral, Role.owner, Role.auditor})


class Via(StrEnum):
    """The way a deed reached us."""

    portal = "portal"
    desk = "desk"
    api = "api"
    cli = "cli"
    worker = "worker"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: `id` is a random public id (a person, a register contact or a staff member), never a name.

    `through` is the public id of the token of a program that does the deed on that person's behalf.
    """

    id: str
    role: Role
    operator: str
    via: Via
    through: str = ""


def system(operator: str) -> Actor:
    """The engine acting by itself in one operator's house."""
    return Actor(id="system", role=Role.system, operator=operator, via=Via.worker)
