# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hold back a visitor who asks for too much too fast; everybody else notices nothing."""

from datetime import timedelta
from functools import partial

from recourse.actions.story import Story
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.store.rate_limit import allow


def may_ask(world: World, *, visitor: str, times: int, per: timedelta) -> Story[Problems | None]:
    """None, or a refusal once this visitor (a network address, kept as a digest) asked too often."""
    now = yield world.clock.now
    if (yield partial(allow, f"visitor/{visitor}", times=times, per=per, now=now)):
        return None
    return refuse(
        "too_many_requests",
        field="contact",
        zh="这个网络一小时内的请求太多了。",
        en="There were too many requests from this network within the hour.",
        do_zh="请一小时后再试。",
        do_en="Please try again in an hour.",
    )
