# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The guard asks the network while it holds nothing: others go by the last answer, and an answer of yesterday is dropped."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from recourse.core.problem import Problems, refuse
from recourse.queries import guard

SHUT = refuse("read_only", zh="只能看", en="Reading only", do_zh="等", do_en="Wait")


class World:
    """All that the guard wants of a world."""

    log = notary = object()


class Slow:
    """A look that takes as long as the test wants, and then says what the test wants."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.answers: list[Problems | None] = []

    def __call__(self, *_: Any, **__: Any) -> Problems | None:
        found = self.answers.pop(0)
        self.begun.set()
        assert self.may_end.wait(20)
        return found


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    guard.look_again()
    made = Slow()
    monkeypatch.setattr(guard, "_look", made)
    yield made
    guard.look_again()


def ask() -> Problems | None:
    return guard.closed(World())  # type: ignore[arg-type]


def test_while_one_looks_again_the_others_go_by_the_last_answer(slow: Slow) -> None:
    slow.answers = [SHUT, None]
    slow.may_end.set()
    assert ask() is SHUT
    slow.begun.clear()
    slow.may_end.clear()
    guard._memory.until = 1e-9  # its time is up
    looking = threading.Thread(target=ask)
    looking.start()
    assert slow.begun.wait(20)
    assert ask() is SHUT and guard._memory.lock.acquire(timeout=1)
    guard._memory.lock.release()
    slow.may_end.set()
    looking.join(20)
    assert ask() is None and slow.answers == []


def test_who_comes_first_together_looks_each_and_nobody_is_let_in_unseen(slow: Slow) -> None:
    slow.answers = [SHUT, SHUT]
    told: list[Problems | None] = []
    asking = [threading.Thread(target=lambda: told.append(ask())) for _ in range(2)]
    for one in asking:
        one.start()
    assert slow.begun.wait(20) and told == []
    slow.may_end.set()
    for one in asking:
        one.join(20)
    assert told == [SHUT, SHUT]


def test_an_answer_from_before_a_restore_is_not_kept(slow: Slow) -> None:
    slow.answers = [None, SHUT]
    looking = threading.Thread(target=ask)
    looking.start()
    assert slow.begun.wait(20)
    guard.look_again()
    slow.may_end.set()
    looking.join(20)
    assert ask() is SHUT
