# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Open a closed file again, with a cause."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import ReopenCase
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def reopen_case(
    world: World,
    *,
    actor: Actor,
    number: str,
    reason: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Open a closed file again, with a cause."""
    command = ReopenCase(reason=reason)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
