# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who complains: the honest one, who clicks twice, who waits for the last second, who files a lot, who replays."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.actions.prove_contact import prove_contact
from recourse.core.actor import Actor, Role, Via
from recourse.core.address import Address
from recourse.core.case.state import Case
from recourse.core.complaint import Complaint
from recourse.core.deadline.deadline import Deadline, DeadlineState
from recourse.core.vocabulary import Party, RemedyState, Stage
from recourse.simulation.deeds import ACTS, Scene, wild
from recourse.simulation.engine import DAY, HOUR, MINUTE, SECOND, milliseconds
from recourse.simulation.people import Doing, Person, Program, Sleep, done

if TYPE_CHECKING:
    from recourse.simulation.stage import House


class Complainant(Person):
    """Files a complaint, proves the contact, and goes on until it is over. The base of all who complain."""

    kind = "honest complainant"
    wildness = 6  # of a hundred deeds, how many are drawn blindly
    patience = 11  # deeds before they give up

    def __init__(self, village: Any, name: str, house: "House", record_id: str, paid: int) -> None:
        super().__init__(village, name)
        self.house = house
        self.record_id = record_id
        self.paid = paid
        self.address = f"{name}@example.cn"
        self.number = ""
        self.person = self.dice.hex(32)
        self.actor = Actor(self.person, Role.complainant, house.operator, Via.portal)

    def program(self) -> Program:
        """Hand in, prove, and act whenever something happened or time has passed."""
        yield Sleep(self.dice.below(12 * DAY), deaf=True)
        self.number = yield from self.file(None)
        if not self.number:
            return
        yield from self.prove()
        for _ in range(self.patience):
            yield Sleep(self.nap())
            opened = self.look(self.actor, self.number)
            if opened is None:
                return
            if opened.case.erased or (opened.case.closed and self.dice.percent(70)):
                return
            yield from self.act(opened.case)

    def letter(self, number: str) -> None:
        """News of one's own case."""
        self.hears()

    def nap(self) -> int:
        """How long until they look again by themselves."""
        return self.dice.between(2 * HOUR, 8 * DAY)

    def complaint(self) -> Complaint:
        """What they hand in."""
        return self.house.bill.complaint(
            self.dice,
            contact=Address("mail", self.address),
            respondent=self.house.respondent_name(self.dice),
            record_id=self.record_id,
            paid=self.paid,
            today=self.village.engine.true_now().date(),
        )

    def file(self, refiling: Refiling | None) -> Doing:
        """File; the number, or nothing when it was refused."""
        complaint, by_phone = self.complaint(), self.dice.percent(10)
        newcomer = Actor(f"visitor-{self.name}", Role.complainant, self.house.operator, Via.portal)
        actor, person = self.house.agent if by_phone else newcomer, self.person
        outcome = yield from self.do(
            "file_complaint",
            actor,
            "",
            lambda key: file_complaint(
                self.world,
                actor=actor,
                complaint=complaint,
                by_phone=by_phone,
                refiling=refiling,
                person=person,
                key=key,
            ),
        )
        return outcome.number if done(outcome) else ""

    def prove(self) -> Doing:
        """The code arrived and is typed in; somebody may forget to."""
        if self.dice.percent(4):
            return
        yield Sleep(self.dice.between(20 * SECOND, 2 * HOUR), deaf=True)
        actor, number = self.actor, self.number
        yield from self.do(
            "prove_contact",
            actor,
            number,
            lambda key: prove_contact(self.world, actor=actor, number=number, method="code", key=key),
        )

    def act(self, case: Case) -> Doing:
        """One deed that fits, or a blind one."""
        scene = Scene(self.dice, case, self.house.bill, self.village.engine.true_now())
        chosen = wild(scene, Role.complainant) if self.dice.percent(self.wildness) else self.choose(scene)
        if chosen is not None:
            name, arguments = chosen
            about = arguments.get("offer", "")
            yield from self.do(name, self.actor, self.number, self.put(name, arguments), about=about)

    def put(self, name: str, arguments: Any) -> Any:
        """The story of a deed on one's case, as it is now: a later one is another request."""
        actor, number = self.actor, self.number
        return lambda key: ACTS[name].action(self.world, actor=actor, number=number, key=key, **arguments)

    def choose(self, scene: Scene) -> tuple[str, Any] | None:
        """What an ordinary person would do next."""
        case, dice = scene.case, scene.dice
        if case.stage is Stage.acknowledged:
            return "confirm_problems", ACTS["confirm_problems"].draw(scene)
        offer = case.open_offer
        if offer is not None and offer.by is Party.respondent:
            name = dice.weighted((("accept_offer", 55), ("refuse_offer", 20), ("make_offer", 15), ("", 10)))
            if not name:
                return None
            given = {"offer": offer.id} if name != "make_offer" else ACTS[name].draw(scene)
            return name, given
        owed = list(self._owed(case))
        if owed:
            return owed[0]
        if case.pending_decision is not None and case.stage is Stage.adjudicating:
            return dice.pick((("accept_decision", {}), ("appeal_decision", {"reasons": "事实不对"})))
        return self._otherwise(scene)

    def _owed(self, case: Case) -> Iterator[tuple[str, Any]]:
        for remedy in case.remedies:
            index = remedy.next_step()
            open_now = remedy.state in {RemedyState.ordered, RemedyState.performing}
            if open_now and index is not None and remedy.steps[index].who is Party.complainant:
                yield "perform_step", {"remedy": remedy.id, "index": index, "note": "单号 SF123"}
            elif remedy.state is RemedyState.performed:
                happy = self.dice.percent(70)
                yield (
                    ("confirm_remedy", {"remedy": remedy.id})
                    if happy
                    else (
                        "dispute_remedy",
                        {
                            "remedy": remedy.id,
                            "reason": self.dice.pick(("not_received", "wrong_thing")),
                            "text": "不对",
                        },
                    )
                )

    def _otherwise(self, scene: Scene) -> tuple[str, Any] | None:
        options: tuple[tuple[str, int], ...]
        match scene.case.stage:
            case Stage.outside:
                options = (
                    ("open_filing", 30),
                    ("update_filing", 35),
                    ("escalate_case", 20),
                    ("log_contact", 15),
                )
            case Stage.negotiating:
                options = (
                    ("", 30),
                    ("post_message", 15),
                    ("escalate_case", 15),
                    ("make_offer", 15),
                    ("add_exhibit", 15),
                    ("extend_deadline", 10),
                )
            case Stage.closed:
                options = (
                    ("reopen_case", 30),
                    ("escalate_case", 30),
                    ("confirm_remedy", 20),
                    ("dispute_remedy", 20),
                )
            case _:
                options = (
                    ("", 50),
                    ("add_exhibit", 20),
                    ("answer_evidence_request", 20),
                    ("post_message", 10),
                )
        name = scene.dice.weighted(options)
        return (name, ACTS[name].draw(scene)) if name else None


class DoubleClicker(Complainant):
    """Clicks twice: the same request twice at once, on two devices, and sometimes a second one beside it."""

    kind = "double-clicker"

    def act(self, case: Case) -> Doing:
        """The deed, while its twin is under way."""
        scene = Scene(self.dice, case, self.house.bill, self.village.engine.true_now())
        chosen = self.choose(scene)
        if chosen is None:
            return
        name, arguments = chosen
        key = self.new_key()
        story = self.put(name, arguments)
        self.village.side_by_side(self, name, self.actor, self.number, key, lambda: story(key))
        if self.dice.percent(40):
            other = wild(scene, Role.complainant)
            if other is not None:
                second, third = self.new_key(), self.put(*other)
                self.village.side_by_side(
                    self, other[0], self.actor, self.number, second, lambda: third(second)
                )
        yield from self.do(name, self.actor, self.number, story, key=key)


class Sniper(Complainant):
    """Acts in the last second of a deadline, on it, and just after it."""

    kind = "deadline sniper"
    wildness = 0

    def act(self, case: Case) -> Doing:
        """Wait for the edge of the next clock that is one's own, then act."""
        clock = self._mine(case)
        if clock is None or clock.due_at is None:
            yield from super().act(case)
            return
        edge = milliseconds(clock.due_at) - self.village.engine.now_ms
        offset = self.dice.pick((-30 * MINUTE, -2 * SECOND, -500, 500, 2 * SECOND, 30 * MINUTE))
        if edge + offset > SECOND:
            yield Sleep(edge + offset, deaf=True)
        opened = self.look(self.actor, self.number)
        if opened is None:
            return
        scene = Scene(self.dice, opened.case, self.house.bill, self.village.engine.true_now())
        offer = opened.case.open_offer
        if clock.act == "respond_offer" and offer is not None:
            name = self.dice.pick(("accept_offer", "accept_offer", "refuse_offer"))
            story = self.put(name, {"offer": offer.id})
            yield from self.do(name, self.actor, self.number, story, about=offer.id)
        elif clock.act == "appeal" and opened.case.pending_decision is not None:
            arguments = {"reasons": "最后一刻"}
            yield from self.do(
                "appeal_decision", self.actor, self.number, self.put("appeal_decision", arguments)
            )
        else:
            chosen = self.choose(scene)
            if chosen is not None:
                yield from self.do(chosen[0], self.actor, self.number, self.put(*chosen))

    def _mine(self, case: Case) -> Deadline | None:
        mine = [
            item
            for item in case.deadlines
            if item.state is DeadlineState.running
            and (item.who is Party.complainant or item.act == "appeal")
            and item.scope != "case"
        ]
        return min(mine, key=lambda item: (item.due_at, item.id), default=None)


class Replayer(Complainant):
    """Sends old requests again, days later, with their old keys; and an old key with other words."""

    kind = "replayer"

    def __init__(self, village: Any, name: str, house: "House", record_id: str, paid: int) -> None:
        self._sent: list[tuple[str, str, Any]] = []
        super().__init__(village, name, house, record_id, paid)

    def act(self, case: Case) -> Doing:
        """Something new, then something old."""
        scene = Scene(self.dice, case, self.house.bill, self.village.engine.true_now())
        chosen = self.choose(scene)
        if chosen is not None:
            key, story = self.new_key(), self.put(*chosen)
            self._sent.append((key, chosen[0], story))
            yield from self.do(chosen[0], self.actor, self.number, story, key=key)
        if self._sent and self.dice.percent(60):
            key, name, story = self.dice.pick(self._sent)
            yield from self.do(name, self.actor, self.number, story, key=key)
            if self.dice.percent(30):
                twisted = self.put("post_message", {"text": "旧钥匙，新话"})
                yield from self.do("post_message", self.actor, self.number, twisted, about="twisted", key=key)


class MassFiler(Complainant):
    """Files the same matter again and again, and withdraws, and files again."""

    kind = "mass filer"
    patience = 6

    def act(self, case: Case) -> Doing:
        """Withdraw or go on; once closed, file again from it."""
        if self.dice.percent(15 if case.closed else 40):
            yield from self.do(
                "withdraw_case", self.actor, self.number, self.put("withdraw_case", {"reason": "再来一次"})
            )
        else:
            yield from super().act(case)
        opened = self.look(self.actor, self.number)
        if opened is not None and opened.case.closed:
            ground = self.dice.pick(("", "有新情况"))
            self.person = self.dice.hex(32)
            number = yield from self.file(Refiling(self.number, ground, ()))
            if number:
                self.number = number
                self.actor = Actor(self.person, Role.complainant, self.house.operator, Via.portal)
                yield from self.prove()


class TwoCases(Complainant):
    """Files two cases on one order, and wants both to pay."""

    kind = "two cases on one order"
    wildness = 2

    def nap(self) -> int:
        """Both cases move at the same pace."""
        return self.dice.between(10 * MINUTE, 3 * DAY)


class Eraser(Complainant):
    """Wants everything forgotten once it is over, or in the middle."""

    kind = "wants to be forgotten"
    patience = 7

    def program(self) -> Program:
        """As anybody, then ask the operator's owner to erase."""
        yield from super().program()
        if self.number:
            yield Sleep(self.dice.between(HOUR, 30 * DAY), deaf=True)
            yield from self.village.erase(self, self.house, self.number)
