# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The operator's people: an agent who moves cases on, neutrals who decide, and a colluding pair who cut corners."""

from typing import TYPE_CHECKING, Any

from recourse.core.actor import Actor
from recourse.core.case.state import Case
from recourse.core.vocabulary import Party, RemedyState, Stage
from recourse.simulation.deeds import ACTS, Scene, wild
from recourse.simulation.engine import DAY, HOUR
from recourse.simulation.people import Doing, Person, Program, Sleep

if TYPE_CHECKING:
    from recourse.simulation.stage import House


class Staff(Person):
    """Works through the operator's cases."""

    wildness = 10
    share = 8  # of a hundred cases, how many are worked on at a look
    looks = 30

    def __init__(self, village: Any, name: str, house: "House", actor: Actor) -> None:
        super().__init__(village, name)
        self.house = house
        self.actor = actor

    def program(self) -> Program:
        """Take a case and do something to it."""
        for _ in range(self.looks):
            yield Sleep(self.dice.between(12 * HOUR, 3 * DAY), deaf=True)
            numbers = self.village.numbers_of(self.house)
            for number in numbers:
                opened = self.look(self.actor, number)
                if opened is not None and not opened.case.closed and self.dice.percent(self.share):
                    yield from self.act(opened.case)

    def act(self, case: Case) -> Doing:
        """One deed."""
        scene = Scene(self.dice, case, self.house.bill, self.village.engine.true_now())
        blind = self.dice.percent(self.wildness)
        chosen = wild(scene, self.actor.role) if blind else self.choose(scene)
        if chosen is None:
            return
        name, arguments = chosen
        yield from self.do(
            name,
            self.actor,
            case.number,
            lambda key: ACTS[name].action(
                self.world, actor=self.actor, number=case.number, key=key, **arguments
            ),
        )

    def choose(self, scene: Scene) -> tuple[str, Any] | None:
        """What the seat is there for."""
        raise NotImplementedError


class Agent(Staff):
    """Assigns, asks for evidence, vouches for callers, performs the operator's own steps."""

    kind = "agent"

    def choose(self, scene: Scene) -> tuple[str, Any] | None:
        """The next thing an agent does."""
        case = scene.case
        if case.stage is Stage.received and case.complainant.represented_by:
            return "prove_contact", {"method": "vouched"}
        for remedy in case.remedies:
            index = remedy.next_step()
            owed = remedy.state in {RemedyState.ordered, RemedyState.performing} and index is not None
            if owed and remedy.steps[index or 0].who is Party.operator:
                return "perform_step", {"remedy": remedy.id, "index": index, "note": "已办"}
        options = (
            ("assign_case", 25),
            ("ask_for_evidence", 15),
            ("add_note", 10),
            ("set_points", 10),
            ("escalate_case", 15),
            ("extend_deadline", 10),
            ("suspend_deadline", 15),
        )
        name = scene.dice.weighted(options)
        return name, ACTS[name].draw(scene)


class Neutral(Staff):
    """Decides what waits for a decision, unless somebody else must."""

    kind = "neutral"
    share = 60
    wildness = 3

    def choose(self, scene: Scene) -> tuple[str, Any] | None:
        """Decide, or let it be."""
        case = scene.case
        waits = case.stage is Stage.appealed or (
            case.stage is Stage.adjudicating and case.pending_decision is None
        )
        mine = case.decision is not None and case.decision.by == self.actor.id
        if not waits or (case.stage is Stage.appealed and mine):
            return None
        return "decide_case", ACTS["decide_case"].draw(scene)


class Colluder(Staff):
    """Decides appeals against its own decision, decides unheard, from the wrong seat, twice."""

    kind = "colluding agent"
    wildness = 30
    share = 25

    def choose(self, scene: Scene) -> tuple[str, Any] | None:
        """Whatever is not allowed."""
        if scene.case.stage is Stage.appealed and scene.dice.percent(40):
            return "assign_case", {"agent": self.actor.id}
        return "decide_case", {**ACTS["decide_case"].draw(scene), "facts": "认定", "reasons": "理由"}


def colluders(village: Any, house: "House") -> list[Colluder]:
    """A neutral who hears appeals against itself, and an agent who plays neutral."""
    roles = (house.neutrals[0], house.agent)
    return [Colluder(village, f"{house.operator}-colluder{n}", house, actor) for n, actor in enumerate(roles)]
