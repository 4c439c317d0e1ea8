# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tell a party that something happened. The message carries the number and no facts: the page has them."""

from functools import partial

from recourse.actions.story import Story
from recourse.core.actor import system
from recourse.core.deadline.deadline import DeadlineState
from recourse.core.notice import news, reminder
from recourse.core.port import Delivery, World
from recourse.core.vocabulary import Party


def tell_party(world: World, *, number: str, operator: str, who: Party, topic: str, key: str) -> Story[bool]:
    """Send the news. False means: try again later. A bounce of news is not served and not retried."""
    return (yield from _send(world, number, operator, who, news(topic, number), key))


def remind_party(world: World, *, number: str, operator: str, deadline: str, key: str) -> Story[bool]:
    """Remind whoever must act, unless the clock has stopped meanwhile."""
    opened = yield partial(world.cases.open, system(operator), number)
    if opened is None:
        return True
    clock = next((d for d in opened.case.deadlines if d.id == deadline), None)
    if clock is None or clock.state is not DeadlineState.running or clock.act_by is None:
        return True
    return (yield from _send(world, number, operator, clock.who, reminder(clock, number), key))


def remind_capture(world: World, *, number: str, operator: str, capture: str, key: str) -> Story[bool]:
    """The moment of a second picture has come: remind the complainant, unless it is taken already."""
    opened = yield partial(world.cases.open, system(operator), number)
    if opened is None or opened.case.closed:
        return True
    task = next((item for item in opened.case.captures if item.id == capture), None)
    if task is None or task.done_by is not None:
        return True
    return (yield from _send(world, number, operator, Party.complainant, news("CaptureSet", number), key))


def _send(
    world: World, number: str, operator: str, who: Party, message: tuple[str, str], key: str
) -> Story[bool]:
    opened = yield partial(world.cases.open, system(operator), number)
    if opened is None or opened.case.erased:
        return True
    address: tuple[str, str] | None = None
    if who is Party.complainant and opened.case.complainant.proven_at is not None:
        contact = opened.case.complainant.contact
        address = ("mail" if "@" in contact else "sms", contact)
    elif who is Party.respondent:
        served = next((n.contact for n in reversed(opened.case.notices) if n.served_at), "")
        address = (yield partial(world.register.contact, operator, served)) if served else None
    if address is None:
        return True
    subject, body = message
    delivery = yield partial(
        world.post.send, channel=address[0], address=address[1], subject=subject, body=body, key=key
    )
    return delivery is not Delivery.later
