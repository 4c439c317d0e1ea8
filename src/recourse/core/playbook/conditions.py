# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Whether the questions and options exist that a `when` names, in an entry of a playbook or in the head of a letter."""

from collections.abc import Iterable, Iterator

from recourse.core.playbook.ids import When
from recourse.core.playbook.refusals import refusal, unknown
from recourse.core.playbook.types import Playbook
from recourse.core.playbook.walk import Place
from recourse.core.problem import Problem


def unasked_doors(playbook: Playbook) -> Iterator[Problem]:
    """Every question on which an outside door turns and which a person may leave open: the door would stay shut."""
    optional = {item.key for item in playbook.ask if not item.required}
    for index, channel in enumerate(playbook.channels):
        for key in channel.when:
            if key in optional:
                yield refusal(
                    "door_on_optional_question",
                    f"channels[{index}].when.{key}",
                    (
                        f"这个渠道要看“{key}”怎么答，而这个问题可以不答",
                        f"This door turns on {key}, which may be left unanswered",
                    ),
                    (f"把 ask 里的 {key} 改成 required: true", f"Make {key} required: true in ask"),
                )


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
