# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Accept the offer on the table: a settlement."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AcceptOffer
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def accept_offer(
    world: World,
    *,
    actor: Actor,
    number: str,
    offer: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Accept the offer on the table: a settlement."""
    command = AcceptOffer(offer=offer)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
