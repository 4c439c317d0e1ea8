# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who must answer: the honest one, the stonewaller, the late one, and the impostor who is none."""

from typing import TYPE_CHECKING, Any

from recourse.core.actor import Actor, Role, Via
from recourse.core.case.state import Case
from recourse.core.deadline.deadline import DeadlineState
from recourse.core.offer import Offer
from recourse.core.vocabulary import AnswerKind, Party, RemedyState, Stage
from recourse.simulation.deeds import ACTS, Scene, wild
from recourse.simulation.engine import DAY, HOUR, MINUTE, SECOND, milliseconds
from recourse.simulation.people import Doing, Person, Program, Sleep, done

if TYPE_CHECKING:
    from recourse.simulation.registry import Contact
    from recourse.simulation.stage import House


class Respondent(Person):
    """Sits behind one registered contact and works through the notices that arrived there."""

    kind = "honest respondent"
    wildness = 6
    silence = 15  # of a hundred looks, how many lead to nothing

    def __init__(self, village: Any, name: str, house: "House", contact: "Contact") -> None:
        super().__init__(village, name)
        self.house = house
        self.address = contact.address
        self.numbers: list[str] = []
        self.actor = Actor(contact.id, Role.respondent, house.operator, Via.portal)

    def letter(self, number: str) -> None:
        """A notice or news of a case arrived."""
        if number and number not in self.numbers:
            self.numbers.append(number)
        self.hears()

    def program(self) -> Program:
        """Look at what came in, and act."""
        for _ in range(60):
            yield Sleep(self.nap())
            for number in list(self.numbers):
                opened = self.look(self.actor, number)
                if opened is None or opened.case.erased or self.dice.percent(self.silence):
                    continue
                yield from self.act(opened.case)

    def nap(self) -> int:
        """How long until they look by themselves."""
        return self.dice.between(6 * HOUR, 6 * DAY)

    def act(self, case: Case) -> Doing:
        """One deed."""
        scene = Scene(self.dice, case, self.house.bill, self.village.engine.true_now())
        chosen = wild(scene, Role.respondent) if self.dice.percent(self.wildness) else self.choose(scene)
        if chosen is None:
            return
        name, arguments = chosen
        if name == "perform_step":
            self.village.ledger.pays(self, case, arguments["remedy"], arguments["index"])
        yield from self.do(name, self.actor, case.number, self.put(case.number, name, arguments))

    def put(self, number: str, name: str, arguments: Any) -> Any:
        """The story of a deed."""
        return lambda key: ACTS[name].action(
            self.world, actor=self.actor, number=number, key=key, **arguments
        )

    def choose(self, scene: Scene) -> tuple[str, Any] | None:
        """What an ordinary merchant would do."""
        case, dice = scene.case, scene.dice
        owed = self.owed(case)
        if owed is not None:
            return owed
        offer = case.open_offer
        if offer is not None and offer.by is Party.complainant:
            name = dice.weighted((("accept_offer", 50), ("refuse_offer", 25), ("make_offer", 25)))
            return name, {"offer": offer.id} if name != "make_offer" else ACTS[name].draw(scene)
        if case.stage is Stage.negotiating and not _answered(case):
            return self.answer(scene)
        if case.pending_decision is not None and case.stage is Stage.adjudicating:
            if case.pending_decision.by_default:
                return "answer_claim", {"kind": AnswerKind.refusal, "text": "仓库停电，没看到通知"}
            return dice.pick((("accept_decision", {}), ("appeal_decision", {"reasons": "事实不对"})))
        request = next((r for r in case.requests if r.of is Party.respondent and r.answered_at is None), None)
        if request is not None:
            return "answer_evidence_request", {"request": request.id, "exhibits": (), "answer": "没有留底"}
        name = dice.weighted((("", 70), ("post_message", 10), ("make_offer", 10), ("add_exhibit", 10)))
        return (name, ACTS[name].draw(scene)) if name else None

    def answer(self, scene: Scene) -> tuple[str, Any] | None:
        """Answer the claim."""
        kind = scene.dice.weighted(
            (("offer", 40), ("admission", 20), ("refusal", 20), ("promise", 10), ("holding", 10))
        )
        if kind == "offer":
            return "make_offer", ACTS["make_offer"].draw(scene)
        arguments = dict(ACTS["answer_claim"].draw(scene))
        arguments["kind"] = AnswerKind(kind)
        if arguments["kind"] is AnswerKind.promise and arguments["promised_at"] is None:
            return None
        return "answer_claim", arguments

    def owed(self, case: Case) -> tuple[str, Any] | None:
        """The next step of a remedy that is the respondent's."""
        for remedy in case.remedies:
            index = remedy.next_step()
            if remedy.state not in {RemedyState.ordered, RemedyState.performing} or index is None:
                continue
            if remedy.steps[index].who is Party.respondent and self.dice.percent(85):
                return "perform_step", {"remedy": remedy.id, "index": index, "note": "流水号 20260921"}
        return None


def _answered(case: Case) -> bool:
    return any(reply.rung is case.rung and reply.kind != "holding" for reply in case.replies) or any(
        isinstance(offer, Offer) and offer.by is Party.respondent for offer in case.offers
    )


class Stonewaller(Respondent):
    """「正在处理」, again and again; then silence."""

    kind = "stonewaller"
    wildness = 0

    def choose(self, scene: Scene) -> tuple[str, Any] | None:
        """A holding reply, or nothing."""
        if scene.case.stage is not Stage.negotiating or not scene.dice.percent(70):
            return None
        return "answer_claim", {"kind": AnswerKind.holding, "text": "正在处理，请耐心等待"}


class LateAnswerer(Respondent):
    """Answers at the edge of the time, or after silence has decided."""

    kind = "late answerer"
    wildness = 0

    def act(self, case: Case) -> Doing:
        """Wait for the edge of the answer clock, then act as anybody."""
        clock = next(
            (d for d in case.deadlines if d.act == "answer" and d.state is DeadlineState.running), None
        )
        if clock is not None and clock.due_at is not None:
            edge = milliseconds(clock.due_at) - self.village.engine.now_ms
            offset = self.dice.pick((-2 * SECOND, -500, 500, 30 * MINUTE, 2 * DAY))
            if edge + offset > SECOND:
                yield Sleep(edge + offset, deaf=True)
        opened = self.look(self.actor, case.number)
        if opened is not None:
            yield from super().act(opened.case)


class Impostor(Person):
    """Knows a case number and says to be the merchant. Nothing it does may leave a trace."""

    kind = "impostor respondent"

    def __init__(self, village: Any, name: str, house: "House") -> None:
        super().__init__(village, name)
        self.house = house
        self.actor = Actor(self.dice.hex(32), Role.respondent, house.operator, Via.portal)

    def program(self) -> Program:
        """Try deeds on cases whose numbers it found out, in its own house and in others."""
        for _ in range(6):
            yield Sleep(self.dice.between(HOUR, 6 * DAY), deaf=True)
            number = self.village.some_number(self.dice)
            case = self.village.whatever_stands(number)
            if case is None:
                continue
            actor = self.dice.pick(self.village.strangers_to(case, self.actor))
            scene = Scene(self.dice, case, self.house.bill, self.village.engine.true_now())
            chosen = wild(scene, actor.role)
            if chosen is None:
                continue
            name, arguments = chosen
            outcome = yield from self.do(
                name,
                actor,
                number,
                lambda key, name=name, arguments=arguments, number=number, actor=actor: ACTS[name].action(
                    self.world, actor=actor, number=number, key=key, **arguments
                ),
            )
            if done(outcome):
                self.village.oracle.broken("walls", number, f"{actor.role} of {actor.operator} did {name}")
