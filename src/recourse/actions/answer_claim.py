# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent answers: admission, refusal with its reason, promise with a date, or a holding reply."""

from datetime import datetime

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import RecordAnswer
from recourse.core.holding import holding_problem, read_reply, with_more
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import AnswerKind
from recourse.gateways.holding_file import current_holding


def answer_claim(
    world: World,
    *,
    actor: Actor,
    number: str,
    kind: AnswerKind,
    text: str,
    promised_at: datetime | None = None,
    more: str = "",
    weighed: bool = True,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """The respondent answers: admission, refusal with its reason, promise with a date, or a holding reply.

    A refusal that only holds off is sent back once with what counts as an answer; `more` says why it is more than that
    and goes along with it. `weighed=False` leaves the words alone, as for a late answer, which is a cause.
    """
    if kind is AnswerKind.refusal and weighed and not more.strip():
        reply = read_reply(text, current_holding())
        if reply.holds:
            return Problems((holding_problem(reply, field="text", is_own=True),))
    command = RecordAnswer(kind=kind, text=with_more(text, more), promised_at=promised_at)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
