# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who sits at the desk: the signed-in account as an actor of its operator."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from recourse.core.actor import Actor, Role, Via
from recourse.core.text import Text
from recourse.queries.previews import previews_off

ROLES: dict[Role, Text] = {
    Role.agent: Text("经办人", "Agent"),
    Role.neutral: Text("中立人", "Neutral"),
    Role.owner: Text("负责人", "Owner"),
    Role.auditor: Text("审计员（只看）", "Auditor (read only)"),
}


def at_the_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for staff; the view gets their actor as its second argument."""

    @login_required
    @wraps(view)
    def seated(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        return view(request, actor_of(request), *args, **values)

    return seated


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the signed-in account stands for."""
    account: Any = request.user
    return Actor(id=account.public_id, role=Role(account.role), operator=account.operator_id, via=Via.desk)


def frame(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """What the frame of every page shows."""
    account: Any = request.user
    return {
        "me": actor,
        "my_name": account.display_name,
        "my_role": ROLES[actor.role],
        "may_take_calls": actor.role in {Role.agent, Role.owner},
        "may_give_tokens": actor.role is Role.owner,
        "previews_off": previews_off(),
    }
