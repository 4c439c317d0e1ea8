# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Phrases: how the lexicon writes what people say, and where a phrase stands in a text.

A phrase is written in plain words with these signs: `/` between words that may stand for each other, `+` for "right
behind" (at most 2 characters between, within one clause), `~` for "soon behind" (at most 10, within one sentence), and `{name}` for
any word of a named list, joined to its neighbours without a gap. So `{part}不{work}` with the lists 屏幕/键 and 亮/响
is 屏幕不亮/屏幕不响/键不亮/键不响, and `申请/要求 ~ 退款 ~ 拒绝/驳回` finds 「申请退款被商家驳回」.

All words of all phrases are looked for in one pass over the text; phrases are then put together from the places of
their words. So a lexicon of thousands of words costs little to load (nothing is compiled) and little to use.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, product

_GAPS = {"+": 2, "~": 10}
_SIGNS = re.compile(r"\s*([+~])\s*")
_LISTED = re.compile(r"\{([a-z_]+)\}")
_BITS = re.compile(r"(\{[a-z_]+\})")
_STOPS = frozenset("。!?;\n")
_PAUSES = _STOPS | frozenset(",:、")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_NAMING = _LATIN | frozenset("0123456789_")
# Words beside each other stand at most this many characters from the first, before it or behind.
BESIDE_MAX = 40
# One word may stand for this many: a family of three lists is a mistake more often than a wish.
_WORDS_MAX = 1500
# Of a word that is said over and over only the first places count, which bounds the work on hostile texts.
_PLACES_MAX = 200


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: at each place one of `parts`, with at most `gaps[n]` characters between part n and part n+1."""

    parts: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of many phrases by its head: the first two characters, or the only one."""

    by_head: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the words of the lexicon stand in one folded text."""

    text: str
    starts: Mapping[str, list[int]]
    sentence: tuple[int, ...]  # the number of the sentence that each character stands in
    clause: tuple[int, ...]  # and of the clause
    _by_part: dict[frozenset[str], list[tuple[int, int]]] = field(default_factory=dict, compare=False)

    def of(self, part: frozenset[str]) -> list[tuple[int, int]]:
        """The places (start, -end) of any of these words: by start, and of those the longest word first."""
        found = self._by_part.get(part)
        if found is None:
            said = part & self.starts.keys()
            found = self._by_part[part] = sorted(
                (start, -start - len(word)) for word in said for start in self.starts[word]
            )
        return found


def read_phrase(line: str, *, lists: Mapping[str, tuple[str, ...]]) -> Phrase:
    """Read one phrase, folded as texts are. Raises ValueError when a part is empty, a list unknown or a family too large."""
    parts: list[frozenset[str]] = []
    gaps: list[int] = []
    for piece in _SIGNS.split(line.strip()):
        if piece in _GAPS:
            gaps.append(_GAPS[piece])
            continue
        # A family that stands alone is joined where it is met; written out, two long lists would be thousands of words.
        joined = [piece] if "/" in piece else [bit for bit in _BITS.split(piece) if bit] or [piece]
        gaps.extend([0] * (len(joined) - 1))
        parts.extend(frozenset(read_words(bit, lists=lists)) for bit in joined)
    return Phrase(tuple(parts), tuple(gaps))


def is_joined(line: str) -> bool:
    """Whether a line joins words by signs, with a word on both sides of each; any other line is said as it stands."""
    pieces = [word.strip() for word in re.split(r"[/+~&]", line)]
    is_mixed = "&" in line and _SIGNS.search(line)
    return len(pieces) > 1 and all(pieces) and "{" not in line and not is_mixed


def is_beside(line: str) -> bool:
    """Whether a line joins words that stand beside each other in any order: 领奖/中了 & 才知道 & 充值/办卡."""
    return "&" in line and is_joined(line)


def read_beside(line: str) -> Phrase:
    """Read one line of words that stand beside each other, folded as texts are."""
    parts = tuple(frozenset(read_words(piece, lists={})) for piece in line.split("&"))
    return Phrase(parts, (BESIDE_MAX,) * (len(parts) - 1))


def read_words(piece: str, *, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of `a/b{list}c`, with every named list written out. Raises ValueError as `read_phrase` does."""
    words: list[str] = []
    for written in piece.split("/"):
        word = written.strip()
        if not word or not set(_LISTED.findall(word)) <= lists.keys():
            raise ValueError(piece)
        pieces = [lists[bit] if at % 2 else (bit,) for at, bit in enumerate(_LISTED.split(word))]
        words.extend("".join(chosen) for chosen in product(*pieces))
    if len(words) > _WORDS_MAX:
        raise ValueError(piece)
    return tuple(words)


def gather_words(phrases: Iterable[Phrase]) -> Words:
    """The words of all these phrases, ready to be looked for in one pass."""
    heads: dict[str, list[str]] = {}
    for part in {part for phrase in phrases for part in phrase.parts}:
        for word in part:
            heads.setdefault(word[:2], []).append(word)
    return Words({head: tuple(sorted(set(words))) for head, words in heads.items()})


def find_places(text: str, words: Words) -> Places:
    """Look for every word in a folded text."""
    starts: dict[str, list[int]] = {}
    listed = words.by_head.get
    for at, character in enumerate(text):
        pair = text[at : at + 2]
        for word in listed(pair, ()):
            if text.startswith(word, at) and not _is_inside_a_name(text, at, at + len(word)):
                starts.setdefault(word, []).append(at)
        if pair != character and listed(character):
            starts.setdefault(character, []).append(at)
    first = {word: places[:_PLACES_MAX] for word, places in starts.items()}
    return Places(text, first, _numbered(text, _STOPS), _numbered(text, _PAUSES))


def _is_inside_a_name(text: str, start: int, end: int) -> bool:
    """Whether a word in Latin letters is only a piece of a longer one or of a name: scam in `any.pt.scam`.

    An ending is no new word: refunded is refund.
    """
    if text[start] not in _LATIN:
        return False
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    return before[-1:] in _NAMING or after == "_" or (before[1:] == "." and before[0] in _NAMING)


def _numbered(text: str, stops: frozenset[str]) -> tuple[int, ...]:
    """For each place of the text, and the one behind it, how many of the stops stand before it."""
    return (0, *accumulate(character in stops for character in text))


def find_phrase(
    phrase: Phrase, places: Places, *, denying: tuple[str, ...] = ()
) -> Iterator[tuple[int, int]]:
    """Each place (start, end) where the phrase stands, in the order of the text, its words as near as may be.

    A part right behind one of `denying` in the gap before it does not count: 收到没坏 is not 收到 ~ 坏.
    """
    if any(part.isdisjoint(places.starts.keys()) for part in phrase.parts):
        return
    for start, minus_end in places.of(phrase.parts[0]):
        stop = _follow(phrase, 1, -minus_end, places, denying)
        if stop is not None:
            yield start, stop


def find_beside(phrase: Phrase, places: Places) -> Iterator[tuple[int, int]]:
    """Each place (start, end) that holds a word of every part, in any order, each as near the first as may be."""
    if any(part.isdisjoint(places.starts.keys()) for part in phrase.parts):
        return
    first, *others = (places.of(part) for part in phrase.parts)
    for start, minus_end in first:
        near = [_nearest(listed, start) for listed in others]
        if all(abs(place - start) <= BESIDE_MAX for place, _ in near):
            yield min(start, *(place for place, _ in near)), max(-minus_end, *(-stop for _, stop in near))


def _nearest(listed: list[tuple[int, int]], start: int) -> tuple[int, int]:
    at = bisect_left(listed, (start,))
    return min(listed[max(0, at - 1) : at + 1], key=lambda place: abs(place[0] - start))


def _follow(phrase: Phrase, number: int, end: int, places: Places, denying: tuple[str, ...]) -> int | None:
    """Where the phrase ends when the part before `number` ends at `end`; None when it does not go on."""
    if number == len(phrase.parts):
        return end
    candidates, gap = places.of(phrase.parts[number]), phrase.gaps[number - 1]
    piece = places.sentence if gap > _GAPS["+"] else places.clause
    for at in range(bisect_left(candidates, (end,)), len(candidates)):
        start, minus_stop = candidates[at]
        if start > end + gap or piece[start] != piece[end]:
            return None
        if places.text[end:start].endswith(denying):
            continue
        finish = _follow(phrase, number + 1, -minus_stop, places, denying)
        if finish is not None:
            return finish
    return None
