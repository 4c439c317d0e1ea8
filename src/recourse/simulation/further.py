# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds beside the course of a case: what of it is shown, what was left open, what is compared, and what is kept."""

from recourse.actions.answer_questions import answer_questions
from recourse.actions.confirm_reading import confirm_reading
from recourse.actions.hold_case import hold_case
from recourse.actions.mask_exhibit import mask_exhibit
from recourse.actions.release_hold import release_hold
from recourse.actions.set_conditions import set_conditions
from recourse.actions.show_account import show_account
from recourse.actions.show_words import show_words
from recourse.actions.take_out_account import take_out_account
from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.case import show_commands as sc
from recourse.core.condition import Condition, Refusal
from recourse.core.screen import Region, ScreenField
from recourse.simulation.deeds import Act, Arguments, Scene

_SIGHTS = (
    {},
    {ScreenField.amount: "129.00"},
    {ScreenField.order_no: "NO1", ScreenField.at: "2026-01-05"},
    {ScreenField.amount: "很多"},
)


def _answers(s: Scene) -> Arguments:
    wrong = {"no_such_question": "yes"} if s.dice.percent(4) else {}
    return {"answers": {**s.bill.answers(s.dice), **wrong}}


def _mask(s: Scene) -> Arguments:
    left = s.dice.pick((0, 100, 400))
    right = left + s.dice.pick((50, 300, 300, 0))
    regions = (Region(0, left, 100, right, 200),) * s.dice.pick((0, 1, 1, 2))
    return {"no": _exhibit(s), "regions": regions}


def _exhibit(s: Scene) -> int:
    numbers = [item.no for item in s.case.exhibits]
    return s.dice.pick(numbers) if numbers and not s.dice.percent(4) else 99


def _place(s: Scene) -> str:
    places = ["story", *(f"message:{n}" for n in range(len(s.case.messages)))]
    places += [f"exhibit:{item.no}" for item in s.case.exhibits]
    return s.dice.pick(places) if not s.dice.percent(4) else "message:99"


def _conditions(s: Scene) -> Arguments:
    row = Condition("集满三人", exhibits=s.dice.pick(((), (), (99,))))
    return {
        "conditions": (row,) * s.dice.between(0, 2),
        "refusal": s.dice.pick((None, Refusal("不符合规则"))),
    }


FURTHER: dict[str, Act] = {
    "answer_questions": Act(c.AnswerQuestions, answer_questions, _answers),
    "mask_exhibit": Act(sc.MaskExhibit, mask_exhibit, _mask),
    "show_words": Act(sc.ShowWords, show_words, lambda s: {"where": _place(s), "shown": s.dice.percent(70)}),
    "confirm_reading": Act(
        sc.ConfirmReading, confirm_reading, lambda s: {"no": _exhibit(s), "values": s.dice.pick(_SIGHTS)}
    ),
    "set_conditions": Act(c.SetConditions, set_conditions, _conditions),
    "show_account": Act(
        c.ShowAccount,
        show_account,
        lambda s: {"seen_in": "聊天", "display_name": s.dice.pick(("小店", "小店 ", "")), "account_id": ""},
    ),
    "take_out_account": Act(
        c.TakeOutAccount, take_out_account, lambda s: {"account": s.one(s.case.accounts, "a999")}
    ),
    "hold_case": Act(kc.HoldCase, hold_case, lambda s: {"reason": s.words()}),
    "release_hold": Act(kc.ReleaseHold, release_hold, lambda s: {"reason": s.words()}),
}
