# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Take one's own row out of the shown accounts."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import TakeOutAccount
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def take_out_account(
    world: World,
    *,
    actor: Actor,
    number: str,
    account: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Take one's own row out of the shown accounts."""
    command = TakeOutAccount(account=account)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
