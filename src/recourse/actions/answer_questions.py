# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Answer questions that were left open, so that it is known which doors fit."""

from collections.abc import Mapping

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AnswerQuestions
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def answer_questions(
    world: World,
    *,
    actor: Actor,
    number: str,
    answers: Mapping[str, str],
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Answer questions that were left open at filing."""
    command = AnswerQuestions(answers=answers)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
