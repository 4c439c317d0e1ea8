# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The reading program itself, run as it is, with a stand-in for the libraries of the extra: protocol, tiles, cage.

The stand-in sees what the engine would see, and tells what it found and what it could reach.
"""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from recourse import processes
from recourse.core.inspection import Confinement
from recourse.core.reading import NOT_READ, read_answer
from recourse.core.screen import Line

SOURCES = Path(processes.__file__).resolve().parents[2]
# Dark bars on white are its lines; a picture of 7 points across breaks it; one of 8 makes it try to get out.
ENGINE = """
import os, socket
from types import SimpleNamespace

class Column(list):
    def min(self): return min(self)
    def max(self): return max(self)

class Box:
    def __init__(self, left, top, right, bottom): self.points = ((left, top), (right, top), (right, bottom), (left, bottom))
    def __getitem__(self, key): return Column(point[key[1]] for point in self.points)

def reach(deed):
    try:
        deed()
    except Exception as error:
        return type(error).__name__
    return "OUT"

class RapidOCR:
    def __init__(self, params):
        print("loading models", flush=True)
        os.write(1, b"and more")

    def __call__(self, tile):
        image = tile.image
        print("reading", image.size, flush=True)
        if image.width == 7:
            raise RuntimeError("no such picture")
        if image.width == 8:
            told = [reach(lambda: open("/etc/passwd")), reach(socket.socket), reach(os.fork)]
            return SimpleNamespace(txts=told, scores=[0.5] * 3, boxes=[Box(0, at, 4, at) for at in range(3)])
        grey, bars, begun = image.convert("L"), [], None
        for y in range(image.height + 1):
            dark = y < image.height and grey.getpixel((image.width // 2, y)) < 128
            if dark and begun is None:
                begun = y
            if not dark and begun is not None:
                bars.append((begun, y - 1))
                begun = None
        if not bars:
            return SimpleNamespace(txts=None, scores=None, boxes=None)
        return SimpleNamespace(
            txts=[f"bar of {bottom - top + 1}" for top, bottom in bars],
            scores=[0.987] * len(bars),
            boxes=[Box(-3, top, image.width - 1, bottom) for top, bottom in bars],
        )
"""
NUMPY = """
class Tile:
    def __init__(self, image): self.image = image
    def __getitem__(self, key): return self

def asarray(image): return Tile(image)
"""
START = "import runpy, sys; sys.path.insert(0, {folder!r}); runpy.run_module('recourse.processes.reader', run_name='__main__')"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("extra")
    for name, text in {
        "rapidocr.py": ENGINE,
        "numpy.py": NUMPY,
        "cv2.py": "def setNumThreads(n): pass",
    }.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def said(folder: Path, sent: bytes) -> tuple[int, list[bytes]]:
    """(how it left, its answers) after it was sent these bytes and nothing more."""
    done = subprocess.run(
        [sys.executable, "-c", START.format(folder=str(folder))],
        input=sent,
        capture_output=True,
        cwd=SOURCES,
        timeout=120,
    )
    answers, rest = [], done.stdout
    while rest:
        size = int.from_bytes(rest[:4], "big")
        assert len(rest) >= 4 + size, (rest[:80], done.stderr)
        answers.append(rest[4 : 4 + size])
        rest = rest[4 + size :]
    return done.returncode, answers


def framed(*pictures: bytes) -> bytes:
    return b"".join(len(data).to_bytes(8, "big") + data for data in pictures)


def picture(width: int, height: int, bars: tuple[int, ...] = ()) -> bytes:
    """A JPEG with dark bars of 30 points that begin at these heights."""
    image = Image.new("RGB", (width, height), "white")
    for top in bars:
        ImageDraw.Draw(image).rectangle((0, top, width, top + 29), fill="black")
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=95)
    return kept.getvalue()


def lines(answer: bytes) -> list[Line]:
    page = read_answer(answer, no=0)
    assert page is not None
    return list(page.lines)


def held(first: bytes) -> bool:
    told: dict[str, Any] = json.loads(first)
    return Confinement(**told).enough


def test_it_says_first_what_holds_it_and_reads_nothing_when_that_is_too_little(folder: Path) -> None:
    code, answers = said(folder, framed(picture(400, 100, (20,))))
    if held(answers[0]):
        assert code == 0 and [line.text for line in lines(answers[1])] == ["bar of 30"]
    else:
        assert code == 1 and len(answers) == 1


def test_every_picture_gets_one_answer_and_what_libraries_print_gets_nowhere(folder: Path) -> None:
    sent = framed(picture(400, 100, (20,)), b"no picture", picture(7, 7), b"", picture(400, 90))
    code, answers = said(folder, sent)
    assert held(answers[0]), answers[0]
    assert code == 0 and len(answers) == 6
    assert answers[2:5] == [NOT_READ] * 3
    assert lines(answers[1])[0].confidence == 99 and lines(answers[5]) == []


def test_only_jpegs_are_opened(folder: Path) -> None:
    kept = io.BytesIO()
    Image.new("RGB", (40, 40)).save(kept, "PNG")
    assert said(folder, framed(kept.getvalue()))[1][1:] == [NOT_READ]


def test_a_long_picture_is_read_in_tiles_and_every_line_once(folder: Path) -> None:
    # In each of the overlaps (1400-1600, 2800-3000) and on the edges of the tiles.
    tops = (10, 1385, 1420, 1485, 1530, 1585, 2790, 2840, 2885, 2990, 3300)
    _code, answers = said(folder, framed(picture(400, 3400, tops)))
    found = lines(answers[1])
    assert len(found) == len(tops), [(line.top, line.height) for line in found]
    assert all(abs(line.top - top) <= 2 and line.left == 0 for line, top in zip(found, tops, strict=True))


def test_a_wide_picture_is_read_smaller_and_its_lines_stand_in_its_own_pixels(folder: Path) -> None:
    _code, answers = said(folder, framed(picture(3200, 600, (100, 400))))
    page = read_answer(answers[1], no=0)
    assert page is not None and (page.width, page.height) == (3200, 600)
    assert [(line.top // 10, line.height // 10, line.width) for line in page.lines] == [
        (10, 3, 3200),
        (40, 3, 3200),
    ]


def test_the_engine_reaches_neither_files_nor_the_network_nor_a_process(folder: Path) -> None:
    _code, answers = said(folder, framed(picture(8, 8)))
    assert "OUT" not in [line.text for line in lines(answers[1])]


@pytest.mark.parametrize("sent", [framed(b"x" * 10)[:12], (2**63).to_bytes(8, "big") + b"x"])
def test_it_leaves_when_a_picture_is_cut_or_too_large(folder: Path, sent: bytes) -> None:
    code, answers = said(folder, sent)
    assert code == 1 and len(answers) == 1


def test_the_end_of_the_input_is_the_end_of_the_program(folder: Path) -> None:
    code, answers = said(folder, b"")
    assert len(answers) == 1 and code == (0 if held(answers[0]) else 1)
