# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tables that a side draws up: the announced conditions with their proofs, and accounts shown side by side.

Neither is a gate and neither decides anything. What a table says is its side's own word until somebody weighs it.
"""

from collections.abc import Iterator

from recourse.core.calendar import CHINA
from recourse.core.case import commands as c
from recourse.core.case import events as e
from recourse.core.case.draft import Draft
from recourse.core.condition import Condition, Refusal
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.core.vocabulary import Party

CONDITIONS_MAX = 20
ACCOUNTS_MAX = 20
_AGAIN = Text("改好这一项再提交。", "Correct this and send again.")


def condition_problems(
    draft: Draft, conditions: tuple[Condition, ...], refusal: Refusal | None, *, exhibits: frozenset[int]
) -> Iterator[Problem]:
    """What is wrong with a table of conditions: rows without words, days to come, exhibits that are not there."""
    today = draft.now.astimezone(CHINA).date()
    if len(conditions) > CONDITIONS_MAX:
        yield _say(
            "too_many_conditions",
            "conditions",
            f"最多{CONDITIONS_MAX}条。",
            f"At most {CONDITIONS_MAX} conditions.",
        )
    for index, item in enumerate(conditions):
        where = f"conditions[{index}]"
        if not item.text.strip():
            yield _say(
                "condition_empty", f"{where}.text", "请写这条条件是什么。", "Say what the condition is."
            )
        if item.met_on is not None and item.met_on > today:
            yield _say("date_future", f"{where}.met_on", "这个日期还没到。", "This day has not come yet.")
        if not set(item.exhibits) <= exhibits:
            yield _say(
                "exhibit_unknown", f"{where}.exhibits", "有的材料编号不对。", "An exhibit number is wrong."
            )
    if refusal is not None and refusal.said_on is not None and refusal.said_on > today:
        yield _say("date_future", "refusal.said_on", "这个日期还没到。", "This day has not come yet.")


def set_conditions(draft: Draft, command: c.SetConditions) -> Problems | None:
    """Draw the table up anew; what it said before stays in the record."""
    numbers = frozenset(x.no for x in draft.case.exhibits)
    refused = gather(condition_problems(draft, command.conditions, command.refusal, exhibits=numbers))
    if refused is None and (command.conditions, command.refusal) != (
        draft.case.conditions,
        draft.case.refusal,
    ):
        draft.add(e.ConditionsSet(conditions=command.conditions, refusal=command.refusal))
    return refused


def show_account(draft: Draft, command: c.ShowAccount) -> Problems | None:
    """Add a row to the shown accounts: each side its own, the operator's people for the complainant on the phone."""
    found = []
    if len(draft.case.accounts) >= ACCOUNTS_MAX:
        found.append(
            _say(
                "too_many_accounts",
                "display_name",
                f"最多{ACCOUNTS_MAX}行。",
                f"At most {ACCOUNTS_MAX} rows.",
            )
        )
    if not command.display_name.strip() and not command.account_id.strip():
        found.append(
            _say(
                "account_empty",
                "display_name",
                "请写看到的昵称或账号ID。",
                "Write the name or the account id that the picture shows.",
            )
        )
    if command.exhibit and command.exhibit not in {x.no for x in draft.case.exhibits}:
        found.append(_say("exhibit_unknown", "exhibit", "没有这个编号的材料。", "There is no such exhibit."))
    refused = gather(found)
    if refused is None:
        # A row that was taken out leaves its id behind: the version of the case gives each a fresh one.
        draft.add(
            e.AccountShown(
                id=f"a{draft.case.version}",
                by=Party.complainant if draft.side is Party.operator else draft.side,
                seen_in=command.seen_in.strip(),
                display_name=command.display_name.strip(),
                account_id=command.account_id.strip(),
                exhibit=command.exhibit,
            )
        )
    return refused


def take_out_account(draft: Draft, command: c.TakeOutAccount) -> Problems | None:
    """Take one's own row out of the table; it stays in the record."""
    row = next((item for item in draft.case.accounts if item.id == command.account), None)
    if row is None or row.by is not draft.side:
        return refuse(
            "account_unknown",
            zh="没有这一行，或不是你加的。",
            en="There is no such row of yours.",
            do_zh="请刷新页面再看。",
            do_en="Reload the page and look again.",
            field="account",
        )
    draft.add(e.AccountTakenOut(id=row.id))
    return None


def _say(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(key, field, Text(zh, en), _AGAIN)
