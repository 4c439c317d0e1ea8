# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Set a picture to come back for."""

from datetime import datetime

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import SetCapture
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind


def set_capture(
    world: World,
    *,
    actor: Actor,
    number: str,
    kind: EvidenceKind,
    due_at: datetime,
    text: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Set a picture to come back for."""
    command = SetCapture(kind=kind, due_at=due_at, text=text)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
