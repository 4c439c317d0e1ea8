# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who acts beside the course of a case: parties who choose what is shown, and staff who hold cases and let them go."""

from typing import TYPE_CHECKING, Any

from recourse.core.actor import Actor, Role, Via
from recourse.core.case.state import Case
from recourse.simulation.deeds import Scene
from recourse.simulation.engine import DAY, HOUR
from recourse.simulation.further import FURTHER
from recourse.simulation.people import Doing, Person, Program, Sleep, done

if TYPE_CHECKING:
    from recourse.simulation.stage import House

_SHOWS = (
    *(name for name in FURTHER if name not in {"hold_case", "release_hold"}),
    "answer_questions",
    "answer_questions",
    "show_account",
    "take_out_account",
    "take_out_account",
)


class Beside(Person):
    """Takes up one case after another; `actors` are the seats it plays, `choose` what they do."""

    looks = 24

    def __init__(self, village: Any, name: str, house: "House") -> None:
        super().__init__(village, name)
        self.house = house

    def program(self) -> Program:
        """Look at the house's cases, closed ones too, and do something to some of them."""
        for _ in range(self.looks):
            yield Sleep(self.dice.between(6 * HOUR, 3 * DAY), deaf=True)
            for number in self.village.numbers_of(self.house):
                case = self.village.whatever_stands(number)
                if case is not None and self.dice.percent(12):
                    yield from self.act(case)

    def act(self, case: Case) -> Doing:
        """One deed by one of the seats; now and then by somebody who has no business here."""
        stranger = self.dice.percent(5)
        actor = self.dice.pick(
            self.village.strangers_to(case, _nobody(self, case)) if stranger else self.actors(case)
        )
        name = self.choose(case)
        arguments = FURTHER[name].draw(
            Scene(self.dice, case, self.house.bill, self.village.engine.true_now())
        )
        outcome = yield from self.do(
            name,
            actor,
            case.number,
            lambda key: FURTHER[name].action(
                self.world, actor=actor, number=case.number, key=key, **arguments
            ),
        )
        if stranger and done(outcome):
            self.village.oracle.broken("walls", case.number, f"{actor.role} of {actor.operator} did {name}")

    def actors(self, case: Case) -> list[Actor]:
        """The seats that act."""
        raise NotImplementedError

    def choose(self, case: Case) -> str:
        """What they do."""
        raise NotImplementedError


class Shower(Beside):
    """The parties and the agent: black regions, texts in full, readings, late answers, tables."""

    kind = "chooses what is shown"

    def actors(self, case: Case) -> list[Actor]:
        """Complainant, respondent, agent."""
        house = self.house
        seats = [
            Actor(contact.id, Role.respondent, house.operator, Via.portal)
            for listed in house.listed
            if listed.id == case.respondent.registered
            for contact in listed.contacts
        ]
        mine = Actor(case.complainant.id, Role.complainant, house.operator, Via.portal)
        return [mine, mine, *seats, house.agent]

    def choose(self, case: Case) -> str:
        """Any of them."""
        return self.dice.pick(_SHOWS)


class Keeper(Beside):
    """The agent and the owner: each holds cases, and each tries to release what is held, their own as well."""

    kind = "holds cases"

    def actors(self, case: Case) -> list[Actor]:
        """Agent, owner."""
        return [self.house.agent, self.house.owner]

    def choose(self, case: Case) -> str:
        """Hold what is free, release what is held."""
        usual, other = ("hold_case", "release_hold") if case.hold is None else ("release_hold", "hold_case")
        return usual if self.dice.percent(85) else other


def _nobody(person: Person, case: Case) -> Actor:
    return Actor(person.dice.hex(32), Role.respondent, case.operator, Via.portal)
