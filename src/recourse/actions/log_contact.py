# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Log one attempt to reach somebody."""

from datetime import datetime

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import LogContact
from recourse.core.holding import holding_problem, read_reply, with_more
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import AttemptResult
from recourse.gateways.holding_file import current_holding

_MORE_THAN_HOLDING = frozenset({AttemptResult.refused, AttemptResult.promised, AttemptResult.offered})


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
    more: str = "",
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Log one attempt to reach somebody.

    Words that only held the person off, noted as a refusal, a promise or an offer, are sent back once with that advice;
    `more` says why they were more and is kept with them.
    """
    if result in _MORE_THAN_HOLDING and not more.strip():
        reply = read_reply(answer, current_holding())
        if reply.holds:
            return Problems((holding_problem(reply, field="result", is_own=False),))
    command = LogContact(
        at=at,
        channel=channel,
        result=result,
        agent_no=agent_no,
        answer=with_more(answer, more),
        exhibits=exhibits,
    )
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
