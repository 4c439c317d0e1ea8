# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Rulebook is everything a case is judged by, frozen on the day it is filed: playbook, letters, law, calendar."""

from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.calendar import Calendar
from recourse.core.law import Article
from recourse.core.letter import Letter
from recourse.core.playbook.ids import LawId
from recourse.core.playbook.types import Playbook
from recourse.core.playbook.walk import walk


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of one case. `law` holds the cited articles in the version in force on the day of the act."""

    playbook: Playbook
    letters: Mapping[str, Letter]
    law: Mapping[str, Article]
    calendar: Calendar


def cited_law(playbook: Playbook) -> tuple[str, ...]:
    """The ids of all articles that a playbook cites, each once, in reading order."""
    return tuple(
        dict.fromkeys(place.value for place in walk(playbook) if place.hint == LawId and place.value)
    )
