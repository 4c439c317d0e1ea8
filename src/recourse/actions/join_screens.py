# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Work out how a side's chat screenshots read as one thread, once all of them have been looked at."""

from functools import partial

from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.case.screens import screens_of
from recourse.core.case.state import Case
from recourse.core.inspection import Form
from recourse.core.likeness.thread import Screen, thread_of
from recourse.core.vocabulary import Party
from recourse.store import inspections, threads


def join_screens(actor: Actor, case: Case, *, by: Party) -> Story[None]:
    """Keep the thread for the screens there are; nothing while some of them wait for an inspector."""
    chats = screens_of(case.exhibits, by=by)
    seen = yield partial(inspections.inspected, actor, case.number)
    if len(chats) < 2 or not set(chats) <= set(seen):
        return
    seen = yield partial(inspections.inspected, actor, case.number, findings=True)
    screens = [
        Screen(no, _word(seen[no], "strips"), exhibit.name, _word(seen[no], "taken_at"))
        for no, exhibit in chats.items()
        if seen[no].rendition(Form.copy) is not None
    ]
    order = yield partial(threads.order_of, actor, case.number, by.value)
    thread = yield partial(thread_of, screens, order=order)
    yield partial(threads.keep_thread, case.id, by.value, [screen.no for screen in screens], thread)


def _word(seen: inspections.Inspected, name: str) -> str:
    value = seen.findings.get(name)
    return value if isinstance(value, str) else ""
