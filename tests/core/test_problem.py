# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
import pytest

from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text

ONE = Problem(
    "amount_missing", "demands[0].amount", Text("请写金额。", "Name the sum."), Text("填好。", "Fill in.")
)


def test_a_refusal_names_something() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Problems(())
    assert gather([]) is None
    assert gather(iter([ONE, ONE])) == Problems((ONE, ONE))


def test_refuse_is_one_problem() -> None:
    made = refuse(
        "amount_missing", zh="请写金额。", en="Name the sum.", do_zh="填好。", do_en="Fill in.", field="x"
    )
    assert made.keys() == ("amount_missing",) and made.items[0].field == "x"
    assert refuse("k", zh="中", en="e", do_zh="做", do_en="d").items[0].field == ""


def test_a_sentence_takes_each_language_of_a_filled_in_one() -> None:
    made = Text("等{who}答复{n}天", "{who} answers within {n} days").format(who=Text("商家", "the shop"), n=2)
    assert made == Text("等商家答复2天", "the shop answers within 2 days")
