# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Send a six-digit code to a contact, so that whoever reads it there can prove that it is theirs."""

from functools import partial

from recourse.actions.story import Story
from recourse.core.address import Address
from recourse.core.notice import code_message
from recourse.core.port import Delivery, World
from recourse.core.problem import Problems
from recourse.store import codes

# What a code of a complainant opens: their own cases, and the filing it proves.
SIGN_IN = "sign_in"


def ask_for_code(
    world: World, *, address: Address, purpose: str = SIGN_IN, send: bool = True, visitor: str = ""
) -> Story[str | Problems]:
    """A ticket for a code on its way; refused when this contact got too many. The answer never says who is known.

    `visitor` is the network address that asks, where nobody has counted it yet.
    """
    now = yield world.clock.now
    code = yield world.randomness.code
    return (
        yield partial(codes.start, address, purpose=purpose, code=code, now=now, send=send, visitor=visitor)
    )


def deliver_code(world: World, *, ticket: str, key: str) -> Story[bool]:
    """Send the message of a ticket: the job kind `code`. False means: try again later."""
    letter = yield partial(codes.letter, ticket)
    now = yield world.clock.now
    if letter is None or letter.expires_at <= now:
        return True
    subject, body = code_message(letter.code)
    delivery = yield partial(
        world.post.send,
        channel=letter.address.channel,
        address=letter.address.value,
        subject=subject,
        body=body,
        key=key,
    )
    return delivery is not Delivery.later
