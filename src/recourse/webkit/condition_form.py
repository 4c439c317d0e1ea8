# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The form of a table of conditions: its rows as typed, what is wrong with them, and the values that they mean."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from recourse.core.condition import Announced, Condition, Refusal
from recourse.core.day import parse_day
from recourse.core.playbook.tables import ConditionTable
from recourse.core.problem import Problem
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceState
from recourse.webkit.tables import PROOFS

ROWS = 10
SHOWN = 3
TEXT_MAX = 200
_PARTS = ("text", "state", "met_on", "announced", "proof", "exhibits")
_AGAIN = Text("改好再继续。", "Correct it and go on.")

STATES: tuple[tuple[str, Text], ...] = (
    ("", Text("有没有证明？", "Is there proof?")),
    (EvidenceState.have.value, Text("我有证明", "I have proof")),
    (EvidenceState.have_not.value, Text("没有证明", "I have none")),
    (EvidenceState.other_side.value, PROOFS[EvidenceState.other_side][0]),
)
ANNOUNCED: tuple[tuple[str, Text], ...] = (
    (Announced.before.value, Text("开奖前就公布的", "announced before the draw")),
    (Announced.after_win.value, Text("中奖以后才说的", "named only after the win")),
)


def field_names() -> tuple[str, ...]:
    """Every field of the form."""
    return (*(f"condition-{part}-{at}" for at in range(ROWS) for part in _PARTS), "refusal", "refusal-on")


def form_of(typed: Mapping[str, Any], spec: ConditionTable | None) -> dict[str, Any]:
    """The form as its template takes it: the rows that hold something, and a few empty ones."""
    rows = [
        {
            "at": at,
            "key": str(at),
            "number": at + 1,
            **{part: _said(typed, f"condition-{part}-{at}") for part in _PARTS},
        }
        for at in range(ROWS)
    ]
    last = max((row["at"] for row in rows if row["text"]), default=-1)
    shown = max(SHOWN, last + 2)
    return {
        "first": rows[:shown],
        "more": rows[shown:],
        "states": STATES,
        "announced": ANNOUNCED,
        "usual": spec.usual if spec is not None else (),
        "refusal": _said(typed, "refusal"),
        "refusal_on": _said(typed, "refusal-on"),
    }


def typed_of(conditions: tuple[Condition, ...], refusal: Refusal | None) -> dict[str, str]:
    """What the form holds when somebody comes back to the table."""
    typed: dict[str, str] = {}
    for at, item in enumerate(conditions[:ROWS]):
        typed |= {
            f"condition-text-{at}": item.text,
            f"condition-state-{at}": item.state.value if item.state else "",
            f"condition-met_on-{at}": item.met_on.isoformat() if item.met_on else "",
            f"condition-announced-{at}": item.announced.value,
            f"condition-proof-{at}": item.proof,
            f"condition-exhibits-{at}": " ".join(map(str, item.exhibits)),
        }
    if refusal is not None:
        typed |= {
            "refusal": refusal.words,
            "refusal-on": refusal.said_on.isoformat() if refusal.said_on else "",
        }
    return typed


def problems_of(typed: Mapping[str, Any], *, today: date) -> Iterator[Problem]:
    """Everything that is wrong with the form, beside its fields."""
    for at in range(ROWS):
        text, met_on = _said(typed, f"condition-text-{at}"), _said(typed, f"condition-met_on-{at}")
        touched = met_on or any(
            _said(typed, f"condition-{part}-{at}") for part in ("state", "proof", "exhibits")
        )
        if touched and not text:
            yield _say(
                f"condition-text-{at}", "这一行没写条件是什么。", "This row does not say the condition."
            )
        if len(text) > TEXT_MAX or len(_said(typed, f"condition-proof-{at}")) > TEXT_MAX:
            yield _say(f"condition-text-{at}", f"最多{TEXT_MAX}字。", f"At most {TEXT_MAX} characters.")
        yield from _day_problems(met_on, f"condition-met_on-{at}", today)
        if not all(part.isdigit() for part in _numbers(typed, at)):
            yield _say(
                f"condition-exhibits-{at}", "证据编号写数字，如 1 2。", "Write exhibit numbers like 1 2."
            )
    yield from _day_problems(_said(typed, "refusal-on"), "refusal-on", today)


def read(typed: Mapping[str, Any]) -> tuple[tuple[Condition, ...], Refusal | None]:
    """The values of a form that has no problems. Rows without words are left out."""
    rows = tuple(
        Condition(
            text=text,
            state=EvidenceState(state)
            if (state := _said(typed, f"condition-state-{at}")) in set(EvidenceState)
            else None,
            met_on=parse_day(_said(typed, f"condition-met_on-{at}")),
            proof=_said(typed, f"condition-proof-{at}"),
            exhibits=tuple(int(part) for part in _numbers(typed, at) if part.isdigit()),
            announced=Announced(given)
            if (given := _said(typed, f"condition-announced-{at}")) in set(Announced)
            else Announced.before,
        )
        for at in range(ROWS)
        if (text := _said(typed, f"condition-text-{at}"))
    )
    words = _said(typed, "refusal")
    return rows, Refusal(words, parse_day(_said(typed, "refusal-on"))) if words else None


def plain_of(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The table as the complaint document has it."""
    conditions, refusal = read(typed)
    plain: dict[str, Any] = {
        "conditions": [
            {
                "text": item.text,
                "state": item.state.value if item.state else None,
                "met_on": item.met_on,
                "proof": item.proof,
                "announced": item.announced.value,
            }
            for item in conditions
        ]
    }
    if refusal is not None:
        plain["refusal"] = {"words": refusal.words, "said_on": refusal.said_on}
    return plain


def _numbers(typed: Mapping[str, Any], at: int) -> list[str]:
    return (
        _said(typed, f"condition-exhibits-{at}")
        .replace("、", " ")
        .replace(",", " ")
        .replace("，", " ")
        .split()
    )


def _day_problems(given: str, field: str, today: date) -> Iterator[Problem]:
    day = parse_day(given)
    if given and day is None:
        yield _say(field, "看不懂这个日期。", "This date is not understood.")
    elif day is not None and day > today:
        yield _say(field, "这个日期还没到。", "This day has not come yet.")


def _say(field: str, zh: str, en: str) -> Problem:
    return Problem("condition_not_understood", field, Text(zh, en), _AGAIN)


def _said(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name, "")
    return value.strip() if isinstance(value, str) else ""
