# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The contact is proven: by its code, or vouched for by an agent. The case then moves."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import ProveContact
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def prove_contact(
    world: World,
    *,
    actor: Actor,
    number: str,
    method: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """The contact is proven: by its code, or vouched for by an agent. The case then moves."""
    command = ProveContact(method=method)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
