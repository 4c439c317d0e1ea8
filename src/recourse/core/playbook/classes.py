# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The class of a problem: where a platform sorts its problems into classes, one complaint names one class."""

from collections.abc import Iterable

from recourse.core.playbook.types import Playbook, ProblemClass
from recourse.core.problem import Problem
from recourse.core.text import Text


def class_of(playbook: Playbook, problem: str) -> ProblemClass | None:
    """The class that this problem belongs to, None where the playbook has no classes."""
    return next((item for item in playbook.classes if problem in item.problems), None)


def classes_mixed(playbook: Playbook, problems: Iterable[str]) -> Problem | None:
    """The refusal of problems of several classes: a complaint that mixes them is slow to handle, so it is split."""
    found = {item.id: item for item in (class_of(playbook, id) for id in problems) if item is not None}
    if len(found) < 2:
        return None
    return Problem(
        "classes_mixed",
        "problems",
        Text(
            f"一件投诉只写一类，现在有{len(found)}类：{'、'.join(item.name.zh for item in found.values())}。",
            f"A complaint names one class; these are {len(found)}: "
            f"{', '.join(item.name.en for item in found.values())}.",
        ),
        Text("只留最主要的一类；别的另提一件。", "Keep the main one; file another complaint for the rest."),
    )
