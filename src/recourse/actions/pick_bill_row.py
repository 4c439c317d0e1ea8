# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say which row of a handed-in bill is this matter's payment. It changes what stands beside the exhibit, not the record."""

from functools import partial

from recourse.actions.story import Story, absent
from recourse.core.actor import Actor
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems, refuse
from recourse.core.redaction import readable
from recourse.store import inspections
from recourse.store.access import ReadCase


def pick_bill_row(
    world: World, *, actor: Actor, number: str, no: int, row: int | None
) -> Story[Receipt | Problems]:
    """Note the row, counted from 0; None takes it back. Only whoever handed the bill in picks."""
    opened = yield partial(world.cases.open, actor, number)
    exhibit = readable(opened.case, actor, no) if isinstance(opened, ReadCase) else None
    if exhibit is None or exhibit.by.value != actor.role.value:
        return absent()
    seen = (yield partial(inspections.inspected, actor, number, findings=True, only=[no])).get(no)
    if seen is None or (row is not None and not 0 <= row < _rows(seen)):
        return refuse(
            "bill_row_unknown",
            field="row",
            zh="账单里没有这一行。",
            en="The bill has no such row.",
            do_zh="请刷新页面重新选。",
            do_en="Reload the page and choose again.",
        )
    yield partial(inspections.pick, opened.case.id, no, row)
    return Receipt(number, opened.case.version, opened.head)


def _rows(seen: inspections.Inspected) -> int:
    bill = seen.findings.get("bill")
    return len(bill["rows"]) if isinstance(bill, dict) else 0
