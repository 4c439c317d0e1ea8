# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Repeats: how often one respondent was complained of, told to the operator's people and to the respondent itself.

It never acts: no clock, no remedy and no decision follows from it, and the other side does not see it. How often
is counted by a check over the operator's cases; the playbook says from how many on it is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often subjects of one respondent were complained of.

    `heard` counts subjects (draws, orders) that a complainant of their own speaks for: each person speaks for one
    subject, so that one person's many complaints count once. `known` is how many subjects there are in all.
    """

    heard: int
    known: int

    def reaches(self, *, least: int, percent: int) -> bool:
        """Whether at least so many subjects, and so many of a hundred, were complained of."""
        return self.heard >= least and self.heard * 100 >= percent * self.known


@dataclass(frozen=True, slots=True)
class ToldRepeat:
    """A repeat as it was told in a case: which rule of the playbook, the count on that day, and when."""

    rule: str
    repeat: Repeat
    at: datetime


def heard(complaints: Iterable[tuple[str, str]]) -> int:
    """How many subjects a complainant of their own speaks for, given (subject, complainant) pairs.

    A maximum matching: each person is given to one subject at most, and as many subjects as possible get somebody. Ten
    draws that ten people complained of make ten, however they overlap; ten draws that one person complained of make one.
    """
    people: dict[str, list[str]] = {}
    for subject, complainant in sorted(set(complaints)):
        people.setdefault(subject, []).append(complainant)
    speaks_for: dict[str, str] = {}
    return sum(_given(subject, people, speaks_for) for subject in people)


def _given(subject: str, people: dict[str, list[str]], speaks_for: dict[str, str]) -> bool:
    """Give this subject somebody, moving others to another subject where that frees one (an augmenting path)."""
    came_by: dict[str, str] = {}  # complainant → the subject from which it was reached
    waiting = [subject]
    for here in waiting:
        for complainant in people[here]:
            if complainant in came_by:
                continue
            came_by[complainant] = here
            taken = speaks_for.get(complainant)
            if taken is not None:
                waiting.append(taken)
                continue
            _move(complainant, came_by, speaks_for, start=subject)
            return True
    return False


def _move(complainant: str, came_by: dict[str, str], speaks_for: dict[str, str], *, start: str) -> None:
    """Walk the path back: each subject on it takes the complainant it was left by, and frees its own."""
    while True:
        subject = came_by[complainant]
        before = next((who for who, what in speaks_for.items() if what == subject), None)
        speaks_for[complainant] = subject
        if subject == start or before is None:
            return
        complainant = before
