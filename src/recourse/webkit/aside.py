# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Long work beside the pages: done by one thread, one piece at a time, each once however many ask for it.

The few threads that make pages (`reception.py`) are for everybody: whoever wants something that takes long is told so,
and asks again. One visitor at a time is waited with for a moment, so that what is quick is there at once.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any, Generic, TypeVar

from django.db import connections

from recourse.core.problem import Problems

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What the work came to."""

    value: T


@dataclass(slots=True)
class _Task:
    do: Callable[[], Any]
    ended: Event = field(default_factory=Event)
    at: float = 0.0
    value: Any = None
    error: Exception | None = None
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Later:
    """Not yet: it is being made, or, when `full`, so much waits already that it was not even begun."""

    full: bool = False
    task: _Task | None = field(default=None, compare=False, repr=False)

    def wait(self, seconds: float) -> Any:
        """What it came to, for a thread that may wait so long; None when it came to nothing, or not in time."""
        return self.task.value if self.task is not None and self.task.ended.wait(seconds) else None


class Aside:
    """The work of one process. `waiting_max` pieces wait or are worked on; results stay for `kept_seconds`, and all
    of them weigh `kept_max` at most, the newest apart. `patience`: seconds that one visitor is waited with."""

    def __init__(self, *, waiting_max: int, kept_seconds: float, kept_max: int, patience: float) -> None:
        self._waiting_max, self._kept_seconds, self._kept_max = waiting_max, kept_seconds, kept_max
        self.patience = patience
        # Tests that hold one database connection work on the spot.
        self.on_the_spot = False
        self._tasks: OrderedDict[str, _Task] = OrderedDict()
        self._queue: SimpleQueue[_Task] = SimpleQueue()
        self._thread: Thread | None = None
        self._lock, self._patient = Lock(), Lock()

    def ask(
        self,
        key: str,
        do: Callable[[], T],
        *,
        weigh: Callable[[T], int],
        admit: Callable[[], Problems | None],
        aged: bool = False,
        patient: bool = True,
    ) -> Done[T] | Later | Problems:
        """What `do` came to, which is called once for all who ask with this key; raises what it raised, once.

        `admit` may refuse somebody for whom work would have to begin. `aged` results are taken however old they are.
        Who is not `patient` hears at once.
        """
        task = self._known(key, aged=aged)
        if task is None:
            refused = admit()
            if refused is not None:
                return refused
            task = self._begun(key, lambda: _weighed(do(), weigh))
            if task is None:
                return Later(full=True)
        if patient and self._patient.acquire(blocking=False):
            try:
                task.ended.wait(self.patience)
            finally:
                self._patient.release()
        if not task.ended.is_set():
            return Later(task=task)
        if task.error is not None:
            self._forget(key, task)
            raise task.error
        return Done(task.value)

    def clear(self) -> None:
        """Forget every result; what is being worked on goes on, for nobody."""
        with self._lock:
            self._tasks.clear()

    def _known(self, key: str, *, aged: bool) -> _Task | None:
        with self._lock:
            task = self._tasks.get(key)
            if task is None:
                return None
            if task.ended.is_set() and not aged and time.monotonic() - task.at > self._kept_seconds:
                del self._tasks[key]
                return None
            self._tasks.move_to_end(key)
            return task

    def _begun(self, key: str, do: Callable[[], Any]) -> _Task | None:
        with self._lock:
            task = self._tasks.get(key)
            if task is not None:
                return task
            if sum(not item.ended.is_set() for item in self._tasks.values()) >= self._waiting_max:
                return None
            task = self._tasks[key] = _Task(do)
            if not self.on_the_spot and (self._thread is None or not self._thread.is_alive()):
                # It ends with the process: nobody waits for a paper that nobody will fetch.
                self._thread = Thread(target=self._work, name="aside", daemon=True)
                self._thread.start()
        if self.on_the_spot:
            self._run(task)
        else:
            self._queue.put(task)
        return task

    def _work(self) -> None:
        while True:
            self._run(self._queue.get())
            connections.close_all()

    def _run(self, task: _Task) -> None:
        try:
            task.value, task.weight = task.do()
        except Exception as error:
            task.error = error
        task.do = _nothing
        task.at = time.monotonic()
        task.ended.set()
        with self._lock:
            self._make_room()

    def _make_room(self) -> None:
        ended = [(key, item) for key, item in self._tasks.items() if item.ended.is_set()]
        weight = sum(item.weight for _, item in ended)
        for key, item in ended[:-1]:
            if weight <= self._kept_max:
                return
            weight -= item.weight
            del self._tasks[key]

    def _forget(self, key: str, task: _Task) -> None:
        with self._lock:
            if self._tasks.get(key) is task:
                del self._tasks[key]


def _weighed(value: T, weigh: Callable[[T], int]) -> tuple[T, int]:
    return value, weigh(value)


def _nothing() -> tuple[None, int]:
    return None, 0


class Turnstile:
    """How many may be inside at once: `most` of all, `each` of one person."""

    def __init__(self, *, most: int, each: int) -> None:
        self._most, self._each = most, each
        self._inside: Counter[str] = Counter()
        self._lock = Lock()

    def enter(self, who: str) -> Callable[[], None] | None:
        """Come in: what to call on leaving, as often as you like; None when there is no room."""
        with self._lock:
            if self._inside.total() >= self._most or self._inside[who] >= self._each:
                return None
            self._inside[who] += 1
        left = Event()

        def leave() -> None:
            with self._lock:
                if left.is_set():
                    return
                left.set()
                self._inside[who] -= 1
                self._inside += Counter()  # those at nought need no room

        return leave


class Held:
    """Pieces on their way to somebody who came through a turnstile, and leaves it at their end or when they break off."""

    def __init__(self, pieces: Iterator[bytes | memoryview], leave: Callable[[], None]) -> None:
        self._pieces, self._leave = pieces, leave

    def __iter__(self) -> "Held":
        return self

    def __next__(self) -> bytes:
        try:
            return bytes(next(self._pieces))
        except BaseException:
            self._leave()
            raise

    def close(self) -> None:
        """The server is done with it, whether all was sent or not."""
        self._leave()

    # A server that forgets to close lets go of it all the same.
    __del__ = close
