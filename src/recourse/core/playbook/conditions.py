# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether the questions and options exist that a `when` names, in an entry of a playbook or in the head of a letter."""

from collections.abc import Iterable, Iterator

from recourse.core.playbook.ids import When
from recourse.core.playbook.refusals import unknown
from recourse.core.playbook.types import Playbook
from recourse.core.playbook.walk import Place
from recourse.core.problem import Problem


def unasked(playbook: Playbook, places: Iterable[Place]) -> Iterator[Problem]:
    """Every question and option that a `when` names and the playbook does not ask."""
    answers = {item.key: tuple(option.key for option in item.options) for item in playbook.ask}
    answers |= {item.key: ("yes", "no") for item in playbook.ask if item.kind == "yes_no"}
    for place in places:
        if place.hint != When:
            continue
        for key, values in place.value.items():
            if key not in answers:
                where = f"{place.path}.{key}"
                yield unknown("unknown_question", where, "问题", "question", key, tuple(answers))
                continue
            for index, value in enumerate(values):
                if value not in answers[key]:
                    where = f"{place.path}.{key}[{index}]"
                    yield unknown("unknown_answer", where, "选项", "answer", value, answers[key])
