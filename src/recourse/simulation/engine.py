# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One thread, one heap of moments, one seed: many stories at once, each taking its next step when its turn comes.

Between two steps of a story anything may happen: another story's step, a kill, a stall. A story that waits for
nothing else would be blind to lost updates, so every step costs some time, drawn from the story's own dice.
"""

import heapq
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from recourse.actions.story import Story
from recourse.core.calendar import CHINA
from recourse.simulation.dice import Dice
from recourse.simulation.gateways import LostAnswer
from recourse.simulation.marks import Tally
from recourse.store import fault_point

EPOCH = datetime(1970, 1, 1, 8, tzinfo=CHINA)  # where the seconds of a machine begin
SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000


class Killed(BaseException):
    """The process died here. No story can catch it."""


class Unknown:
    """What a client has when no answer came: it was done or not."""


UNKNOWN = Unknown()


def moment(ms: int) -> datetime:
    """Milliseconds of true time as a moment in China."""
    return EPOCH + timedelta(milliseconds=ms)


def milliseconds(at: datetime) -> int:
    """A moment as milliseconds of true time, rounded up: not a moment too early."""
    return -((EPOCH - at) // timedelta(milliseconds=1))


class Running:
    """One story on its way: a request that reached a process, or one turn of a worker."""

    __slots__ = (
        "_done",
        "_engine",
        "_generation",
        "_kill_point",
        "_kill_step",
        "_pace",
        "_story",
        "dice",
        "name",
        "pending",
        "steps",
    )

    def __init__(
        self, engine: "Engine", name: str, story: Story[Any], done: Callable[[Any], None], kills: int
    ) -> None:
        self._engine = engine
        self._story = story
        self._done = done
        self.name = name
        self.dice = Dice(engine.seed, name)
        self.pending: Any = None
        self.steps = 0
        self._pace = self.dice.below(1 << 31)
        self._generation = engine.generation
        self._kill_step, self._kill_point = -1, ""
        if kills and self.dice.permille(kills):
            if self.dice.percent(35):
                self._kill_step = self.dice.below(6)
            else:
                self._kill_point = self.dice.pick(fault_point.NAMES)

    def start(self) -> None:
        """Come to the first step."""
        self._go_on(self._story.send, None)

    def turn(self) -> None:
        """Take the pending step and come to the next."""
        engine = self._engine
        if self._generation != engine.generation:
            self._die()  # the server was stopped meanwhile
            return
        if self.steps == self._kill_step and engine.fault(self.name, "killed_between_steps"):
            self._die()
            return
        self.steps += 1
        engine.current = self
        try:
            result = engine.redirected(self.pending)()
        except Killed:
            self._die()
            return
        except Exception as error:
            self._go_on(self._story.throw, error)
            return
        self._go_on(self._story.send, result)

    def passes(self, point: str) -> None:
        """A fault point is passed; this may be the one."""
        if point == self._kill_point and self._engine.fault(self.name, f"killed_at_{point}"):
            raise Killed(point)

    def _go_on(self, advance: Callable[[Any], Any], value: Any) -> None:
        engine = self._engine
        engine.current = self
        try:
            self.pending = advance(value)
        except StopIteration as end:
            self._done(end.value)
            return
        except LostAnswer:
            self._done(UNKNOWN)
            return
        except Exception as error:
            engine.surprised(self.name, error)
            self._done(UNKNOWN)
            return
        # Not worth a draw of its own: a step costs between 5 and 260 milliseconds.
        self._pace = pace = (self._pace * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        wait = 5 + (pace >> 23)
        if engine.stalls and self.dice.permille(engine.stalls) and engine.fault(self.name, "stalled"):
            wait += self.dice.between(5 * SECOND, 4 * MINUTE)
        engine.at(engine.now_ms + wait, self.turn)

    def _die(self) -> None:
        self._story.close()
        self._done(UNKNOWN)


class Engine:
    """The heap, the true time, and what goes wrong."""

    def __init__(
        self,
        seed: str,
        *,
        starts: int,
        tally: Tally,
        surprised: Callable[[str, Exception], None],
        without: Collection[str] = (),
    ) -> None:
        self.seed = seed
        self.now_ms = starts
        self.tally = tally
        self.stalls = 0
        self.kills = 0
        self.calm = False
        self.current: Running | None = None
        self.generation = 0
        self.surprised = surprised
        self.faults: list[str] = []
        self.deeds: list[str] = []
        self._redirects: Mapping[Any, Any] = {}
        self._without = frozenset(without)
        self._heap: list[tuple[int, int, Callable[[], None]]] = []
        self._pushed = 0

    def true_now(self) -> datetime:
        """The true time, which nobody inside the system can read."""
        return moment(self.now_ms)

    def at(self, ms: int, call: Callable[[], None]) -> None:
        """Do something at a moment, not before now."""
        self._pushed += 1
        heapq.heappush(self._heap, (max(ms, self.now_ms), self._pushed, call))

    def left_out(self, name: str) -> bool:
        """Whether a deed, a person or a fault is left out of this run: how a failure is shrunk."""
        return name in self._without

    def fault(self, name: str, kind: str) -> bool:
        """Something goes wrong now, unless the run has calmed down or this very fault is left out."""
        label = f"{name}!{kind}"
        if self.calm or label in self._without:
            return False
        self.faults.append(label)
        self.tally.mark("fault", kind)
        return True

    def redirect(self, fakes: Mapping[Any, Any]) -> None:
        """From now on these functions of the store are taken by their fakes."""
        self._redirects = fakes

    def redirected(self, step: Any) -> Callable[[], Any]:
        """A step that names a function of the store is taken by its fake."""
        if step.__class__ is partial:
            fake = self._redirects.get(step.func) if step.func.__class__ is _FUNCTION else None
            return step if fake is None else partial(fake, *step.args, **step.keywords)
        return self._redirects.get(step, step) if step.__class__ is _FUNCTION else step

    def tell(self, name: str, story: Story[Any], done: Callable[[Any], None]) -> None:
        """Set a story going."""
        Running(self, name, story, done, 0 if self.calm else self.kills).start()

    def run_until(self, ms: int) -> None:
        """Let time pass up to a moment."""
        fault_point.install(self._passed)
        try:
            heap = self._heap
            while heap and heap[0][0] <= ms:
                self.now_ms, _, call = heapq.heappop(heap)
                call()
            self.now_ms = max(self.now_ms, ms)
        finally:
            fault_point.install(None)

    def quiet(self) -> bool:
        """Whether nothing is on its way."""
        return not self._heap

    def _passed(self, point: str) -> None:
        if self.current is not None:
            self.current.passes(point)


_FUNCTION = type(moment)
