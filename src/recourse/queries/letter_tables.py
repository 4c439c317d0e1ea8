# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tables of a case as a letter writes them: the announced conditions, the refusal, accounts shown side by side."""

from recourse.core.account import ShownAccount, told
from recourse.core.case.state import Case
from recourse.core.condition import Condition
from recourse.core.deadline.display import show_day
from recourse.core.text import Text
from recourse.core.vocabulary import AttemptResult, EvidenceState

# Dates near no year are written with theirs.
_NO_YEAR = 0
_PROOFS = {
    EvidenceState.have: Text("有证明", "with proof"),
    EvidenceState.have_not: Text("没有证明", "without proof"),
    EvidenceState.other_side: Text(
        "证明在对方或平台手里", "the proof lies with the other side or the platform"
    ),
}


def conditions_text(case: Case) -> Text | str:
    """Each announced condition on a line of its own, with the day it was met and what shows it."""
    rows = [_condition(at, item) for at, item in enumerate(case.conditions, start=1)]
    return Text("\n".join(r.zh for r in rows), "\n".join(r.en for r in rows)) if rows else ""


def _condition(at: int, item: Condition) -> Text:
    zh, en = [f"{at}. {item.text}"], [f"{at}. {item.text}"]
    if item.hidden:
        zh.append("中奖后才说的，事先没有公布")
        en.append("named only after the win, not announced before")
    if item.met_on is not None:
        day = show_day(item.met_on.isoformat(), near=_NO_YEAR)
        zh.append(f"{day.zh}做到")
        en.append(f"met on {day.en}")
    if item.state is not None:
        proof = _PROOFS[item.state]
        numbers = f"（证据{'、'.join(map(str, item.exhibits))}）" if item.exhibits else ""
        numbers_en = f" (exhibit {', '.join(map(str, item.exhibits))})" if item.exhibits else ""
        what = f"：{item.proof}" if item.proof else ""
        what_en = f": {item.proof}" if item.proof else ""
        zh.append(proof.zh + numbers + what)
        en.append(proof.en + numbers_en + what_en)
    return Text("；".join(zh), "; ".join(en))


def refusal_text(case: Case) -> Text | str:
    """The refusal in its own words: from the answer given here, else as quoted, else from the contact log."""
    answered = next((r.text for r in reversed(case.replies) if r.kind == "refusal"), "")
    if answered:
        return answered
    if case.refusal is not None and case.refusal.words:
        if case.refusal.said_on is None:
            return f"“{case.refusal.words}”"
        day = show_day(case.refusal.said_on.isoformat(), near=_NO_YEAR)
        return Text(f"“{case.refusal.words}”（{day.zh}）", f"“{case.refusal.words}” ({day.en})")
    return next((a.answer for a in reversed(case.contacts) if a.result is AttemptResult.refused), "")


def accounts_text(case: Case) -> Text | str:
    """The shown accounts row by row, and what they let one say."""
    rows = [_account(at, item) for at, item in enumerate(case.accounts, start=1)]
    if not rows:
        return ""
    lines = (*rows, *told(case.accounts))
    return Text("\n".join(r.zh for r in lines), "\n".join(r.en for r in lines))


def _account(at: int, item: ShownAccount) -> Text:
    where = item.seen_in or "—"
    number = f"（证据{item.exhibit}）" if item.exhibit else ""
    number_en = f" (exhibit {item.exhibit})" if item.exhibit else ""
    return Text(
        f"{at}. {where}{number}：昵称“{item.display_name or '看不到'}”，账号ID {item.account_id or '看不到'}",
        f"{at}. {where}{number_en}: name “{item.display_name or 'not shown'}”, account id {item.account_id or 'not shown'}",
    )
