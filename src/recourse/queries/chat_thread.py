# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The screenshots of one side as one thread: which exhibits they are, and in which order they read."""

from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.actor import Actor
from recourse.core.case.screens import screens_of
from recourse.core.case.state import Case
from recourse.core.evidence import Exhibit
from recourse.core.inspection import Form
from recourse.core.likeness.thread import Screen, Thread, thread_of
from recourse.core.redaction import seen_by
from recourse.core.vocabulary import Party
from recourse.queries.looked_at import looked_at
from recourse.store.access import read_case
from recourse.store.inspections import Inspected, Rendition
from recourse.store.threads import order_of, thread_kept


@dataclass(frozen=True, slots=True)
class ChatThread:
    """The thread of a side's screenshots. `pictures` are their copies by exhibit number; `waiting` are not seen yet."""

    by: Party
    thread: Thread
    exhibits: Mapping[int, Exhibit]
    pictures: Mapping[int, Rendition]
    waiting: int


def chat_thread(*, actor: Actor, number: str, by: Party) -> ChatThread | None:
    """The thread, or None when the case is absent, not for this reader, or has fewer than two screens of this side."""
    opened = read_case(actor, number)
    if opened is None:
        return None
    chats = screens_of(seen_by(opened.case, actor.role).exhibits, by=by)
    if len(chats) < 2:
        return None
    seen = looked_at(actor, opened.case)
    pictures = {
        no: copy for no in chats if no in seen and (copy := seen[no].rendition(Form.copy)) is not None
    }
    waiting = sum(1 for no in chats if no not in seen)
    # A worker has worked it out as soon as the last screen was looked at; until then it is done for this reader alone.
    kept = thread_kept(actor, number, by.value, list(pictures))
    if kept is None:
        kept = thread_of(_screens(opened.case, pictures, actor), order=order_of(actor, number, by.value))
    return ChatThread(by, kept, chats, pictures, waiting)


def _screens(case: Case, pictures: Mapping[int, Rendition], actor: Actor) -> list[Screen]:
    """The order is the same for every reader, whoever may see how the owner named its files."""
    seen = looked_at(actor, case, findings=True)
    return [_screen(item.no, item.name, seen[item.no]) for item in case.exhibits if item.no in pictures]


def _screen(no: int, name: str, seen: Inspected) -> Screen:
    strips, taken = seen.findings.get("strips"), seen.findings.get("taken_at")
    return Screen(
        no, strips if isinstance(strips, str) else "", name, taken if isinstance(taken, str) else ""
    )
