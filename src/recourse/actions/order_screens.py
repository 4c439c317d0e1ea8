# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say in which order one's own screenshots read. It changes how they are shown, and nothing in the record."""

from collections.abc import Sequence
from functools import partial

from recourse.actions.join_screens import join_screens
from recourse.actions.story import Story, absent
from recourse.core.actor import Actor
from recourse.core.case.screens import may_order, screens_of
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems, refuse
from recourse.core.vocabulary import Party
from recourse.store import threads
from recourse.store.access import ReadCase


def order_screens(
    world: World, *, actor: Actor, number: str, by: Party, numbers: Sequence[int]
) -> Story[Receipt | Problems]:
    """Keep the order of a side's screens; no numbers take it back, and the order that was found holds again."""
    opened = yield partial(world.cases.open, actor, number)
    if not isinstance(opened, ReadCase) or not may_order(actor, by):
        return absent()
    unknown = sorted(set(numbers) - set(screens_of(opened.case.exhibits, by=by)))
    if unknown or len(set(numbers)) != len(numbers):
        return refuse(
            "order_not_understood",
            field="order",
            zh="有的编号不是你的聊天截图，或写了两次。",
            en="A number is none of your chat screenshots, or stands twice.",
            do_zh="按先后写编号，如 3 1 2。",
            do_en="Write the numbers in order, such as 3 1 2.",
        )
    now = yield world.clock.now
    yield partial(threads.keep_order, opened.case.id, by.value, numbers, now=now)
    yield from join_screens(actor, opened.case, by=by)
    return Receipt(number, opened.case.version, opened.head)
