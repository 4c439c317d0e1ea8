# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The border to the reader, with programs of the same contract that die, hang, lie and babble in its place.

What such a program does to one picture costs that picture alone: the answer is "not read", and the next is read by a
fresh program. Nothing here needs the extra.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from recourse.gateways import ocr
from recourse.gateways.ocr import CagedReader

# Each start takes its way from the next word of the command line, the last word again and again. An honest one answers
# with one line: how many bytes the picture had, and how many it read before.
PROGRAM = """
import json, os, sys, time
folder, *ways = sys.argv[1:]
starts = len(os.listdir(folder))
open(os.path.join(folder, str(starts)), "w").close()
way = ways[min(starts, len(ways) - 1)]

def say(payload, size=None):
    os.write(1, (len(payload) if size is None else size).to_bytes(4, "big") + payload)

def page(words):
    return json.dumps({"width": 10, "height": 20, "lines": [[words, 0, 0, 5, 5, 99]]}).encode()

def forever():
    while True:
        time.sleep(60)

held = {"limits": True, "no_new_privileges": True, "namespaces": True, "no_files": True, "system_calls": True}
if way == "mute":
    forever()
if way == "stillborn":
    sys.exit(1)
if way == "loose":
    held["limits"] = False
if way == "boastful":
    held = {name: 1 for name in held}
say({"babbling": b"\\xff{", "listing": b"[1]", "deep": b"[" * 200000}.get(way, json.dumps(held).encode()))
if way == "deaf":
    forever()
count = 0
while head := sys.stdin.buffer.read(8):
    data = sys.stdin.buffer.read(int.from_bytes(head, "big"))
    honest = page(f"{len(data)} after {count}")
    count += 1
    if way in ("loose", "boastful", "babbling", "listing", "deep"):
        say(page("a picture was sent to a program that nothing holds"))
    elif way == "killed":
        os.kill(os.getpid(), 9)
    elif way == "hanging":
        forever()
    elif way == "stuck":
        say(honest[:5], len(honest))
        forever()
    elif way == "cut":
        say(honest[:5], len(honest))
        sys.exit(0)
    elif way == "headless":
        os.write(1, b"\\x00\\x00")
        sys.exit(0)
    elif way == "endless":
        say(honest, 2**32 - 1)
        forever()
    elif way == "short":
        say(honest, 7)
    elif way == "noise":
        say(bytes(range(256)))
    elif way == "nested":
        say(b"[" * 200000)
    elif way == "empty":
        say(b"")
    elif way == "shapeless":
        say(b'{"width": -1, "height": "x", "lines": [[1]]}')
    elif way == "unread":
        say(b"{}")
    elif way == "twice":
        more = page("somebody else's picture")
        say(honest + len(more).to_bytes(4, "big") + more, len(honest))
    else:
        say(honest)
"""
Start = Callable[..., tuple[CagedReader, Path]]


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """A reader whose program goes these ways, start by start, and the folder with one file for each start."""
    program, starts = tmp_path / "program.py", tmp_path / "starts"
    program.write_text(PROGRAM, encoding="utf-8")
    starts.mkdir()
    real = subprocess.Popen
    running: list[subprocess.Popen[bytes]] = []

    def instead(command: Sequence[str], **how: Any) -> "subprocess.Popen[bytes]":
        assert command[1:] == ["-I", "-m", "recourse.processes.reader"]
        assert how["env"] == {} and how["close_fds"] is True and how["stderr"] == subprocess.DEVNULL
        running.append(real([sys.executable, "-I", str(program), str(starts), *ways], **how))
        return running[-1]

    ways: list[str] = []
    monkeypatch.setattr(subprocess, "Popen", instead)

    def start(*given: str, seconds: int = 30) -> tuple[CagedReader, Path]:
        ways.extend(given)
        return CagedReader(seconds=seconds), starts

    yield start  # type: ignore[misc]
    for process in running:
        process.kill()
        process.wait()


def words(reader: CagedReader, data: bytes, page: int = 0) -> str | None:
    """The one line that the program answered with; None when the picture was not read."""
    found = reader.read(data, page=page)
    assert found is None or (found.no == page and len(found.lines) == 1)
    return found.lines[0].text if found is not None else None


def starts(folder: Path) -> int:
    return len(list(folder.iterdir()))


def test_one_program_reads_one_picture_after_another(started: Start) -> None:
    reader, folder = started("honest")
    assert [words(reader, b"x" * size, page) for page, size in enumerate((5, 0, 300_000))] == [
        "5 after 0",
        "0 after 1",
        "300000 after 2",
    ]
    assert starts(folder) == 1


@pytest.mark.parametrize(
    "way",
    ["killed", "cut", "headless", "endless", "short", "noise", "nested", "empty", "shapeless"],
)
def test_who_breaks_off_or_says_nonsense_is_replaced(started: Start, way: str) -> None:
    reader, folder = started(way, "honest")
    assert words(reader, b"first") is None
    assert words(reader, b"second") == "6 after 0"
    assert starts(folder) == 2


@pytest.mark.parametrize("way", ["hanging", "stuck", "deaf"])
def test_who_does_not_answer_in_time_is_stopped_and_replaced(started: Start, way: str) -> None:
    reader, folder = started(way, "honest", seconds=1)
    # More than a pipe holds: nobody at the other end takes it.
    assert words(reader, b"x" * 1_000_000) is None
    assert words(reader, b"second") == "6 after 0"
    assert starts(folder) == 2


@pytest.mark.parametrize("way", ["loose", "boastful", "babbling", "listing", "deep", "stillborn"])
def test_who_is_not_held_gets_no_picture(started: Start, way: str) -> None:
    reader, folder = started(way, "honest")
    assert words(reader, b"first") is None
    assert words(reader, b"second") == "6 after 0"
    assert starts(folder) == 2


def test_who_says_nothing_at_the_start_is_stopped(started: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_START_SECONDS", 1)
    reader, folder = started("mute", "honest")
    assert words(reader, b"first") is None
    monkeypatch.setattr(ocr, "_START_SECONDS", 60)
    assert words(reader, b"second") == "6 after 0"
    assert starts(folder) == 2


def test_what_is_said_unasked_is_never_the_next_pictures_answer(started: Start) -> None:
    reader, folder = started("twice", "honest")
    assert words(reader, b"first") == "5 after 0"
    assert words(reader, b"second") == "6 after 0"
    assert starts(folder) == 2


def test_a_picture_that_cannot_be_read_does_not_cost_the_program(started: Start) -> None:
    reader, folder = started("unread")
    assert [words(reader, b"first"), words(reader, b"second")] == [None, None]
    assert starts(folder) == 1


def test_who_was_stopped_between_two_pictures_is_replaced(started: Start) -> None:
    reader, folder = started("honest")
    assert words(reader, b"first") == "5 after 0"
    reader.close()
    reader.close()
    assert words(reader, b"second") == "6 after 0"
    assert starts(folder) == 2


def test_a_fresh_program_takes_over_after_its_share(started: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PICTURES_MAX", 2)
    reader, folder = started("honest")
    assert [words(reader, b"x") for _ in range(5)] == [f"1 after {count}" for count in (0, 1, 0, 1, 0)]
    assert starts(folder) == 3


def test_pictures_handed_in_at_once_get_their_own_answers(started: Start) -> None:
    reader, folder = started("honest")
    with ThreadPoolExecutor(6) as hands:
        found = list(hands.map(lambda size: words(reader, b"x" * size), range(1, 25)))
    assert [said.split()[0] for said in found if said] == [str(size) for size in range(1, 25)]
    assert starts(folder) == 1


def test_a_system_that_starts_no_program_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_command: object, **_how: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert CagedReader().read(b"x", page=0) is None
