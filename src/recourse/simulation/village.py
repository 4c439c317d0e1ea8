# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One run: a handful of cases in two houses, everybody who has to do with them, and what goes wrong meanwhile."""

import hashlib
from collections.abc import Collection
from functools import partial
from typing import Any

from recourse.actions.erase_case import erase_case
from recourse.actions.revise_calendars import announce_calendar
from recourse.actions.story import Story
from recourse.actions.take_turn import take_turn
from recourse.core.actor import Actor, Role, Via
from recourse.core.calendar import Calendar
from recourse.core.case.state import Case
from recourse.core.port import World
from recourse.core.problem import Problems, refuse
from recourse.core.rulebook import Rulebook
from recourse.simulation import stage
from recourse.simulation.book import FakeCases, Row
from recourse.simulation.casting import people_of
from recourse.simulation.clocks import Wall
from recourse.simulation.deeds import ACTS, Scene, wild
from recourse.simulation.dice import Dice, SeededRandomness
from recourse.simulation.engine import DAY, HOUR, MINUTE, SECOND, UNKNOWN, Engine, milliseconds
from recourse.simulation.gateways import FakePost, FakeVault, Posted
from recourse.simulation.ledger import Ledger
from recourse.simulation.marks import Tally
from recourse.simulation.options import draw_options
from recourse.simulation.oracle import Oracle
from recourse.simulation.outbox import FakeOutbox
from recourse.simulation.people import Deed, Doing, Person
from recourse.simulation.registry import FakePeople, FakeRegister, FakeShelf
from recourse.simulation.stage import House, build_house, start_ms
from recourse.simulation.weather import Weather
from recourse.store import inspections, jobs, open_cases
from recourse.store.erase import scrub

NEVER = 1 << 60


class Village:
    """A world in memory with its people. `play` runs it to its end; the oracle has the breaches then."""

    def __init__(self, seed: str, platforms: Collection[str] = (), without: Collection[str] = ()) -> None:
        self.seed = seed
        dice = Dice(seed, "village")
        self.options = draw_options(dice)
        self.tally = Tally()
        self.books = stage.library()
        self.truth = self.books.truth
        self.commands = 0
        self.requests: dict[str, int] = {}  # by key, how often it was sent
        self.outbox = FakeOutbox()
        self.register = FakeRegister()
        self.calendar: Calendar = self.books.before if self.options.late_calendar else self.books.calendar
        self._tick, self._tick_at, self._turns, self._resting = 0, NEVER, 0, False
        self.worker_away_until = 0
        self.engine = Engine(
            seed,
            starts=start_ms(dice, late_calendar=self.options.late_calendar),
            tally=self.tally,
            surprised=self._surprised,
            without=without,
        )
        self._build_ports()
        dead: set[str] = self.post.dead
        chosen = sorted(platforms) or sorted(self.books.bills)
        self.houses = [
            build_house(dice, f"op{n}", self.books.bills[dice.pick(chosen)], self.register, dead)
            for n in (1, 2)
        ]
        for house in self.houses:
            self.tally.mark("platform", house.bill.playbook.platform)
        self.oracle = Oracle(self)
        self.ledger = Ledger(self)
        self.engine.kills, self.engine.stalls = self.options.kills, self.options.stalls
        self.people: list[Person] = people_of(self, dice)
        self._by_address = {
            contact.address: (house, contact.id)
            for house in self.houses
            for listed in house.listed
            for contact in listed.contacts
        }
        self._readers = {person.address: person for person in self.people if person.address}
        self.weather = Weather(self)

    def _build_ports(self) -> None:
        randomness = SeededRandomness(Dice(self.seed, "randomness"))
        self.walls = (Wall(lambda: self.engine.now_ms), Wall(lambda: self.engine.now_ms))
        self.shelf = FakeShelf(
            self.books.strict if self.options.strict else self.books.rulebooks,
            calendar=self.published,
            lexicon=lambda: self.books.lexicon,
        )
        self.book = FakeCases(
            register=self.register,
            rulebook=self.shelf.kept,
            calendar=self.published,
            outbox=self.outbox,
            journal=self,
        )
        self.post = FakePost(true_now=self.engine.true_now, mood=self._mood, arrived=self._arrived)
        self.vault = FakeVault(
            randomness.public_id, handed_over=lambda whole: self.oracle.uploaded.add(self.digest(whole))
        )
        self.world, self.worker_world = (
            World(
                clock=wall.clock(),
                randomness=randomness,
                cases=self.book,
                rules=self.shelf,
                register=self.register,  # type: ignore[arg-type]
                people=FakePeople(randomness.public_id),
                post=self.post,
                blobs=self.vault,
            )
            for wall in self.walls
        )
        self.engine.redirect(
            {
                jobs.take: lambda now, lane: self.outbox.take(now, lane),
                jobs.renew: lambda job, **more: self.outbox.renew(job, **more),
                jobs.finish: lambda job, **more: self.outbox.finish(job, **more),
                jobs.fail: lambda job, **more: self.outbox.fail(job, **more),
                jobs.postpone: lambda job, **more: self.outbox.postpone(job, **more),
                jobs.enqueue: lambda new: self.outbox.enqueue(new),
                open_cases.page: self.book.open_cases,
                scrub: lambda: True,
                # Nobody opens files here, so no exhibit has pictures.
                inspections.blobs_of: lambda _case: [],
                inspections.drop_renditions: lambda _case: None,
            }
        )

    # What the world is asked

    def published(self) -> Calendar:
        """The newest calendar that the program has."""
        return self.calendar

    def committed(self, change: Any) -> None:
        """The store tells the oracle."""
        self.oracle.committed(change)

    def look(self, actor: Actor, number: str) -> Row | None:
        """A page: the case through the gate, as it stands."""
        row = self.book.rows.get(number)
        return row if row is not None and self.book.visible(actor, row.case) else None

    def whatever_stands(self, number: str) -> Case | None:
        """The case itself, for who draws deeds on it without being let in."""
        row = self.book.rows.get(number)
        return row.case if row is not None else None

    def some_number(self, dice: Dice) -> str:
        """A case number that somebody found out, or none."""
        numbers = sorted(self.book.rows)
        return dice.pick(numbers) if numbers else ""

    def numbers_of(self, house: House) -> list[str]:
        """The numbers of a house's cases."""
        return sorted(n for n, row in self.book.rows.items() if row.case.operator == house.operator)

    def rules_of(self, number: str) -> Rulebook:
        """The rulebook of a case."""
        return self.shelf.kept(self.book.rows[number].case.rulebook)

    def address_of(self, contact: str) -> str:
        """The address of a registered contact."""
        return next((a for a, (_, id_) in self._by_address.items() if id_ == contact), "")

    def strangers_to(self, case: Case, impostor: Actor) -> list[Actor]:
        """Actors who have no business in this case."""
        others = [house for house in self.houses if house.operator != case.operator]
        strangers = [impostor, Actor(impostor.id, Role.complainant, case.operator, Via.portal)]
        for house in others:
            strangers += [house.agent, house.owner, *house.neutrals]
            strangers += [
                Actor(contact.id, Role.respondent, operator, Via.portal)
                for listed in house.listed
                for contact in listed.contacts
                for operator in (house.operator, case.operator)
            ]
        return strangers

    @staticmethod
    def digest(whole: bytes) -> str:
        """SHA-256, as a party computes it at home."""
        return hashlib.sha256(whole).hexdigest()

    # Requests

    def put(self, person: Person, deed: Deed, done: Any) -> None:
        """A request goes on its way."""
        engine = self.engine
        if engine.left_out(deed.key) or engine.left_out(person.name):
            done(_LEFT_OUT)
            return
        attempt = self.requests[deed.key] = self.requests.get(deed.key, 0) + 1
        name = f"{deed.key}/{attempt}"
        dice = Dice(self.seed, name, "request")
        self._send(name, deed, done, lost=dice.permille(self.options.lost_replies))
        if dice.permille(self.options.duplicates) and engine.fault(name, "duplicated"):
            later = engine.now_ms + dice.below(3 * SECOND)
            engine.at(later, lambda: self._send(f"{name}+", deed, lambda _: None, lost=True))
        if dice.percent(self.options.bursts) and deed.number:
            self._burst(person, deed, dice)

    def side_by_side(
        self, person: Person, what: str, actor: Actor, number: str, key: str, begin: Any
    ) -> None:
        """A request whose answer nobody waits for."""
        self.put(person, Deed(what, actor, number, key, begin), lambda _: None)

    def _send(self, name: str, deed: Deed, done: Any, *, lost: bool) -> None:
        self.commands += 1
        if deed.about == "twisted":
            self.oracle.twisted.add(deed.key)
        self.tally.mark("command", deed.what)

        def ended(outcome: Any) -> None:
            unheard = outcome is UNKNOWN or (lost and self.engine.fault(name, "lost_reply"))
            self.oracle.answered(name, deed, outcome, heard=not unheard)
            if isinstance(outcome, Problems):
                for item in outcome.items:
                    self.tally.mark("refusal", item.key)
            done(UNKNOWN if unheard else outcome)

        self.engine.tell(name, deed.begin(), ended)

    def _burst(self, person: Person, deed: Deed, dice: Dice) -> None:
        """Somebody else acts on the same case within twenty seconds."""
        case = self.whatever_stands(deed.number)
        house = next((h for h in self.houses if case is not None and h.operator == case.operator), None)
        if case is None or house is None:
            return
        contacts = [
            c.id for one in house.listed if one.id == case.respondent.registered for c in one.contacts
        ]
        sides = [Actor(case.complainant.id, Role.complainant, house.operator, Via.portal), house.agent]
        sides += [Actor(contact, Role.respondent, house.operator, Via.portal) for contact in contacts[:1]]
        sides += house.neutrals[:1]
        actor = dice.pick(sides)
        chosen = wild(Scene(dice, case, house.bill, self.engine.true_now()), actor.role)
        if chosen is None:
            return
        name, arguments = chosen
        key = f"{deed.key}~{self.requests[deed.key]}"
        begin = partial(ACTS[name].action, self.world, actor=actor, number=deed.number, key=key, **arguments)
        burst = Deed(name, actor, deed.number, key, begin)
        if not self.engine.left_out(key):
            self.tally.mark("people", "burst")
            at = self.engine.now_ms + dice.below(4 * SECOND if dice.percent(70) else 20 * SECOND)
            self.engine.at(at, lambda: self._send(f"{key}/1", burst, lambda _: None, lost=False))

    def erase(self, person: Person, house: House, number: str) -> Doing:
        """The operator's owner erases a case, as asked."""
        return person.do(
            "erase_case",
            house.owner,
            number,
            lambda _: erase_case(self.world, actor=house.owner, number=number),
        )

    # The post

    def _mood(self) -> str:
        running = self.engine.current
        if running is None or not running.dice.permille(self.options.post_troubles):
            return "done"
        mood = running.dice.weighted((("later", 4), ("not_done", 3), ("done_unsaid", 3), ("bounced", 1)))
        return mood if self.engine.fault(f"{running.name}.{running.steps}", f"post_{mood}") else "done"

    def _arrived(self, posted: Posted) -> None:
        self.oracle.posted_now(posted)
        number = self.oracle.numbers.get(posted.key.partition(":")[0], "")
        person = self._readers.get(posted.address)
        if person is not None:
            person.letter(number)

    # The worker

    def poke(self) -> None:
        """Something was written: the worker may have to look sooner than it meant to."""
        ms = max(self._next_work(), self.worker_away_until)
        if ms < self._tick_at:
            # A worker looks every second; here it comes a little later and finds more at once.
            self._tick_later(max(ms, self.engine.now_ms + 20 * SECOND))

    def _next_work(self) -> int:
        moments = [self.outbox.next_ready()]
        moments += [
            max(row.due, row.lease) if row.lease is not None else row.due
            for row in self.book.rows.values()
            if row.due is not None
        ]
        soonest = min((item for item in moments if item is not None), default=None)
        return NEVER if soonest is None else milliseconds(soonest)

    def _tick_later(self, ms: int) -> None:
        self._tick += 1
        ticket, self._tick_at = self._tick, ms
        self.engine.at(ms, lambda: self._turn(ticket))

    def _turn(self, ticket: int) -> None:
        if ticket != self._tick:
            return
        self._tick_at = NEVER
        self._turns += 1
        dice = Dice(self.seed, "turn", self._turns)
        limit = dice.pick((2, 50, 200))
        for n in range(1 + dice.percent(15)):
            story: Story[bool] = take_turn(self.worker_world, limit=limit)
            self.engine.tell(f"worker.{self._turns}.{n}", story, self._turn_ended)

    def _turn_ended(self, busy: Any) -> None:
        ms = max(self._next_work(), self.worker_away_until)
        if ms >= NEVER:
            return
        idle = SECOND if busy is True else MINUTE if busy is UNKNOWN else 3 * MINUTE
        if ms <= self.engine.now_ms and busy is False:
            idle = 2 * HOUR  # there is work that may not be done yet: a clock that is not trusted, a lease
        at = max(ms, self.engine.now_ms + idle)
        if at < self._tick_at:
            self._tick_later(at)

    def announce(self) -> None:
        """The worker keeps house: it announces the newest calendar."""
        if not self.engine.calm:
            self.engine.at(self.engine.now_ms + DAY, self.announce)
        self.engine.tell(
            f"house.{self.engine.now_ms}", announce_calendar(self.worker_world), lambda _: self.poke()
        )

    # The run

    def play(self) -> None:
        """Live, heal, fall silent, and be judged."""
        engine = self.engine
        begins = engine.now_ms
        self.announce()
        self.weather.begin()
        for person in self.people:
            self.tally.mark("people", person.kind)
            if not engine.left_out(person.name):
                person.begin()
        engine.run_until(begins + self.options.days * DAY)
        engine.calm = True
        self.weather.heal()
        self._rest()
        self.oracle.close()

    def _rest(self) -> None:
        """Everybody is silent; only clocks and the outbox go on, as long as there is anything to do."""
        still, before = 0, -1
        while still < 40:  # what goes round in circles that long never comes to rest
            done = self.oracle.events + sum(row.state != "open" for row in self.outbox.jobs.values())
            still, before = (still + 1 if done == before else 0), done
            ms = self._next_work()
            if ms >= NEVER:
                self.engine.run_until(self.engine.now_ms + HOUR)
                if self._next_work() >= NEVER:
                    return
                continue
            self.poke()
            self.engine.run_until(max(ms, self.engine.now_ms) + HOUR)

    def _surprised(self, name: str, error: Exception) -> None:
        self.oracle.surprised(name, error)

    def cases(self) -> int:
        """How many cases were filed."""
        return len(self.book.rows)

    def head(self) -> str:
        """A digest over the heads of all streams, in the order of their numbers."""
        text = "".join(f"{number}:{row.head}\n" for number, row in sorted(self.book.rows.items()))
        return hashlib.sha256(text.encode()).hexdigest()


_LEFT_OUT = refuse(
    "left_out", zh="这一步不演。", en="Left out of this run.", do_zh="不用做什么。", do_en="Nothing to do."
)
