# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The reader from outside: one warm confined process that is given our own pictures, one at a time.

Nothing of the extra is imported here: whether it is installed is asked of the import system, without loading it.
"""

import importlib.util
import json
import selectors
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from recourse.core.inspection import read_confinement
from recourse.core.reading import ANSWER_MAX, NOT_READ, PICTURES_MAX, WALL_SECONDS, read_answer
from recourse.core.region import Page
from recourse.gateways.cage import start_caged

_PROGRAM = "recourse.processes.reader"
_NEEDED = ("rapidocr", "onnxruntime")
_START_SECONDS = 120


def reading_installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


class CagedReader:
    """`Reader`: the process starts with the first picture and is replaced when it fails or has read its share."""

    def __init__(self, *, seconds: int = WALL_SECONDS, program: str = _PROGRAM) -> None:
        self._seconds = seconds
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._left = 0
        self._one = threading.Lock()

    def read(self, data: bytes, *, page: int) -> Page | None:
        """The lines of one JPEG that we made; None when it could not be read, in time or at all. Never raises."""
        with self._one:
            process = self._ready()
            if process is None:
                return None
            said = _timed(process, self._seconds, lambda: _ask(process, data))
            self._left -= 1
            found = read_answer(said, no=page) if said is not None else None
            # Who says nonsense once is not asked again; that a picture could not be read is no nonsense.
            if self._left <= 0 or (found is None and said != NOT_READ):
                self._stop()
            return found

    def close(self) -> None:
        """Stop the process, if one runs."""
        with self._one:
            self._stop()

    def _ready(self) -> "subprocess.Popen[bytes] | None":
        if self._process is not None and self._process.poll() is None and not _speaks(self._process):
            return self._process
        self._stop()
        try:
            # Nothing is kept back on our side, so whatever was said unasked is still to be seen in the pipe.
            process = start_caged(self._program, bufsize=0)
        except OSError:
            return None
        self._process, self._left = process, PICTURES_MAX
        said = _timed(process, _START_SECONDS, lambda: _answer(process))
        if said is None or not _confined(said):
            self._stop()
            return None
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()


def _timed(process: "subprocess.Popen[bytes]", seconds: int, ask: Callable[[], bytes | None]) -> bytes | None:
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        return ask()
    except OSError:
        return None
    finally:
        timer.cancel()


def _ask(process: "subprocess.Popen[bytes]", data: bytes) -> bytes | None:
    assert process.stdin is not None
    rest = memoryview(len(data).to_bytes(8, "big") + data)
    while rest:
        rest = rest[process.stdin.write(rest) :]
    return _answer(process)


def _speaks(process: "subprocess.Popen[bytes]") -> bool:
    """Whether something is there before it was asked: taken for an answer, it would stand beside another's picture."""
    assert process.stdout is not None
    with selectors.DefaultSelector() as ears:
        ears.register(process.stdout, selectors.EVENT_READ)
        return bool(ears.select(0))


def _answer(process: "subprocess.Popen[bytes]") -> bytes | None:
    assert process.stdout is not None
    head = _exactly(process.stdout, 4)
    size = int.from_bytes(head, "big") if head is not None else ANSWER_MAX + 1
    return _exactly(process.stdout, size) if size <= ANSWER_MAX else None


def _exactly(pipe: IO[bytes], size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = pipe.read(size - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)


def _confined(said: bytes) -> bool:
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and read_confinement(told).enough
