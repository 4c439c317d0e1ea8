# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Does the record hold? Every case's chain is recomputed, and its row compared with what its events make of it."""

from collections.abc import Iterator

from recourse.core.actor import system
from recourse.core.problem import Problem
from recourse.core.text import Text
from recourse.store.chain import broken_at
from recourse.store.codec import CaseStopped
from recourse.store.models import CaseRow
from recourse.store.rebuild import rebuilt

_DO = Text(
    "先停止写入并保留现场，再用备份核对这件投诉的事件。",
    "Stop writing, keep everything as it is, and compare this case's events with a backup.",
)


def check_records() -> Iterator[Problem]:
    """One problem for each case whose chain is broken, whose row differs, or which cannot be read."""
    rows = CaseRow.objects.order_by("id").values_list("id", "number", "operator")
    for id, number, operator in rows.iterator(chunk_size=500):
        try:
            yield from _check(id, number, operator)
        except CaseStopped:
            yield _problem(
                "record_unreadable", number, "这件投诉的记录读不出来。", "The record cannot be read."
            )


def _check(id: str, number: str, operator: str) -> Iterator[Problem]:
    version = broken_at(system(operator), number)
    if version is not None:
        zh, en = f"记录链在第{version}环断了。", f"The chain is broken at link {version}."
        yield _problem("chain_broken", number, zh, en)
        return
    columns, _words = rebuilt(id)
    if CaseRow.objects.filter(pk=id).values(*columns).first() != columns:
        zh, en = "列表里的信息和事件不一致。", "The row differs from what the events say."
        yield _problem("row_differs", number, zh, en)


def _problem(key: str, number: str, zh: str, en: str) -> Problem:
    return Problem(key, number, Text(zh, en), _DO)
