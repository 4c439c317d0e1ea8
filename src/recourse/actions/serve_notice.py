# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Serve a notice on a registered contact: only what was accepted for delivery starts the respondent's clock."""

from functools import partial

from recourse.actions.story import Story, change_case, is_busy
from recourse.core.actor import system
from recourse.core.case.commands import RecordBounce, RecordServed
from recourse.core.notice import merchant_notice
from recourse.core.port import Delivery, World
from recourse.core.vocabulary import RungName


def serve_notice(
    world: World, *, number: str, operator: str, contact: str, key: str, rung: RungName | None = None
) -> Story[bool]:
    """Send the notice of one rung and record what became of it. False means: try again later."""
    actor = system(operator)
    opened = yield partial(world.cases.open, actor, number)
    if opened is None or opened.case.closed or opened.case.erased:
        return True
    notice = next((n for n in opened.case.notices if n.contact == contact and not n.served_at), None)
    if notice is None:
        return True
    address = yield partial(world.register.contact, operator, contact)
    delivery = Delivery.bounced
    if address is not None:
        subject, body = merchant_notice(opened.case, opened.rules.playbook)
        delivery = yield partial(
            world.post.send, channel=address[0], address=address[1], subject=subject, body=body, key=key
        )
    if delivery is Delivery.later:
        return False
    if delivery is Delivery.bounced:
        yield partial(world.register.bounced, operator, contact)
        command = RecordBounce(contact=contact, reason="undeliverable", rung=rung)
    else:
        command = RecordServed(contact=contact, rung=rung)
    outcome = yield from change_case(world, actor=actor, number=number, command=command, key=key)
    return not is_busy(outcome)
