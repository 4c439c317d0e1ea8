# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Refuse the offer on the table."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import RefuseOffer
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def refuse_offer(
    world: World,
    *,
    actor: Actor,
    number: str,
    offer: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Refuse the offer on the table."""
    command = RefuseOffer(offer=offer)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
