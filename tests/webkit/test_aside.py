# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Long work beside the pages: each piece once, one at a time, few in the queue, and nobody hangs."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest

from recourse.core.problem import Problems, refuse
from recourse.webkit.aside import Aside, Done, Held, Later, Turnstile

LONG = 30.0
NO = refuse("no", zh="不行。", en="No.", do_zh="等等。", do_en="Wait.")


class Work:
    """Pieces of work that end when they are let, and count how often they began and how many ran at once."""

    def __init__(self, aside: Aside) -> None:
        self.aside, self.begun, self.at_once = aside, 0, 0
        self.running, self.started, self.let = 0, Event(), Event()

    def do(self) -> str:
        self.begun, self.running = self.begun + 1, self.running + 1
        self.at_once = max(self.at_once, self.running)
        self.started.set()
        assert self.let.wait(LONG)
        self.running -= 1
        return "paper"

    def ask(self, key: str, do: Callable[[], Any] | None = None, **options: Any) -> Any:
        given = {"weigh": len, "admit": lambda: None} | options
        return self.aside.ask(key, do or self.do, **given)

    def ended(self, key: str) -> Any:
        self.let.set()
        self.aside.patience = LONG
        return self.ask(key)


@pytest.fixture
def work() -> Work:
    return Work(Aside(waiting_max=3, kept_seconds=LONG, kept_max=12, patience=0.0))


def test_whoever_comes_while_it_is_made_is_told_so_and_it_is_made_once(work: Work) -> None:
    assert [work.ask("a") for _ in range(5)] == [Later()] * 5
    assert work.ended("a") == Done("paper") and work.ask("a") == Done("paper")
    assert work.begun == 1


def test_whoever_may_wait_gets_it_when_it_is_there(work: Work) -> None:
    later = work.ask("a", patient=False)
    assert isinstance(later, Later) and later.wait(0.0) is None
    work.let.set()
    assert later.wait(LONG) == "paper" and Later(full=True).wait(LONG) is None


def test_many_at_the_same_moment_have_it_made_once(work: Work) -> None:
    work.aside.patience = LONG
    found: list[Any] = []
    everybody = [Thread(target=lambda: found.append(work.ask("a"))) for _ in range(12)]
    for thread in everybody:
        thread.start()
    assert work.started.wait(LONG)
    work.let.set()
    for thread in everybody:
        thread.join(LONG)
    # One of them is waited with at a time; the others come again.
    assert len(found) == 12 and work.begun == 1 and Done("paper") in found
    assert all(item in (Done("paper"), Later()) for item in found)


def test_one_piece_at_a_time_and_few_in_the_queue(work: Work) -> None:
    assert [work.ask(key) for key in "abcd"] == [Later(), Later(), Later(), Later(full=True)]
    assert work.started.wait(LONG) and work.begun == 1
    assert work.ended("c") == Done("paper")
    assert work.begun == 3 and work.at_once == 1
    assert work.ask("d") == Done("paper")


def test_only_who_has_work_begun_is_asked_whether_they_may(work: Work) -> None:
    assert work.ask("a", admit=lambda: NO) == NO and work.begun == 0
    work.ask("a")
    assert isinstance(work.ask("a", admit=lambda: NO), Later)
    assert work.ended("a") == Done("paper")
    assert not isinstance(work.ask("a", admit=lambda: NO), Problems)


def test_what_fails_is_told_once_and_tried_again(work: Work) -> None:
    def fail() -> str:
        raise OSError("no typesetter")

    work.aside.patience = LONG
    with pytest.raises(OSError, match="no typesetter"):
        work.ask("a", fail)
    assert work.ended("a") == Done("paper")


def test_what_is_old_is_made_anew_but_for_those_who_leaf(work: Work) -> None:
    work.aside._kept_seconds = -1.0
    work.let.set()
    work.aside.patience = LONG
    work.ask("a")
    assert work.ask("a", aged=True) == Done("paper") and work.begun == 1
    assert work.ask("a") == Done("paper") and work.begun == 2


def test_the_oldest_leaves_when_there_is_too_much(work: Work) -> None:
    work.let.set()
    work.aside.patience = LONG
    for key in "abc":
        work.ask(key)
    before = work.begun
    assert work.ask("c") == work.ask("b") == Done("paper") and work.begun == before
    work.ask("a")
    assert work.begun == before + 1
    assert work.ask("big", lambda: "x" * 100) == Done("x" * 100)
    assert work.ask("big", lambda: "anew") == Done("x" * 100), "the newest stays whatever it weighs"


def test_a_turnstile_lets_few_in_and_few_of_one_person() -> None:
    gate = Turnstile(most=3, each=2)
    first = gate.enter("a")
    assert first is not None and gate.enter("a") is not None
    assert gate.enter("a") is None
    assert gate.enter("b") is not None and gate.enter("c") is None
    first()
    first()
    assert gate.enter("c") is not None and gate.enter("c") is None


def test_whoever_breaks_off_makes_room() -> None:
    gate = Turnstile(most=1, each=1)

    def held() -> Held:
        leave = gate.enter("a")
        assert leave is not None
        return Held(iter([b"1", memoryview(b"2")]), leave)

    assert list(held()) == [b"1", b"2"]
    broken_off = held()
    assert next(broken_off) == b"1" and gate.enter("a") is None
    broken_off.close()
    never_begun = held()
    del never_begun
    assert gate.enter("a") is not None
