# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The answers to a playbook's questions in words: its own, and plain yes and no where it has none."""

from collections.abc import Sequence

from recourse.core.playbook.types import Option, Question
from recourse.core.text import Text

_YES_NO = (Option("yes", Text("是", "Yes")), Option("no", Text("不是", "No")))


def options_of(question: Question) -> Sequence[Option]:
    """What can be chosen; nothing where the answer is typed."""
    return question.options or (_YES_NO if question.kind == "yes_no" else ())


def answer_words(question: Question, value: str) -> Text | str:
    """An answer as it was offered; a typed one as it is."""
    return next((item.text for item in options_of(question) if item.key == value), value)
