# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say what the complaint is about; the first problem leads."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import ConfirmProblems
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def confirm_problems(
    world: World,
    *,
    actor: Actor,
    number: str,
    problems: tuple[str, ...],
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Say what the complaint is about; the first problem leads."""
    command = ConfirmProblems(problems=problems)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
