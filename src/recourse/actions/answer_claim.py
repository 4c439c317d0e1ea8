# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent answers: admission, refusal with its reason, promise with a date, or a holding reply."""

from datetime import datetime

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import RecordAnswer
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import AnswerKind


def answer_claim(
    world: World,
    *,
    actor: Actor,
    number: str,
    kind: AnswerKind,
    text: str,
    promised_at: datetime | None = None,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """The respondent answers: admission, refusal with its reason, promise with a date, or a holding reply."""
    command = RecordAnswer(kind=kind, text=text, promised_at=promised_at)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
