# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Take one's own open offer back."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import TakeBackOffer
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def take_back_offer(
    world: World,
    *,
    actor: Actor,
    number: str,
    offer: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Take one's own open offer back."""
    command = TakeBackOffer(offer=offer)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
