# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Screenshots as one thread: the order a side chose, and the thread as it was worked out, for it takes some seconds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from recourse.core.actor import Actor
from recourse.core.likeness.thread import OrderedBy, Shown, Thread
from recourse.store.access import visible
from recourse.store.models import ReadingOrder, ThreadRow


def order_of(actor: Actor, number: str, by: str) -> list[int]:
    """The reading order that a side of a case chose; empty when it chose none."""
    ids = visible(actor).filter(number=number).values("id")
    row = ReadingOrder.objects.filter(case_id__in=ids, by=by).first()
    return list(row.numbers) if row is not None else []


def keep_order(case_id: str, by: str, numbers: Sequence[int], *, now: datetime) -> None:
    """Keep a side's reading order; an empty one takes it back. The thread is worked out anew."""
    ThreadRow.objects.filter(case_id=case_id, by=by).delete()
    if not numbers:
        ReadingOrder.objects.filter(case_id=case_id, by=by).delete()
        return
    ReadingOrder.objects.update_or_create(
        case_id=case_id, by=by, defaults={"numbers": list(numbers), "at": now}
    )


def thread_kept(actor: Actor, number: str, by: str, screens: Sequence[int]) -> Thread | None:
    """The thread as it was worked out for exactly these screens."""
    ids = visible(actor).filter(number=number).values("id")
    row = ThreadRow.objects.filter(case_id__in=ids, by=by).first()
    if row is None or row.screens != sorted(screens):
        return None
    return _thread(row.thread)


def keep_thread(case_id: str, by: str, screens: Sequence[int], thread: Thread) -> None:
    """Keep a thread for these screens in place of an earlier one."""
    plain = {
        "shown": [[item.no, item.cut_top, item.cut_bottom, item.joined] for item in thread.shown],
        "duplicates": [list(pair) for pair in thread.duplicates],
        "ordered_by": thread.ordered_by.value,
        "groups": thread.groups,
    }
    ThreadRow.objects.update_or_create(
        case_id=case_id, by=by, defaults={"screens": sorted(screens), "thread": plain}
    )


def _thread(plain: dict[str, Any]) -> Thread:
    return Thread(
        shown=tuple(Shown(*item) for item in plain["shown"]),
        duplicates=tuple((left, kept) for left, kept in plain["duplicates"]),
        ordered_by=OrderedBy(plain["ordered_by"]),
        groups=plain["groups"],
    )
