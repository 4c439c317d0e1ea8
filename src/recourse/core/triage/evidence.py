# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What in a text speaks for a problem: cues of the lexicon and the playbook's own phrases, each with its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recourse.core.triage.folding import Folded, fold
from recourse.core.triage.lexicon import Cue, Lexicon

# A playbook phrase counts as nearly said when this share of its neighbouring pairs of characters stands in one clause.
NEARLY_SHARE = 600
# Shorter phrases have too few pairs for "nearly" to mean anything.
NEARLY_LENGTH_MIN = 4
# What the words of other matters may take away at most: the person chose this platform, not the lexicon.
ELSEWHERE_MAX = 700
_CLAUSE = re.compile(r"[^,。!?;:、\s]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in the folded text from `start` up to `end`, and how strongly it speaks (0..1000)."""

    start: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece between two stops, with its pairs of neighbouring characters and where each stands first."""

    start: int
    pairs: dict[str, int]


@dataclass(frozen=True, slots=True)
class Text:
    """A text prepared for matching, and what it says as a whole."""

    folded: Folded
    clauses: tuple[Clause, ...]
    elsewhere: int  # how strongly it speaks of matters that no problem covers, 0..ELSEWHERE_MAX
    is_solved: bool


def read_text(text: str, *, lexicon: Lexicon) -> Text:
    """Prepare a person's text once for all problems."""
    folded = fold(text, variants=lexicon.variants)
    bare = Text(folded, _clauses(folded.text), 0, False)
    rest = 1000
    for item in find_cues(lexicon.elsewhere, bare, unless=()):
        rest = rest * (1000 - item.weight) // 1000
    return Text(
        folded,
        bare.clauses,
        min(1000 - rest, ELSEWHERE_MAX),
        bool(find_cues(lexicon.solved, bare, unless=())),
    )


def find_cues(cues: Iterable[Cue], text: Text, *, unless: tuple[re.Pattern[str], ...]) -> tuple[Found, ...]:
    """The first standing of each cue that touches none of the `unless` phrases."""
    blocked = _blocked(text, unless)
    found = (_first(cue.pattern, text, blocked, cue.weight) for cue in cues)
    return tuple(item for item in found if item is not None)


def find_said(
    phrases: Iterable[str], text: Text, *, unless: tuple[re.Pattern[str], ...], lexicon: Lexicon
) -> tuple[Found, ...]:
    """The playbook's phrases that are said word for word, or nearly (by pairs of characters within one clause)."""
    blocked = _blocked(text, unless)
    found: list[Found] = []
    for phrase in dict.fromkeys(phrases):
        plain = fold(phrase, variants=lexicon.variants).text.strip()
        if not plain:
            continue
        exact = _first(re.compile(re.escape(plain)), text, blocked, lexicon.weights.says)
        near = exact or _nearly(plain, text, blocked, lexicon.weights.plain)
        if near is not None:
            found.append(near)
    return tuple(found)


def join(found: Iterable[Found]) -> tuple[Found, ...]:
    """The strongest findings that do not overlap, so that no words count twice."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda one: (-one.weight, one.start, one.end)):
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    return tuple(kept)


def _blocked(text: Text, unless: tuple[re.Pattern[str], ...]) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for pattern in unless for match in pattern.finditer(text.folded.text))


def _touches(start: int, end: int, blocked: tuple[tuple[int, int], ...]) -> bool:
    return any(start < stop and first < end for first, stop in blocked)


def _first(
    pattern: re.Pattern[str], text: Text, blocked: tuple[tuple[int, int], ...], weight: int
) -> Found | None:
    for match in pattern.finditer(text.folded.text):
        if not _touches(*match.span(), blocked):
            return Found(match.start(), match.end(), weight)
    return None


def _nearly(plain: str, text: Text, blocked: tuple[tuple[int, int], ...], weight: int) -> Found | None:
    """The clause that has most of the phrase's pairs, if it has enough of them; its weight is the share it has."""
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)}
    if len(plain) < NEARLY_LENGTH_MIN:
        return None
    best: Found | None = None
    for clause in text.clauses:
        places = [clause.start + clause.pairs[pair] for pair in pairs if pair in clause.pairs]
        share = len(places) * 1000 // len(pairs)
        if share < NEARLY_SHARE:
            continue
        item = Found(min(places), max(places) + 2, weight * share // 1000)
        if not _touches(item.start, item.end, blocked) and (best is None or item.weight > best.weight):
            best = item
    return best


def _clauses(text: str) -> tuple[Clause, ...]:
    clauses = []
    for match in _CLAUSE.finditer(text):
        words = match[0]
        pairs: dict[str, int] = {}
        for at in range(len(words) - 1):
            pairs.setdefault(words[at : at + 2], at)
        clauses.append(Clause(match.start(), pairs))
    return tuple(clauses)
