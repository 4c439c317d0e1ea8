# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Propose terms; with an open offer of the other side this is a counter-offer."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import MakeOffer
from recourse.core.claim import Term
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def make_offer(
    world: World,
    *,
    actor: Actor,
    number: str,
    terms: tuple[Term, ...],
    text: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Propose terms; with an open offer of the other side this is a counter-offer."""
    command = MakeOffer(terms=terms, text=text)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
