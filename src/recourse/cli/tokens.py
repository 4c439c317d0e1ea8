# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse token add|list|revoke`: the words by which programs come in."""

from argparse import Namespace
from dataclasses import replace
from typing import Any

from recourse.cli.opening import LOCAL_OWNER, open_installation, open_to_write
from recourse.cli.telling import DONE, refused, show_json
from recourse.core.actor import Actor
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.core.token import Token


def run(given: Namespace) -> int:
    """Run the deed that was asked for."""
    world = open_installation() if given.deed == "list" else open_to_write()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    owner = replace(LOCAL_OWNER, operator=given.operator)
    deeds: dict[str, Any] = {"add": _add, "list": _list, "revoke": _revoke}
    code: int = deeds[given.deed](world, owner, given)
    return code


def _add(world: World, owner: Actor, given: Namespace) -> int:
    from recourse.actions.add_token import add_token
    from recourse.actions.story import perform

    made = perform(
        add_token(world, actor=owner, name=given.name, scopes=given.scope, seat=given.seat, days=given.days)
    )
    if isinstance(made, Problems):
        return refused(made, as_json=given.json)
    if given.json:
        show_json({**_plain(made.token), "token": made.word})
    else:
        print(f"令牌“{made.token.name}”已建立，编号 {made.token.id}。Token {made.token.name} was made.")
        print(f"令牌（只显示这一次） token (shown once): {made.word}")
    return DONE


def _list(world: World, owner: Actor, given: Namespace) -> int:
    from recourse.queries.api_tokens import tokens_given

    found = tokens_given(owner)
    if given.json:
        show_json({"tokens": [_plain(item) for item in found]})
        return DONE
    now = world.clock.now()
    for item in found:
        state = "有效 living" if item.lives(now) else "已停用 ended"
        print(f"{item.id}  {item.shown}…  {state}  {item.name}  {' '.join(sorted(item.scopes))}")
    return DONE


def _revoke(world: World, owner: Actor, given: Namespace) -> int:
    from recourse.actions.add_token import revoke_token
    from recourse.actions.story import perform

    problems = perform(revoke_token(world, actor=owner, token=given.id))
    if problems is not None:
        return refused(problems, as_json=given.json)
    if given.json:
        show_json({"id": given.id, "revoked": True})
    else:
        print("已停用。Revoked.")
    return DONE


def _plain(token: Token) -> dict[str, Any]:
    return {
        "id": token.id,
        "operator": token.operator,
        "name": token.name,
        "begins": token.shown,
        "seat": token.seat.value if token.seat else None,
        "scopes": sorted(token.scopes),
        "created_at": token.created_at.isoformat(),
        "expires_at": token.expires_at.isoformat(),
        "revoked_at": token.revoked_at.isoformat() if token.revoked_at else None,
    }
