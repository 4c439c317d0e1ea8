# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say what one's own exhibit shows."""

from collections.abc import Mapping

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.show_commands import ConfirmReading
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.screen import ScreenField


def confirm_reading(
    world: World,
    *,
    actor: Actor,
    number: str,
    no: int,
    values: Mapping[ScreenField, str],
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Say what one's own exhibit shows."""
    command = ConfirmReading(no=no, values=values)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
