# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`recourse bill`: the payments of an exported bill, each with what it offers for a complaint's record."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from recourse.cli.opening import open_installation
from recourse.cli.telling import DONE, refused, show_json, unreadable
from recourse.core.problem import Problems

if TYPE_CHECKING:
    from recourse.queries.bill_rows import BillLine


def show_bill(given: Namespace) -> int:
    """Read a bill in a locked inspector and list its payments; nothing of it is kept."""
    world = open_installation()
    if isinstance(world, Problems):
        return refused(world, as_json=given.json)
    try:
        data = given.file.read_bytes()
    except OSError as error:
        unread = unreadable(
            error, field="file", do_zh="请检查路径和权限。", do_en="Check the path and its permissions."
        )
        return refused(unread, as_json=given.json)
    from recourse.queries.bill_rows import bill_of

    found = bill_of(world, data)
    if isinstance(found, Problems):
        return refused(found, as_json=given.json)
    rows = [line for line in found if given.find in "\t".join(_words(line))]
    if given.json:
        show_json({"rows": [_plain(line) for line in rows]})
        return DONE
    for line in rows:
        print("　".join(word for word in _words(line) if word))
    return DONE


def _words(line: "BillLine") -> tuple[str, ...]:
    amount = f"{'+' if line.direction == 'in' else '-' if line.direction == 'out' else ''}{line.amount}"
    return (line.at, amount, line.counterparty, line.item, line.status, line.order_no, line.merchant_no)


def _plain(line: "BillLine") -> dict[str, Any]:
    return {
        "row": line.row,
        "at": line.at,
        "direction": line.direction,
        "amount": line.amount,
        "counterparty": line.counterparty,
        "item": line.item,
        "status": line.status,
        "order_no": line.order_no,
        "merchant_no": line.merchant_no,
        "record": line.record,
    }
