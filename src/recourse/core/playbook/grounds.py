# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The articles that a problem may cite, given the answers: law is cited on facts, never on an open question."""

from collections.abc import Mapping

from recourse.core.playbook.ids import LawId
from recourse.core.playbook.types import ProblemType


def grounds_of(problem: ProblemType, answers: Mapping[str, str]) -> tuple[LawId, ...]:
    """Ids of the articles that hold for this problem, each once: those of every case, then those of the answers."""
    found = list(problem.grounds)
    for further in problem.grounds_when:
        if all(answers.get(key) in allowed for key, allowed in further.when.items()):
            found.extend(further.laws)
    return tuple(dict.fromkeys(found))
