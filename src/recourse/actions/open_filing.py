# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Record that one filed at an outside door."""

from datetime import datetime

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import OpenFiling
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def open_filing(
    world: World,
    *,
    actor: Actor,
    number: str,
    channel: str,
    filed_at: datetime,
    receipt_no: str = "",
    target: str = "",
    warned: bool = False,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Record that one filed at an outside door."""
    command = OpenFiling(
        channel=channel, filed_at=filed_at, receipt_no=receipt_no, target=target, warned=warned
    )
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
