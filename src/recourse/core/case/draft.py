# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Draft is one command being decided: the case as it grows, event by event, and what the core was told.

It lives inside one call of `decide`; handlers add events and read the case that already holds them.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from recourse.core.actor import Actor, Role
from recourse.core.calendar import Calendar
from recourse.core.case.evolve import evolve
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.playbook.types import DeadlineSpec, ProblemType, RemedySpec, RungSpec
from recourse.core.rulebook import Rulebook
from recourse.core.vocabulary import Party, RemedyKind, RungName

When = Mapping[str, tuple[str, ...]]

SIDES = {Role.complainant: Party.complainant, Role.respondent: Party.respondent}


class Draft:
    """The growing answer to one command."""

    __slots__ = ("_case", "actor", "events", "facts", "now", "rules")

    def __init__(
        self,
        case: Case | None,
        *,
        actor: Actor,
        rules: Rulebook,
        facts: Facts,
        now: datetime,
    ) -> None:
        self._case = case
        self.actor = actor
        self.rules = rules
        self.facts = facts
        self.now = now
        self.events: list[Any] = []

    @property
    def case(self) -> Case:
        """The case with every event added so far. There is none before ComplaintFiled."""
        if self._case is None:
            raise LookupError("the case begins with ComplaintFiled")
        return self._case

    def add(self, *events: Any) -> None:
        """Add events and fold them in at once."""
        for event in events:
            self._case = evolve(self._case, event)
            self.events.append(event)

    @property
    def calendar(self) -> Calendar:
        """The newest calendar: days of rest are the State Council's, not the platform's, so they are not frozen."""
        return self.facts.calendar or self.rules.calendar

    @property
    def side(self) -> Party:
        """The party this actor speaks for."""
        return SIDES.get(self.actor.role, Party.operator)

    def rung(self, name: RungName) -> RungSpec | None:
        """The playbook's rung of this name, or None when it has none."""
        return next((spec for spec in self.rules.playbook.ladder if spec.rung is name), None)

    def remedy(self, kind: RemedyKind) -> RemedySpec | None:
        """How this kind of remedy is carried out here, given the answers; None when it is not offered."""
        return next(
            (r for r in self.rules.playbook.remedies if r.kind is kind and fits(r.when, self.case)),
            None,
        )

    def agreed_remedy(self, kind: RemedyKind) -> RemedySpec:
        """How a remedy is carried out that was agreed or ordered here: an answer given since takes nothing back."""
        named = next(r for r in self.rules.playbook.remedies if r.kind is kind)
        return self.remedy(kind) or named

    def problem(self, id: str) -> ProblemType | None:
        """The playbook's problem of this id."""
        return next((item for item in self.rules.playbook.problems if item.id == id), None)

    def case_clock(self, act: str) -> DeadlineSpec | None:
        """The case-level clock for this act, such as `respond_offer`."""
        return next((spec for spec in self.rules.playbook.deadlines if spec.act == act), None)


def fits(when: When, case: Case) -> bool:
    """Whether an item of the playbook applies, given the answers; a question left open excludes nothing."""
    return fits_answers(when, case.answers_given)


def fits_answers(when: When, answers: Mapping[str, str]) -> bool:
    """The same for answers that are not yet those of a case."""
    return all(answers[key] in allowed for key, allowed in when.items() if key in answers)


def open_questions(when: When, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions that `when` turns on and nobody has answered yet, by key."""
    return tuple(key for key in when if key not in answers)


def settled(when: When, answers: Mapping[str, str]) -> bool:
    """Whether an item applies for sure: every question that it turns on was answered, and answered so."""
    return fits_answers(when, answers) and not open_questions(when, answers)


def on_the_way(spec: RungSpec, case: Case) -> bool:
    """Whether a rung belongs to this case's ladder; where it stands or stood it did, whatever was answered since."""
    return fits(spec.when, case) or spec.rung is case.rung or spec.rung in case.rungs_passed


def ladder_of(draft: Draft) -> Iterator[RungSpec]:
    """The rungs of this case's ladder in their order."""
    return (spec for spec in draft.rules.playbook.ladder if on_the_way(spec, draft.case))
