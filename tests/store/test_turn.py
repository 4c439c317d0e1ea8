# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""SQLite's writers stand in line: one at a time, nobody for ever, and a process that dies leaves the line."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from recourse.store.models import Operator
from recourse.store.operators import ensure_operator
from recourse.store.sqlite.turn import Turn
from tests.store.house import START

HOLD = """
import sys, time
from recourse.store.sqlite.turn import Turn
assert Turn.take(sys.argv[1], patience=5) is not None
print("held", flush=True)
time.sleep(60)
"""


def test_a_turn_is_one_threads_alone_and_goes_on_to_the_next(tmp_path: Path) -> None:
    name = str(tmp_path / "db")
    inside, seen = [], []

    def write() -> None:
        turn = Turn.take(name, patience=30)
        assert turn is not None
        inside.append(1)
        seen.append(len(inside))
        inside.pop()
        turn.end()

    threads = [threading.Thread(target=write) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 16


def test_who_waits_too_long_gets_none_and_may_ask_again(tmp_path: Path) -> None:
    name = str(tmp_path / "db")
    first = Turn.take(name, patience=1)
    assert first is not None
    assert Turn.take(name, patience=0.01) is None
    first.end()
    again = Turn.take(name, patience=1)
    assert again is not None
    again.end()


def test_a_process_that_is_killed_leaves_the_line(tmp_path: Path) -> None:
    name = str(tmp_path / "db")
    other = subprocess.Popen([sys.executable, "-c", HOLD, name], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None and other.stdout.readline() == "held\n"
    assert Turn.take(name, patience=0.01) is None
    other.kill()
    other.wait()
    turn = Turn.take(name, patience=5)
    assert turn is not None
    turn.end()


def other_turn() -> Turn | None:
    """Whether somebody else could write now."""
    return Turn.take(str(connection.settings_dict["NAME"]), patience=0.01)


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_holds_its_turn_to_its_end_however_it_ends() -> None:
    with transaction.atomic():
        ensure_operator("a", name_zh="甲", name_en="A", kind="nobody", now=START)
        assert other_turn() is None
    with pytest.raises(RuntimeError), transaction.atomic():
        ensure_operator("b", name_zh="乙", name_en="B", kind="nobody", now=START)
        raise RuntimeError
    turn = other_turn()
    assert turn is not None
    turn.end()
    assert set(Operator.objects.filter(slug__in=["a", "b"]).values_list("slug", flat=True)) == {"a"}


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_closed_within_a_transaction_gives_its_turn_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        connection.close()
        turn = other_turn()
        assert turn is not None
        turn.end()
        raise RuntimeError
    assert not connection.in_atomic_block


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_turn_that_does_not_come_is_a_locked_database(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = other_turn()
    assert turn is not None
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.01)
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    turn.end()
    with transaction.atomic():
        ensure_operator("c", name_zh="丙", name_en="C", kind="nobody", now=START)
