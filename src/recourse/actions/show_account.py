# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Add an account as a picture shows it, to be compared with others."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import ShowAccount
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def show_account(
    world: World,
    *,
    actor: Actor,
    number: str,
    seen_in: str,
    display_name: str,
    account_id: str = "",
    exhibit: int = 0,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Add an account as a picture shows it, to be compared with others."""
    command = ShowAccount(seen_in=seen_in, display_name=display_name, account_id=account_id, exhibit=exhibit)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
