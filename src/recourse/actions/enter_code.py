# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Enter a code: the contact is proven, and whoever holds it is one person with all they filed from it."""

from functools import partial

from recourse.actions.ask_for_code import SIGN_IN
from recourse.actions.prove_contact import prove_contact
from recourse.actions.story import Story
from recourse.core.actor import Actor, Role, Via
from recourse.core.address import Address
from recourse.core.port import World
from recourse.core.problem import Problems
from recourse.store import codes, people


def enter_code(world: World, *, ticket: str, code: str) -> Story[str | Problems]:
    """The id of the person whose contact this is, or a refusal that says nothing about whom it knows."""
    now = yield world.clock.now
    address = yield partial(codes.check, ticket, code, purpose=SIGN_IN, now=now)
    if isinstance(address, Problems):
        return address
    return (yield partial(people.prove, address, now=now))


def claim_filing(world: World, *, person: str, operator: str, number: str) -> Story[None]:
    """The contact of this filing is proven: the case moves. Cases a stranger filed with the contact stay where they are."""
    actor = Actor(id=person, role=Role.complainant, operator=operator, via=Via.portal)
    yield from prove_contact(world, actor=actor, number=number, method="code")


def claim_with_known_contact(world: World, *, person: str, contact: Address) -> Story[bool]:
    """Whether this signed-in person proved this very contact before; then a new filing with it is theirs at once."""
    holder = yield partial(people.proven_person, contact)
    if holder != person:
        return False
    now = yield world.clock.now
    yield partial(people.prove, contact, now=now)
    return True
