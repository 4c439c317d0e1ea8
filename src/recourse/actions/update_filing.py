# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Record what the outside body said."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import UpdateFiling
from recourse.core.filing import FilingState
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def update_filing(
    world: World,
    *,
    actor: Actor,
    number: str,
    filing: str,
    state: FilingState,
    receipt_no: str = "",
    answer: str = "",
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Record what the outside body said."""
    command = UpdateFiling(filing=filing, state=state, receipt_no=receipt_no, answer=answer)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
