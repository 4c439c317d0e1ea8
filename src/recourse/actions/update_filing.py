# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Record what the outside body said."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import UpdateFiling
from recourse.core.filing import FilingState
from recourse.core.holding import holding_problem, read_reply, with_more
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.gateways.holding_file import current_holding


def update_filing(
    world: World,
    *,
    actor: Actor,
    number: str,
    filing: str,
    state: FilingState,
    receipt_no: str = "",
    answer: str = "",
    more: str = "",
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Record what the outside body said.

    Words that only held the person off are no answer and would stop its clock: they are sent back once with that
    advice. `more` says why they were an answer after all.
    """
    if state is FilingState.answered and not more.strip():
        reply = read_reply(answer, current_holding())
        if reply.holds:
            return Problems((holding_problem(reply, field="answer", is_own=False),))
    command = UpdateFiling(filing=filing, state=state, receipt_no=receipt_no, answer=with_more(answer, more))
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
