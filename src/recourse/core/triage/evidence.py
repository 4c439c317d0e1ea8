# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What in a text speaks for a problem: cues of the lexicon and the playbook's own phrases, each with its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recourse.core.triage.folding import Folded, fold, fold_own
from recourse.core.triage.lexicon import Cue, Lexicon
from recourse.core.triage.phrases import (
    Phrase,
    Places,
    find_beside,
    find_phrase,
    find_places,
    gather_words,
    is_beside,
    is_joined,
    read_beside,
    read_phrase,
)

# A playbook phrase counts as nearly said when this share of its neighbouring pairs of characters stands in one clause.
NEARLY_SHARE = 600
# Shorter phrases have too few pairs for "nearly" to mean anything.
NEARLY_LENGTH_MIN = 4
# A clause is much like an example when twice their common pairs make this share of all pairs of both.
ALIKE_SHARE = 550
# Words beside each other weigh as a mood does, and this much more for each part beyond the second.
HINT_MORE = 60
# What the words of other matters may take away at most.
ELSEWHERE_MAX = 900
_CLAUSE = re.compile(r"[^,。!?;:、\s]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in the folded text from `start` up to `end`, and how strongly it speaks (0..1000)."""

    start: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of neighbouring characters of every clause, so that clauses like a phrase are found without reading."""

    sizes: tuple[int, ...]  # how many different pairs each clause has
    places: Mapping[
        str, list[tuple[int, int]]
    ]  # by pair: the clauses that have it, and where it stands first


@dataclass(frozen=True, slots=True)
class Text:
    """A text prepared for matching, and what it says as a whole."""

    folded: Folded
    places: Places
    pairs: Pairs
    elsewhere: int  # how strongly it speaks of other trades or of no purchase at all, 0..ELSEWHERE_MAX
    beyond: int  # how strongly of no purchase at all, 0..ELSEWHERE_MAX
    is_asking: bool
    is_solved: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A problem's own phrases in the playbook, folded, with the places of the words of those that join words."""

    plain: tuple[str, ...]
    joined: tuple[Phrase, ...]
    beside: tuple[Phrase, ...]  # words in any order, heard only when nothing fits
    places: Places


@dataclass(frozen=True, slots=True)
class Barrier:
    """What keeps a finding from counting: the places it may not touch, and words of denial right before it."""

    blocked: tuple[tuple[int, int], ...] = ()
    denying: tuple[str, ...] = ()
    not_denying: tuple[str, ...] = ()

    def stops(self, text: str, start: int, end: int, *, is_own: bool = False) -> bool:
        """Whether a finding from `start` up to `end` does not count. A place within the playbook's own phrase does not
        stop it: 未到账 is no missing parcel to a shop, and just that to a seller of codes."""
        if any(
            start < stop and first < end and not (is_own and start <= first and stop <= end)
            for first, stop in self.blocked
        ):
            return True
        # The empty tuple ends nothing, so a problem that cannot be denied passes here.
        before = text[max(0, start - 8) : start]
        return before.endswith(self.denying) and not before.endswith(self.not_denying)


def read_text(text: str, *, lexicon: Lexicon) -> Text:
    """Prepare a person's text once for all problems."""
    folded = fold(text, variants=lexicon.variants)
    places = find_places(folded.text, lexicon.words)
    beyond, here = _strength(lexicon.beyond, places), _strength(lexicon.here, places)
    away = max(_strength(lexicon.elsewhere, places), beyond)
    return Text(
        folded,
        places,
        _clause_pairs(folded.text),
        # Words of an order (下单, 直播间) take back what 小区 or 贷款 in passing would take away.
        elsewhere=min(away * (1000 - here) // 1000, ELSEWHERE_MAX),
        beyond=min(beyond * (1000 - here) // 1000, ELSEWHERE_MAX),
        is_asking=_strength(lexicon.asking, places) > 0,
        is_solved=_is_solved(folded.text, places, lexicon),
    )


def read_said(by_problem: Mapping[str, tuple[str, ...]], text: Text, *, lexicon: Lexicon) -> dict[str, Said]:
    """Prepare the playbook's own phrases, by problem: the words of all are looked for in one pass."""
    folded = {
        id_: tuple(dict.fromkeys(fold_own(phrase, variants=lexicon.variants).strip() for phrase in phrases))
        for id_, phrases in by_problem.items()
    }
    joined = {
        id_: tuple(
            read_phrase(phrase, lists={}) for phrase in phrases if is_joined(phrase) and "&" not in phrase
        )
        for id_, phrases in folded.items()
    }
    beside = {
        id_: tuple(read_beside(phrase) for phrase in phrases if is_beside(phrase))
        for id_, phrases in folded.items()
    }
    groups = (*joined.values(), *beside.values())
    places = find_places(text.folded.text, gather_words(phrase for group in groups for phrase in group))
    return {
        id_: Said(
            tuple(phrase for phrase in phrases if phrase and not is_joined(phrase)),
            joined[id_],
            beside[id_],
            places,
        )
        for id_, phrases in folded.items()
    }


def _is_solved(text: str, places: Places, lexicon: Lexicon) -> bool:
    denial = Barrier((), lexicon.denying, lexicon.not_denying)
    found = (place for cue in lexicon.solved for place in find_phrase(cue.phrase, places))
    return any(not denial.stops(text, *place) for place in found)


def barrier(text: Text, *, unless: Iterable[Phrase], lexicon: Lexicon, is_deniable: bool) -> Barrier:
    """What a finding of one problem must pass to count in this text."""
    blocked = tuple(place for phrase in unless for place in find_phrase(phrase, text.places))
    return Barrier(blocked, lexicon.denying, lexicon.not_denying) if is_deniable else Barrier(blocked)


def find_cues(cues: Iterable[Cue], text: Text, *, behind: Barrier) -> tuple[Found, ...]:
    """The first standing of each cue that passes the barrier."""
    found = (
        _first(find_phrase(cue.phrase, text.places, denying=behind.denying), text, behind, cue.weight)
        for cue in cues
    )
    return tuple(item for item in found if item is not None)


def find_said(said: Said, text: Text, *, behind: Barrier, lexicon: Lexicon) -> tuple[Found, ...]:
    """What of the playbook's own phrases stands in the text: joined words, word for word, or nearly (by pairs of
    characters within one clause)."""
    found = [
        _first(
            find_phrase(phrase, said.places, denying=behind.denying),
            text,
            behind,
            lexicon.weights.told,
            is_own=True,
        )
        for phrase in said.joined
    ]
    for plain in said.plain:
        exact = _first(_standing(plain, text.folded.text), text, behind, lexicon.weights.says, is_own=True)
        found.append(exact or _nearly(plain, text, behind, lexicon.weights.plain))
    return tuple(item for item in found if item is not None)


def find_hints(said: Said, text: Text, *, behind: Barrier, lexicon: Lexicon) -> tuple[Found, ...]:
    """The playbook's words that stand beside each other in any order; the more parts agree, the more they weigh."""
    found = (
        _first(
            find_beside(phrase, said.places),
            text,
            behind,
            lexicon.weights.mood + HINT_MORE * (len(phrase.parts) - 2),
            is_own=True,
        )
        for phrase in said.beside
    )
    return tuple(item for item in found if item is not None)


def find_alike(
    examples: Iterable[str], text: Text, *, behind: Barrier, lexicon: Lexicon
) -> tuple[Found, ...]:
    """The clause that is most like one of the examples, when it is much like it."""
    best: Found | None = None
    best_share = ALIKE_SHARE - 1
    for example in examples:
        pairs = _pairs(example)
        for clause, common in _common(pairs, text.pairs):
            size = text.pairs.sizes[clause]
            # A clause of two or three characters is like too much, and a long one says more than the example.
            if not len(pairs) <= 2 * size <= 4 * len(pairs):
                continue
            share = 2000 * len(common) // (len(pairs) + size)
            if share > best_share and not behind.stops(text.folded.text, min(common), max(common) + 2):
                best, best_share = Found(min(common), max(common) + 2, lexicon.weights.mood), share
    return () if best is None else (best,)


def join(found: Iterable[Found]) -> tuple[Found, ...]:
    """The strongest findings that do not overlap, so that no words count twice."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda one: (-one.weight, one.start, one.end)):
        if all(item.end <= other.start or other.end <= item.start for other in kept):
            kept.append(item)
    return tuple(kept)


def _strength(cues: Iterable[Cue], places: Places) -> int:
    """How strongly the cues speak together, 0..1000."""
    rest = 1000
    for cue in cues:
        if any(True for _ in find_phrase(cue.phrase, places)):
            rest = rest * (1000 - cue.weight) // 1000
    return 1000 - rest


def _first(
    places: Iterable[tuple[int, int]], text: Text, behind: Barrier, weight: int, *, is_own: bool = False
) -> Found | None:
    for start, end in places:
        if not behind.stops(text.folded.text, start, end, is_own=is_own):
            return Found(start, end, weight)
    return None


def _standing(word: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _nearly(plain: str, text: Text, behind: Barrier, weight: int) -> Found | None:
    """The clause that has most of the phrase's pairs, if it has enough of them; its weight is the share it has."""
    if len(plain) < NEARLY_LENGTH_MIN:
        return None
    pairs = _pairs(plain)
    best: Found | None = None
    for _, places in _common(pairs, text.pairs):
        share = len(places) * 1000 // len(pairs)
        if share < NEARLY_SHARE:
            continue
        item = Found(min(places), max(places) + 2, weight * share // 1000)
        if (best is None or item.weight > best.weight) and not behind.stops(
            text.folded.text, item.start, item.end
        ):
            best = item
    return best


def _pairs(words: str) -> dict[str, int]:
    """The pairs of neighbouring characters and where each stands first."""
    pairs: dict[str, int] = {}
    for at in range(len(words) - 1):
        pairs.setdefault(words[at : at + 2], at)
    return pairs


def _common(pairs: Mapping[str, int], read: Pairs) -> list[tuple[int, list[int]]]:
    """The clauses that have any of these pairs, in the order of the text, with the places of those they have."""
    common: dict[int, list[int]] = {}
    for pair in pairs:
        for clause, place in read.places.get(pair, ()):
            common.setdefault(clause, []).append(place)
    return sorted(common.items())


def _clause_pairs(text: str) -> Pairs:
    sizes: list[int] = []
    places: dict[str, list[tuple[int, int]]] = {}
    for match in _CLAUSE.finditer(text):
        pairs = _pairs(match[0])
        for pair, at in pairs.items():
            places.setdefault(pair, []).append((len(sizes), match.start() + at))
        sizes.append(len(pairs))
    return Pairs(tuple(sizes), places)
