# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Try to deliver a message to a program: signed anew for each try, so that receivers can refuse what is old."""

from datetime import datetime, timedelta
from functools import partial

from recourse.actions.story import Story
from recourse.core.port import World
from recourse.gateways.webhook_signature import signed_headers
from recourse.store import webhooks


def deliver_webhook(world: World, *, delivery: str) -> Story[bool | datetime]:
    """True when it ended, well or not; the moment of the next try; False when nobody can send at all."""
    now = yield world.clock.now
    sent = yield partial(webhooks.sending, delivery, now=now)
    if sent is None or isinstance(sent, datetime):
        return True if sent is None else sent
    if world.hooks is None:
        return False
    headers = signed_headers(id=sent.id, at=now, body=sent.body, secrets=sent.secrets)
    answer = yield partial(world.hooks.send, url=sent.url, headers=headers, body=sent.body.encode())
    now = yield world.clock.now
    noted = partial(
        webhooks.note_try,
        sent,
        status=answer.status,
        milliseconds=answer.milliseconds,
        error=answer.error,
        asked=timedelta(seconds=answer.retry_after),
        now=now,
    )
    again = yield noted
    return True if again is None else again
