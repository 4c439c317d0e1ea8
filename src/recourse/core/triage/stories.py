# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Stories by problem, and which of them a text is like: characters and pairs of them, weighed as naive Bayes weighs words.

Whole numbers: a weight is a logarithm to base 2 in sixteenths, taken from the length of a power. What speaks for a
problem are pieces of the text, so a proposal still shows the person's own words.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

# How many tenths of what all stories say are mixed into what the stories of one problem say.
SMOOTH = 10
# A text must be more like one problem's stories than like all stories by this much (four bits).
LIKE_MIN = 64
# Fewer pieces in common with any story say nothing.
KNOWN_MIN = 4
# The name under which stories stand that fit no problem.
NOTHING = "nothing"
# How many problems a text may be like, and how many of its pieces are shown for each.
LIKE_MAX, SHOWN_MAX = 3, 3
_SENTENCE = re.compile(r"[^。!?;\n]+")
# Letters and digits say nothing by themselves.
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Stories:
    """How many stories each problem has, and in how many of them each piece stands."""

    stories: Mapping[str, int]
    pieces: Mapping[str, Mapping[str, int]]  # by piece: by problem


@dataclass(frozen=True, slots=True)
class Like:
    """A problem whose stories the text is like, by how much, and the places of what says so most."""

    problem: str
    score: int
    places: tuple[tuple[int, int], ...]


def gather_stories(told: Mapping[str, tuple[str, ...]]) -> Stories:
    """Count the pieces of folded stories by problem."""
    pieces: dict[str, Counter[str]] = {}
    for problem, stories in told.items():
        for story in stories:
            for piece in _pieces(story):
                pieces.setdefault(piece, Counter())[problem] += 1
    return Stories({problem: len(stories) for problem, stories in told.items()}, pieces)


def find_like(text: str, stories: Stories, *, problems: Collection[str]) -> tuple[Like, ...]:
    """The problems, of those given, whose stories a sentence of a folded text is like, most like first.

    Each sentence is read by itself, so one that tells nothing (or gives an order to a machine) takes nothing away.
    """
    sizes = {problem: stories.stories[problem] for problem in problems if problem in stories.stories}
    if not sizes:
        return ()
    # What fits nowhere stands beside the problems of every playbook.
    sizes[NOTHING] = stories.stories.get(NOTHING, 0)
    best: dict[str, Like] = {}
    for sentence in _SENTENCE.finditer(text):
        for item in _like_sentence(_pieces(sentence[0], at=sentence.start()), stories, sizes):
            if item.problem not in best or item.score > best[item.problem].score:
                best[item.problem] = item
    return tuple(sorted(best.values(), key=lambda item: -item.score)[:LIKE_MAX])


def _like_sentence(pieces: Mapping[str, int], stories: Stories, sizes: Mapping[str, int]) -> list[Like]:
    known = {
        piece: (at, counted)
        for piece, at in pieces.items()
        if (counted := {one: n for one, n in stories.pieces.get(piece, {}).items() if one in sizes})
    }
    if len(known) < KNOWN_MIN:
        return []
    whole = sum(sizes.values())
    found = []
    for problem, size in sizes.items():
        weighed = {
            (at, at + len(piece)): _weight(counted.get(problem, 0), size, sum(counted.values()), whole)
            for piece, (at, counted) in known.items()
        }
        score = sum(weighed.values())
        if score >= LIKE_MIN:
            found.append(Like(problem, score, _shown(weighed)))
    found.sort(key=lambda item: -item.score)
    return (
        [] if found and found[0].problem == NOTHING else [item for item in found if item.problem != NOTHING]
    )


def _shown(weighed: Mapping[tuple[int, int], int]) -> tuple[tuple[int, int], ...]:
    """The runs of pairs that speak most for a problem, in the order of the text; single characters explain nothing."""
    pairs = sorted(place for place, weight in weighed.items() if place[1] - place[0] > 1 and weight > 0)
    runs: dict[tuple[int, int], int] = {}
    start = end = weight = 0
    for place in pairs:
        if weight and place[0] <= end:
            runs.pop((start, end))
        else:
            start, weight = place[0], 0
        end, weight = place[1], weight + weighed[place]
        runs[start, end] = weight
    return tuple(sorted(sorted(runs, key=lambda run: -runs[run])[:SHOWN_MAX]))


def _weight(own: int, size: int, all_: int, whole: int) -> int:
    """How much more often a piece stands in a problem's stories than in all, with `SMOOTH` tenths of the latter mixed
    in, so that a piece never seen there counts against every problem alike, however many stories it has."""
    expected = size * all_
    return _log(10 * own * whole + SMOOTH * expected) - _log((10 + SMOOTH) * expected)


def _log(number: int) -> int:
    """The logarithm of a whole number to base 2, in sixteenths, rounded down."""
    return (number**16).bit_length() - 1


def _pieces(text: str, *, at: int = 0) -> dict[str, int]:
    """Every Chinese character and every pair of neighbours, and where each stands first, counted from `at`."""
    pieces: dict[str, int] = {}
    for match in _CHINESE.finditer(text):
        run, start = match[0], at + match.start()
        for place in range(len(run)):
            pieces.setdefault(run[place], start + place)
            if place + 1 < len(run):
                pieces.setdefault(run[place : place + 2], start + place)
    return pieces
