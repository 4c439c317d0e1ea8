# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which program is this, and which tokens has the operator given?"""

from collections.abc import Sequence

from recourse.core.actor import Actor, Role
from recourse.core.port import World
from recourse.core.token import Token
from recourse.store import tokens


def token_of(world: World, word: str) -> Token | None:
    """The living token behind a word."""
    return tokens.find(word, now=world.clock.now())


def tokens_given(actor: Actor) -> Sequence[Token]:
    """All tokens of the actor's operator, newest first; for its owners alone."""
    return tokens.listed(actor.operator) if actor.role is Role.owner else ()
