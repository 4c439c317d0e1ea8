# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Paper: a dossier's pages as PDF/A-2b, and one page as a picture. Both are made by the typesetter, in its own process.

Every text passes `legible` on its way: what the font cannot show is written out, so that PDF/A's rule against missing
glyphs never refuses a document, and nothing is dropped in silence.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from recourse.core.legible import Coverage, breakable, coverage, legible
from recourse.gateways import typesetter

# Run by its path, not imported to be used: what it loads stays in its own process.
_PROGRAM = Path(typesetter.__file__)
_SECONDS_MAX = 150
# What the typesetter may know of its surroundings.
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "TMPDIR", "TEMP")


class Untypeset(RuntimeError):
    """The typesetter did not finish; the message holds its last words, which name no text of the document."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be set: `caption` has the parts of its headline, `lines` (speaker, words, marked) what it says."""

    key: str  # letters, digits and hyphens; unique in a document
    no: int  # the exhibit it belongs to
    caption: tuple[str, ...]
    data: bytes
    lines: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The parts of a document, each at most 10 MB, with how many pages each has; pictures that could not be read."""

    parts: tuple[bytes, ...]
    part_pages: tuple[int, ...]
    unreadable: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return sum(self.part_pages)

    def place(self, page: int) -> tuple[int, int] | None:
        """Part and page within it, both from 0, of a page counted from 1; None when there is no such page."""
        for part, count in enumerate(self.part_pages):
            if 1 <= page <= count:
                return part, page - 1
            page -= count
        return None


def typeset(data: Mapping[str, Any], pictures: Sequence[Picture]) -> Paper:
    """Set a dossier. `data` is what `dossier.typ` takes. Equal input gives equal bytes. Raises Untypeset."""
    covered = font_coverage()
    given = [
        {
            "key": item.key,
            "no": item.no,
            "caption": [_shown(part, covered) for part in item.caption],
            "lines": [
                [_shown(who, covered), _shown(words, covered), marked] for who, words, marked in item.lines
            ],
            "data": base64.b64encode(item.data).decode(),
        }
        for item in pictures
    ]
    answer = _ask({"do": "typeset", "data": _legible(data, covered), "pictures": given})
    parts = tuple(base64.b64decode(part) for part in answer["parts"])
    return Paper(parts, tuple(answer["part_pages"]), tuple(answer["unreadable"]))


def page_image(pdf: bytes, *, page: int, width: int) -> bytes | None:
    """One page (from 0) as JPEG, so many pixels wide; None when there is no such page. Raises Untypeset."""
    request = {"do": "render", "pdf": base64.b64encode(pdf).decode(), "page": page, "width": width}
    image = _ask(request)["image"]
    return base64.b64decode(image) if image is not None else None


@cache
def font_coverage() -> Coverage:
    """Which characters the vendored font has."""
    return coverage((_PROGRAM.parent / "typst" / "coverage.txt").read_text().splitlines())


def _legible(value: Any, covered: Coverage) -> Any:
    if isinstance(value, str):
        # Vector pictures of ours are no text.
        return value if value.startswith("<svg") else _shown(value, covered)
    if isinstance(value, Mapping):
        return {key: _legible(item, covered) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_legible(item, covered) for item in value]
    return value


def _shown(text: str, covered: Coverage) -> str:
    return breakable(legible(text, covered))


def _ask(request: Mapping[str, Any]) -> dict[str, Any]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM)],
            input=json.dumps(request, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=_SECONDS_MAX,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Untypeset("the typesetter took too long") from None
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise Untypeset(words[-1][:200] if words else f"the typesetter ended with {done.returncode}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
