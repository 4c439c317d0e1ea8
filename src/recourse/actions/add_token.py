# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Give a program of the operator a token, or take it back. Only an owner may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from recourse.actions.import_merchants import unknown_operator
from recourse.actions.story import Story
from recourse.core.actor import Actor, Role
from recourse.core.port import World
from recourse.core.problem import Problems, gather, refuse
from recourse.core.token import Token, token_problems
from recourse.store import tokens
from recourse.store.operators import operator_exists


@dataclass(frozen=True, slots=True)
class NewToken:
    """What was made; `word` is shown once and kept nowhere."""

    token: Token
    word: str


def add_token(
    world: World, *, actor: Actor, name: str, scopes: Sequence[str], seat: str = "", days: int = 90
) -> Story[NewToken | Problems]:
    """Make a token for the actor's operator."""
    if actor.role is not Role.owner:
        return owners_only()
    refused = gather(token_problems(name=name, scopes=scopes, seat=seat, days=days))
    if refused is not None:
        return refused
    if not (yield partial(operator_exists, actor.operator)):
        return unknown_operator(actor.operator)
    now = yield world.clock.now
    made = partial(
        tokens.make,
        actor.operator,
        name=name,
        seat=seat,
        scopes=scopes,
        made_by=actor.id,
        now=now,
        life=timedelta(days=days),
    )
    token, word = yield made
    return NewToken(token, word)


def revoke_token(world: World, *, actor: Actor, token: str) -> Story[Problems | None]:
    """Take a token back at once."""
    if actor.role is not Role.owner:
        return owners_only()
    now = yield world.clock.now
    if (yield partial(tokens.revoke, actor.operator, token, now=now)):
        return None
    return refuse(
        "token_not_found",
        field="token",
        zh="没有这个令牌，或它已经停用。",
        en="There is no such token, or it has ended already.",
        do_zh="看一下令牌列表。",
        do_en="Look at the list of tokens.",
    )


def owners_only() -> Problems:
    """What only an owner of the operator does."""
    return refuse(
        "not_allowed",
        zh="只有负责人能做这一步。",
        en="Only an owner may do this.",
        do_zh="请让负责人来做。",
        do_en="Ask an owner.",
    )
