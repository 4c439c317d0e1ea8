# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Erase a case's personal data: its key is destroyed, every proof still verifies."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.keeping_commands import ErasePersonalData
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def erase_case(
    world: World, *, actor: Actor, number: str, key: str | None = None
) -> Story[Receipt | Problems]:
    """Record the erasure; the store destroys key, names and search words in the same transaction."""
    command = ErasePersonalData()
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
