# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A person of the world: a program that sleeps, looks at a case through the gate, and does one deed at a time.

A program is a generator. It yields `Sleep` or `Deed`; what comes back is what a client sees: a result, a refusal, or
`UNKNOWN` when no answer came. An honest client then asks again with the same key.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recourse.actions.story import Story
from recourse.core.actor import Actor
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.simulation.dice import Dice
from recourse.simulation.engine import MINUTE, SECOND, UNKNOWN

if TYPE_CHECKING:
    from recourse.simulation.book import Row


@dataclass(frozen=True, slots=True)
class Sleep:
    """Wait this long; news that arrives ends the wait earlier unless the person is deaf to it."""

    ms: int
    deaf: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One request: what it is called, who asks, on which case, its key, and how to begin its story."""

    what: str
    actor: Actor
    number: str
    key: str
    begin: Callable[[], Story[Any]]
    about: str = ""  # the offer that it is about


Program = Generator[Sleep | Deed, Any, None]
Doing = Generator[Sleep | Deed, Any, Any]


class Person:
    """Somebody with dice of their own. `program` is what they do."""

    kind = "person"
    address = ""  # where messages reach this person

    def __init__(self, village: Any, name: str) -> None:
        self.village = village
        self.name = name
        self.dice = Dice(village.seed, name)
        self._keys = 0
        self._program = self.program()
        self._wakes = 0
        self._deaf = True
        self._wake_at = 0

    @property
    def world(self) -> World:
        """The ports that this person's requests run over."""
        return self.village.world

    def program(self) -> Program:
        """What this person does."""
        raise NotImplementedError

    def begin(self) -> None:
        """Start to live."""
        self._go_on(None)

    def hears(self) -> None:
        """A message arrived: look soon, if asleep with open ears."""
        engine = self.village.engine
        soon = engine.now_ms + self.dice.between(MINUTE, 180 * MINUTE)
        if not self._deaf and soon < self._wake_at:
            self._sleep_until(soon)

    def letter(self, number: str) -> None:
        """A message about a case reached this person."""

    def new_key(self) -> str:
        """A key for one request."""
        self._keys += 1
        return f"{self.name}#{self._keys}"

    def do(
        self,
        what: str,
        actor: Actor,
        number: str,
        begin: Callable[[str], Story[Any]],
        *,
        about: str = "",
        key: str = "",
    ) -> Doing:
        """Ask until there is an answer, with one key; after five tries without any give up."""
        key = key or self.new_key()
        deed = Deed(what, actor, number, key, lambda: begin(key), about)
        outcome: Any = UNKNOWN
        for attempt in range(5):
            outcome = yield deed
            busy = isinstance(outcome, Problems) and outcome.keys() == ("busy",)
            if outcome is not UNKNOWN and not busy:
                return outcome
            yield Sleep((attempt + 1) * self.dice.between(2 * SECOND, 40 * SECOND), deaf=True)
        return outcome

    def look(self, actor: Actor, number: str) -> "Row | None":
        """The case as this person's page shows it now."""
        return self.village.look(actor, number)

    def _go_on(self, result: Any) -> None:
        engine = self.village.engine
        if engine.calm:
            return
        try:
            want = self._program.send(result)
        except StopIteration:
            return
        if isinstance(want, Sleep):
            self._deaf = want.deaf
            self._sleep_until(engine.now_ms + max(want.ms, SECOND))
        else:
            self.village.put(self, want, self._go_on)

    def _sleep_until(self, ms: int) -> None:
        self._wakes += 1
        ticket, self._wake_at = self._wakes, ms
        self.village.engine.at(ms, lambda: self._wake(ticket))

    def _wake(self, ticket: int) -> None:
        if ticket == self._wakes:
            self._deaf = True
            self._wake_at = 0
            self._go_on(None)


def done(outcome: Any) -> bool:
    """Whether a request was carried out as far as the client knows."""
    return isinstance(outcome, Receipt)
