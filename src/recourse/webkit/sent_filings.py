# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds about outside filings, whichever seat sends them: what was filed where, and what that body said."""

from recourse.actions.open_filing import open_filing
from recourse.actions.story import perform
from recourse.actions.update_filing import update_filing
from recourse.core.filing import FilingState
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.queries.case_file import CaseFile
from recourse.webkit.sent_form import SentForm, wrong_field


def record_filing(sent: SentForm, _: CaseFile) -> Receipt | Problems:
    """Record a filing at a door: `channel` and `target` apart, or together in `door` as `channel|target`."""
    channel, _bar, target = sent.text("door", limit=130).partition("|")
    filed_at = sent.moment("filed_at")
    wrong = []
    if not (channel or sent.text("channel")):
        wrong.append(wrong_field("door_missing", "door", "请选向哪里提交的。", "Choose where it was filed."))
    if filed_at is None:
        zh, en = "看不懂提交时间。", "This moment is not understood."
        wrong.append(wrong_field("moment_not_understood", "filed_at", zh, en))
    if wrong or filed_at is None:
        return Problems(tuple(wrong))
    return perform(
        open_filing(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            channel=channel or sent.text("channel"),
            filed_at=filed_at,
            receipt_no=sent.text("receipt_no")[:100],
            target=target or sent.text("target")[:60],
            warned=sent.text("warned") == "yes",
            key=sent.key,
        )
    )


def record_answer(sent: SentForm, _: CaseFile) -> Receipt | Problems:
    """Record what the body said, with its number."""
    given = sent.text("state")
    if given not in set(FilingState):
        zh, en = "请选对方怎么说。", "Choose what they said."
        return Problems((wrong_field("state_missing", "state", zh, en),))
    return perform(
        update_filing(
            sent.world,
            actor=sent.actor,
            number=sent.number,
            filing=sent.text("filing"),
            state=FilingState(given),
            receipt_no=sent.text("receipt_no")[:100],
            answer=sent.text("answer"),
            more=sent.text("more", limit=1000),
            key=sent.key,
        )
    )
