# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What is to be seen of an exhibit, in the shape that programs read."""

from typing import Any

from recourse.core.inspection import NOTES, REASONS
from recourse.core.text import Text
from recourse.queries.bill_rows import rows_of
from recourse.queries.exhibit_sight import Sight


def preview_json(sight: Sight) -> dict[str, Any]:
    """One exhibit's preview. `verdict` is `waiting` until an inspector has looked."""
    seen = sight.seen
    if seen is None:
        waiting = Text("正在准备预览。", "The preview is being made.")
        return {
            "no": sight.exhibit.no,
            "verdict": "waiting",
            "reason": _said("waiting", waiting),
            "notes": [],
            "pictures": [],
            "text": "",
            "mail": {},
            "attached": [],
            "payments": [],
            "picked": None,
        }
    return {
        "no": sight.exhibit.no,
        "verdict": seen.verdict.value,
        "reason": _said(seen.reason.value, REASONS[seen.reason]),
        "notes": [_said(note.value, NOTES[note]) for note in seen.notes],
        "pictures": [
            {
                "form": item.form.value,
                "page": item.page,
                "width": item.width,
                "height": item.height,
                "size": item.size,
                "media_type": item.media_type,
            }
            for item in seen.renditions
        ],
        "text": seen.findings.get("text", ""),
        "mail": seen.findings.get("mail", {}),
        "attached": seen.findings.get("attached", []),
        "payments": [
            {
                "row": line.row,
                "at": line.at,
                "direction": line.direction,
                "amount": line.amount,
                "counterparty": line.counterparty,
                "item": line.item,
                "status": line.status,
                "order_no": line.order_no,
                "merchant_no": line.merchant_no,
            }
            for line in rows_of(seen)
        ],
        "picked": seen.picked,
    }


def _said(key: str, words: Text) -> dict[str, Any]:
    return {"key": key, "zh": words.zh, "en": words.en}
