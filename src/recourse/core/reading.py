# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reading: the lines of a picture as the reading program gives them, and how they cross the border to us.

The program answers with JSON: width and height of the picture in pixels, and lines as `[text, left, top, width, height,
confidence]`, pixels and hundredths. Whatever is no such answer is no reading.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from recourse.core.region import Page
from recourse.core.screen import Line

LINES_MAX = 1500
LINE_MAX = 500  # characters
ANSWER_MAX = 4 * 1024 * 1024
NOT_READ = b"{}"  # the program's word for a picture that it could not read
WALL_SECONDS = 90  # for one picture, on a machine that is busy
CPU_SECONDS = 3600  # of one program's life
MEMORY_BYTES = 6 * 1024 * 1024 * 1024  # of addresses: the models map far more than they touch
PICTURES_MAX = 200  # then a fresh program takes over
_NUMBERS = 5
_FULL = 100


class Readings(StrEnum):
    """Whether the pictures of an exhibit were read."""

    none = "none"  # nobody here reads pictures
    done = "done"
    failed = "failed"  # it was tried: nobody knows what stands there


def answer(page: Page) -> bytes:
    """A reading as it crosses the border."""
    return json.dumps(plain_page(page)).encode()


def read_answer(payload: bytes, *, no: int) -> Page | None:
    """The reading of picture `no`; None for anything else."""
    try:
        said = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return read_page({**said, "no": no}) if isinstance(said, dict) else None


def plain_page(page: Page) -> dict[str, Any]:
    """A reading as plain values, for the wire and for the store."""
    lines = [
        [item.text, item.left, item.top, item.width, item.height, item.confidence] for item in page.lines
    ]
    return {"no": page.no, "width": page.width, "height": page.height, "lines": lines}


def read_page(said: Mapping[str, Any]) -> Page | None:
    """The reading again; None when it is none."""
    no, width, height, lines = (said.get(name) for name in ("no", "width", "height", "lines"))
    if not isinstance(no, int) or not isinstance(width, int) or not isinstance(height, int):
        return None
    if not isinstance(lines, list):
        return None
    found = [_line(item) for item in lines[:LINES_MAX]]
    whole = [item for item in found if item is not None]
    if len(whole) != len(found) or width < 1 or height < 1:
        return None
    return Page(no, width, height, tuple(whole))


def _line(said: Any) -> Line | None:
    if not isinstance(said, list) or len(said) != _NUMBERS + 1:
        return None
    text, *numbers = said
    if not isinstance(text, str) or not all(isinstance(item, int) and item >= 0 for item in numbers):
        return None
    left, top, width, height, confidence = numbers
    clean = "".join(sign for sign in text if sign.isprintable())[:LINE_MAX]
    return Line(clean, left, top, width, height, min(confidence, _FULL))


def lines_of(pages: Iterable[Page]) -> tuple[Line, ...]:
    """All lines one page below another, as they are read."""
    found: list[Line] = []
    below = 0
    for page in pages:
        found += [
            Line(item.text, item.left, item.top + below, item.width, item.height, item.confidence)
            for item in page.lines
        ]
        below += page.height
    return tuple(found)
