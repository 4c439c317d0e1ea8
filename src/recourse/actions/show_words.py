# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Let the other side read one's own text in full, or mask its numbers again."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.show_commands import ShowWords
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def show_words(
    world: World,
    *,
    actor: Actor,
    number: str,
    where: str,
    shown: bool,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Let the other side read one's own text in full, or mask its numbers again."""
    command = ShowWords(where=where, shown=shown)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
