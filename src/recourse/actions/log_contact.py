# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Log one attempt to reach somebody."""

from datetime import datetime

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import LogContact
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import AttemptResult


def log_contact(
    world: World,
    *,
    actor: Actor,
    number: str,
    at: datetime,
    channel: str,
    result: AttemptResult,
    agent_no: str = "",
    answer: str = "",
    exhibits: tuple[int, ...] = (),
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Log one attempt to reach somebody."""
    command = LogContact(
        at=at, channel=channel, result=result, agent_no=agent_no, answer=answer, exhibits=exhibits
    )
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
