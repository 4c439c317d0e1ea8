# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Answer a request with exhibits, or with why there is none."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AnswerEvidenceRequest
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def answer_evidence_request(
    world: World,
    *,
    actor: Actor,
    number: str,
    request: str,
    exhibits: tuple[int, ...],
    answer: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Answer a request with exhibits, or with why there is none."""
    command = AnswerEvidenceRequest(request=request, exhibits=exhibits, answer=answer)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
