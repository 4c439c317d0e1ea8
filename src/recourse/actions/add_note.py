# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Write an internal note."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AddNote
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def add_note(
    world: World,
    *,
    actor: Actor,
    number: str,
    text: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Write an internal note."""
    command = AddNote(text=text)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
