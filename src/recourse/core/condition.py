# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Conditions of a win: what was announced, how each was met and what proves it; and the refusal that stands beside them.

A soft table: a condition without proof blocks nothing, it only shows where the file is thin.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recourse.core.vocabulary import EvidenceState


class Announced(StrEnum):
    """When a condition was made known: before the draw, or only after the win."""

    before = "before"
    after_win = "after_win"


@dataclass(frozen=True, slots=True)
class Condition:
    """One announced condition. `state` says of its proof: have, have not, the other side holds it; None is unsaid."""

    text: str  # as it was announced
    state: EvidenceState | None = None
    met_on: date | None = None
    proof: str = ""  # what shows it, in the person's words
    exhibits: tuple[int, ...] = ()
    announced: Announced = Announced.before

    @property
    def hidden(self) -> bool:
        """Whether it was named only after the win."""
        return self.announced is Announced.after_win


@dataclass(frozen=True, slots=True)
class Refusal:
    """The refusal in its own words, and the day on which it was said."""

    words: str
    said_on: date | None = None


def unproven(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """The conditions that were announced before the draw and whose proof the person does not have.

    A condition named only after the win binds nobody to prove that it was met.
    """
    return tuple(
        item
        for item in conditions
        if not item.hidden and item.state not in {EvidenceState.have, EvidenceState.other_side}
    )
