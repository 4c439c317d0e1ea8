# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""No longer rely on one's own exhibit."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import WithdrawExhibit
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def withdraw_exhibit(
    world: World,
    *,
    actor: Actor,
    number: str,
    no: int,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """No longer rely on one's own exhibit."""
    command = WithdrawExhibit(no=no)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
