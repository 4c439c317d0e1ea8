# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Of an exported bill the other side sees the one payment that was picked."""

from typing import Any

import pytest

from recourse.core.inspection import Reason, Verdict
from recourse.queries.bill_rows import rows_of
from recourse.queries.looked_at import _one_payment
from recourse.store.inspections import Inspected

BILL: dict[str, Any] = {
    "text": "四月到六月的每一笔",
    "bill": {"layout": "alipay", "rows": [{"item": "茶叶"}, {"item": "药店"}, {"item": "酒店"}]},
}


@pytest.mark.parametrize(("picked", "seen"), [(0, [(0, "茶叶")]), (2, [(2, "酒店")]), (None, [])])
def test_the_other_rows_are_nobody_s_business(picked: int | None, seen: list[tuple[int, str]]) -> None:
    findings = _one_payment(BILL, picked)
    inspected = Inspected(1, Verdict.ok, Reason.none, (), picked, (), findings)
    assert [(line.row, line.item) for line in rows_of(inspected)] == seen
    assert "四月" not in str(findings)


def test_what_is_no_bill_stays() -> None:
    assert _one_payment({"text": "聊天"}, None) == {"text": "聊天"}
