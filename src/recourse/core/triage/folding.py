# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Folding makes spellings of one thing equal (full width, traditional, capitals) and remembers each place.

Everything that triage finds is reported in the person's own words, so every folded character knows the
character of the original text that it came from.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

# Longer stories are kept whole in the case; triage reads the beginning, which bounds the work on one request.
READ_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the person's own text: `text == original[start:end]`, counted in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `origin[i]` is the place in `original` of the folded character `text[i]`."""

    original: str
    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original words behind the folded characters from `start` up to `end` (at least one character)."""
        first, last = self.origin[start], self.origin[end - 1] + 1
        return Span(self.original[first:last], first, last)


def fold(text: str, *, variants: Mapping[str, str]) -> Folded:
    """Fold the first READ_MAX characters: NFKC and lower case per character, then `variants` (電 -> 电).

    Invisible characters are dropped. Chinese brackets and stops keep their own or their half-width form.
    """
    characters: list[str] = []
    origin: list[int] = []
    # A text has few different characters, so each is folded once.
    known: dict[str, tuple[str, ...]] = {}
    for place, character in enumerate(text[:READ_MAX]):
        plain = known.get(character)
        if plain is None:
            plain = known[character] = _fold_character(character, variants)
        characters.extend(plain)
        origin.extend([place] * len(plain))
    return Folded(text, "".join(characters), tuple(origin))


def _fold_character(character: str, variants: Mapping[str, str]) -> tuple[str, ...]:
    if unicodedata.category(character) in ("Cf", "Mn") or character == "\r":
        return ()
    return tuple(variants.get(plain, plain) for plain in unicodedata.normalize("NFKC", character).lower())


def fold_own(text: str, *, variants: Mapping[str, str]) -> str:
    """Fold words of our own, whose places nobody asks for: the same spelling as `fold`, many times faster."""
    return (
        unicodedata.normalize("NFKC", text)
        .lower()
        .translate({ord(odd): plain for odd, plain in variants.items()})
    )
