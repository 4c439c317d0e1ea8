# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Legible text: what a font cannot show, and what nobody can see, is written out in words and never dropped.

On evidence an empty box, a dropped sign or an invisible one that turns the line round says something else than what was
handed in. So 😀 becomes 〔U+1F600 GRINNING FACE〕, and an invisible sign becomes visible the same way.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# Control, format, private, surrogate, unassigned, line and paragraph separators: they have no shape of their own.
_SHAPELESS = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
# So many marks may stand over one letter; a tower of them hides the lines above.
_MARKS_MAX = 2
_RUN = re.compile(r"[!-~]{25,}")
_PIECE = 16
_BREAK = "\u200b"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The characters of a font: the first and the last code point of each range, in order."""

    first: tuple[int, ...]
    last: tuple[int, ...]

    def __contains__(self, char: str) -> bool:
        at = bisect_right(self.first, ord(char)) - 1
        return at >= 0 and ord(char) <= self.last[at]


def coverage(lines: Iterable[str]) -> Coverage:
    """From lines such as `4E00-9FFF`. Raises ValueError for any other."""
    ranges = [line.split("-") for line in lines if line.strip()]
    return Coverage(tuple(int(a, 16) for a, _ in ranges), tuple(int(b, 16) for _, b in ranges))


def legible(text: str, covered: Coverage) -> str:
    """The text with line feeds kept, tabs as four spaces, and everything that cannot be seen written out."""
    shown: list[str] = []
    marks = 0
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        if char == "\n" or " " <= char <= "~":
            shown.append(char)
            marks = 0
        elif char == "\t":
            shown.append("    ")
        else:
            kind = unicodedata.category(char)
            marks = marks + 1 if kind in {"Mn", "Me"} else 0
            seen = kind not in _SHAPELESS and char in covered and marks <= _MARKS_MAX and not _selects(char)
            shown.append(char if seen else written_out(char))
    return "".join(shown)


def written_out(char: str) -> str:
    """A character by number and name: 〔U+1F600 GRINNING FACE〕."""
    name = unicodedata.name(char, "")
    return f"〔U+{ord(char):04X}{' ' + name if name else ''}〕"


def breakable(text: str) -> str:
    """The text with places to break within words that no line can hold: digests, addresses, a key held down."""
    return _RUN.sub(lambda run: _BREAK.join(_pieces(run[0])), text)


def _pieces(run: str) -> list[str]:
    return [run[at : at + _PIECE] for at in range(0, len(run), _PIECE)]


def _selects(char: str) -> bool:
    """Whether this only chooses how the sign before it looks."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
