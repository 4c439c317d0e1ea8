# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The lexicon: which words of people point to which canonical problem, as data shared by all playbooks.

A phrase is written in plain words with three signs: `/` between words that may stand for each other, `+` for
"right behind" (at most 2 characters between), `~` for "soon behind" (at most 10, within one sentence).
So `申请/要求 ~ 退款 ~ 拒绝/驳回` finds 「申请退款被商家驳回」.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.problem import Problem
from recourse.core.shape import read
from recourse.core.text import Text
from recourse.core.triage.folding import fold
from recourse.core.vocabulary import ProblemKey

_GAPS = {"+": r"[^。!?;\n]{0,2}?", "~": r"[^。!?;\n]{0,10}?"}


@dataclass(frozen=True, slots=True)
class Weights:
    """How strongly a cue of each strength speaks, 0..1000. Two cues join as chances do: 1 - (1-a)(1-b)."""

    strong: int
    plain: int
    weak: int
    answer: int  # an answer of the person or a field of the record
    says: int  # a phrase or name of the playbook itself, word for word


@dataclass(frozen=True, slots=True)
class AnswerCue:
    """A typed fact that speaks for a problem, or against it.

    Values are the answer's key, yes or no, or past and future for a date seen from today.
    """

    question: str
    values: tuple[str, ...]
    against: bool = False


@dataclass(frozen=True, slots=True)
class KeyCues:
    """The cues of one canonical problem."""

    key: ProblemKey
    strong: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()  # a cue that touches one of these does not count
    answers: tuple[AnswerCue, ...] = ()
    accompanies: bool = False  # usually comes along with another problem, which then leads


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """What `lexicon.yaml` says."""

    version: str
    fits_from: int  # a proposal with a lower score is not made
    weights: Weights
    variants: tuple[str, ...]  # runs of two characters each: 電电 reads 電 as 电
    keys: tuple[KeyCues, ...]
    elsewhere: tuple[str, ...]  # matters that no problem of the taxonomy covers: loans, fares, wages
    solved: tuple[str, ...]  # words that say the matter is over


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase ready to be looked for, with the weight of its strength."""

    phrase: str
    pattern: re.Pattern[str]
    weight: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon ready for use: every phrase compiled, folded like the texts it will meet."""

    version: str
    fits_from: int
    weights: Weights
    variants: Mapping[str, str]
    cues: Mapping[ProblemKey, tuple[Cue, ...]]
    unless: Mapping[ProblemKey, tuple[re.Pattern[str], ...]]
    answers: Mapping[ProblemKey, tuple[AnswerCue, ...]]
    accompanying: frozenset[ProblemKey]
    elsewhere: tuple[Cue, ...]
    solved: tuple[Cue, ...]


def read_lexicon(plain: object) -> tuple[Lexicon | None, tuple[Problem, ...]]:
    """Read the plain values of `lexicon.yaml`: the lexicon, or None with every problem of the file."""
    file, problems = read(LexiconFile, plain)
    if file is None:
        return None, problems
    problems = (*_faulty_phrases(file), *_faulty_variants(file), *_doubled_keys(file))
    return (None, problems) if problems else (_compile(file), ())


def compile_phrase(phrase: str, *, variants: Mapping[str, str]) -> re.Pattern[str]:
    """The pattern of a phrase. Raises ValueError when a part of it is empty."""
    parts: list[str] = []
    for piece in re.split(r"\s*([+~])\s*", fold(phrase, variants=variants).text.strip()):
        if piece in _GAPS:
            parts.append(_GAPS[piece])
            continue
        words = [word.strip() for word in piece.split("/")]
        if not all(words):
            raise ValueError(phrase)
        parts.append("(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")")
    return re.compile("".join(parts))


def _compile(file: LexiconFile) -> Lexicon:
    variants = {pair[0]: pair[1] for run in file.variants for pair in _pairs(run)}
    weights = file.weights

    def cues(phrases: tuple[str, ...], weight: int) -> tuple[Cue, ...]:
        return tuple(Cue(phrase, compile_phrase(phrase, variants=variants), weight) for phrase in phrases)

    return Lexicon(
        version=file.version,
        fits_from=file.fits_from,
        weights=weights,
        variants=variants,
        cues={
            item.key: cues(item.strong, weights.strong)
            + cues(item.plain, weights.plain)
            + cues(item.weak, weights.weak)
            for item in file.keys
        },
        unless={
            item.key: tuple(compile_phrase(phrase, variants=variants) for phrase in item.unless)
            for item in file.keys
        },
        answers={item.key: item.answers for item in file.keys},
        accompanying=frozenset(item.key for item in file.keys if item.accompanies),
        elsewhere=cues(file.elsewhere, weights.plain),
        solved=cues(file.solved, weights.strong),
    )


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(0, len(run), 2)]


def _faulty_phrases(file: LexiconFile) -> tuple[Problem, ...]:
    phrases = [(f"elsewhere[{at}]", phrase) for at, phrase in enumerate(file.elsewhere)]
    phrases += [(f"solved[{at}]", phrase) for at, phrase in enumerate(file.solved)]
    for index, item in enumerate(file.keys):
        for name in ("strong", "plain", "weak", "unless"):
            phrases += [
                (f"keys[{index}].{name}[{at}]", phrase) for at, phrase in enumerate(getattr(item, name))
            ]
    return tuple(_faulty_phrase(where, phrase) for where, phrase in phrases if not _is_phrase(phrase))


def _is_phrase(phrase: str) -> bool:
    try:
        compile_phrase(phrase, variants={})
    except ValueError:
        return False
    return True


def _faulty_phrase(where: str, phrase: str) -> Problem:
    return Problem(
        "phrase_empty_part",
        where,
        Text(f"这条短语有空的部分：{phrase}", f"This phrase has an empty part: {phrase}"),
        Text("在 / + ~ 的两边都写上词", "Write a word on both sides of / + ~"),
    )


def _faulty_variants(file: LexiconFile) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            "variants_unpaired",
            f"variants[{at}]",
            Text("异体字要两个一组", "Variants come in pairs of two characters"),
            Text("检查漏写的字", "Look for a character left out"),
        )
        for at, run in enumerate(file.variants)
        if len(run) % 2
    )


def _doubled_keys(file: LexiconFile) -> tuple[Problem, ...]:
    keys = [item.key for item in file.keys]
    return tuple(
        Problem(
            "duplicate_key",
            f"keys[{at}].key",
            Text(f"同一个问题写了两次：{key}", f"The same problem is written twice: {key}"),
            Text("合并成一处", "Join them into one"),
        )
        for at, key in enumerate(keys)
        if key in keys[:at]
    )
