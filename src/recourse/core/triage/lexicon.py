# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The lexicon: which words of people point to which canonical problem, as data shared by all playbooks.

How a phrase is written stands in `phrases`. A block of phrases has one on each line; a line that begins with # is a
remark.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from recourse.core.problem import Problem
from recourse.core.shape import read
from recourse.core.text import Text
from recourse.core.triage.folding import fold_own
from recourse.core.triage.phrases import Phrase, Words, gather_words, read_phrase, read_words
from recourse.core.triage.stories import Stories, gather_stories
from recourse.core.vocabulary import ProblemKey


@dataclass(frozen=True, slots=True)
class Weights:
    """How strongly a cue of each strength speaks, 0..1000. Two cues join as chances do: 1 - (1-a)(1-b)."""

    strong: int
    plain: int
    weak: int
    mood: int  # displeasure that names no fault, heard only when nothing else fits
    answer: int  # an answer of the person or a field of the record
    says: int  # a phrase or name of the playbook itself, word for word
    told: int  # a phrase of the playbook that joins words: the trouble as it is told
    elsewhere: int  # a strong word of another trade


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
    """The cues of one canonical problem: blocks of phrases by strength, and what goes with them."""

    key: ProblemKey
    strong: str = ""
    plain: str = ""
    weak: str = ""
    mood: str = ""
    unless: str = ""  # a cue that touches one of these does not count
    examples: str = ""  # whole clauses; one that is much like them speaks when no cue does
    deniable: bool = False  # 没有掉色 is no fault: a cue right behind a word of denial does not count
    accompanies: bool = False  # usually comes along with another problem, which then leads
    or_else: tuple[ProblemKey, ...] = ()  # where it belongs in a playbook that has no such problem
    answers: tuple[AnswerCue, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """Words about the text as a whole, as blocks of phrases."""

    strong: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """What `lexicon.yaml` says."""

    version: str
    fits_from: int  # a proposal with a lower score is not made
    weights: Weights
    variants: tuple[str, ...]  # runs of two characters each: 電电 reads 電 as 电
    keys: tuple[KeyCues, ...]
    lists: Mapping[str, str] = field(default_factory=dict)  # named words for families: {part}
    denying: str = ""  # words of denial, as `a/b`
    not_denying: str = ""  # what ends like one and denies nothing: 是不是
    elsewhere: Aside = Aside()  # no order, draw, card or points: loans, fares, wages
    beyond: Aside = Aside()  # nobody's purchase at all: wages, offices, neighbours
    here: Aside = Aside()  # an order or a draw after all
    asking: Aside = Aside()  # a question or a wish, not yet a complaint
    solved: Aside = Aside()  # words that say the matter is over
    stories: Mapping[str, str] = field(default_factory=dict)  # stories by id of a problem, one on each line


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase with the weight of its strength."""

    phrase: Phrase
    weight: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon ready for use, folded like the texts it will meet."""

    version: str
    fits_from: int
    weights: Weights
    variants: Mapping[str, str]
    words: Words
    cues: Mapping[ProblemKey, tuple[Cue, ...]]
    moods: Mapping[ProblemKey, tuple[Cue, ...]]
    unless: Mapping[ProblemKey, tuple[Phrase, ...]]
    examples: Mapping[ProblemKey, tuple[str, ...]]
    answers: Mapping[ProblemKey, tuple[AnswerCue, ...]]
    or_else: Mapping[ProblemKey, tuple[ProblemKey, ...]]
    deniable: frozenset[ProblemKey]
    accompanying: frozenset[ProblemKey]
    denying: tuple[str, ...]
    not_denying: tuple[str, ...]
    elsewhere: tuple[Cue, ...]
    beyond: tuple[Cue, ...]
    here: tuple[Cue, ...]
    asking: tuple[Cue, ...]
    solved: tuple[Cue, ...]
    stories: Stories


def read_lexicon(plain: object) -> tuple[Lexicon | None, tuple[Problem, ...]]:
    """Read the plain values of `lexicon.yaml`: the lexicon, or None with every problem of the file."""
    file, problems = read(LexiconFile, plain)
    if file is None:
        return None, problems
    reading = _Reading(file)
    lexicon = _ready(file, reading)
    problems = (*reading.problems, *_faulty_variants(file), *_doubled_keys(file))
    return (None, problems) if problems else (lexicon, ())


class _Reading:
    """Reads the blocks of one file and gathers what is wrong with them."""

    def __init__(self, file: LexiconFile) -> None:
        self.problems: list[Problem] = []
        self.variants = {run[at]: run[at + 1] for run in file.variants for at in range(0, len(run) - 1, 2)}
        self.lists: dict[str, tuple[str, ...]] = {}
        for name, words in file.lists.items():
            # A list may use those above it, so that a family of families is written once.
            self.lists[name] = self.words(f"lists.{name}", words)

    def words(self, where: str, written: str) -> tuple[str, ...]:
        """The words of `a/b/c`, which may stand on several lines."""
        joined = "/".join(
            line.strip().strip("/") for line in self.folded(written).splitlines() if line.strip()
        )
        try:
            return read_words(joined, lists=self.lists) if joined else ()
        except ValueError:
            self.problems.append(_faulty_phrase(where, joined))
            return ()

    def phrases(self, where: str, block: str) -> Iterator[Phrase]:
        """The phrases of a block, one on each line."""
        for at, line in enumerate(_lines(self.folded(block))):
            try:
                yield read_phrase(line, lists=self.lists)
            except ValueError:
                self.problems.append(_faulty_phrase(f"{where}[{at}]", line))

    def cues(self, where: str, *blocks: tuple[str, str, int]) -> tuple[Cue, ...]:
        """The cues of blocks given as (name, block, weight)."""
        return tuple(
            Cue(phrase, weight)
            for name, block, weight in blocks
            for phrase in self.phrases(f"{where}.{name}", block)
        )

    def folded(self, text: str) -> str:
        return fold_own(text, variants=self.variants)


def _ready(file: LexiconFile, reading: _Reading) -> Lexicon:
    weights = file.weights

    def aside(name: str, given: Aside, strong: int = weights.strong) -> tuple[Cue, ...]:
        return reading.cues(name, ("strong", given.strong, strong), ("plain", given.plain, weights.plain))

    by_key = [(f"keys[{at}]", item) for at, item in enumerate(file.keys)]
    cues = {
        item.key: reading.cues(
            where,
            ("strong", item.strong, weights.strong),
            ("plain", item.plain, weights.plain),
            ("weak", item.weak, weights.weak),
        )
        for where, item in by_key
    }
    moods = {item.key: reading.cues(where, ("mood", item.mood, weights.mood)) for where, item in by_key}
    unless = {item.key: tuple(reading.phrases(f"{where}.unless", item.unless)) for where, item in by_key}
    elsewhere = aside("elsewhere", file.elsewhere, weights.elsewhere)
    beyond, here = aside("beyond", file.beyond, weights.elsewhere), aside("here", file.here)
    asking, solved = aside("asking", file.asking), aside("solved", file.solved)
    groups = (*cues.values(), *moods.values(), elsewhere, beyond, here, asking, solved)
    return Lexicon(
        version=file.version,
        fits_from=file.fits_from,
        weights=weights,
        variants=reading.variants,
        words=gather_words(_all_phrases(groups, unless.values())),
        cues=cues,
        moods=moods,
        unless=unless,
        examples={item.key: tuple(_lines(reading.folded(item.examples))) for item in file.keys},
        answers={item.key: item.answers for item in file.keys},
        or_else={item.key: item.or_else for item in file.keys},
        deniable=frozenset(item.key for item in file.keys if item.deniable),
        accompanying=frozenset(item.key for item in file.keys if item.accompanies),
        denying=reading.words("denying", file.denying),
        not_denying=reading.words("not_denying", file.not_denying),
        elsewhere=elsewhere,
        beyond=beyond,
        here=here,
        asking=asking,
        solved=solved,
        stories=gather_stories(
            {id_: tuple(_lines(reading.folded(block))) for id_, block in file.stories.items()}
        ),
    )


def _all_phrases(cues: Iterable[tuple[Cue, ...]], phrases: Iterable[tuple[Phrase, ...]]) -> Iterator[Phrase]:
    for group in cues:
        yield from (cue.phrase for cue in group)
    for listed in phrases:
        yield from listed


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _faulty_phrase(where: str, phrase: str) -> Problem:
    return Problem(
        "phrase_unreadable",
        where,
        Text(
            f"这条短语有空的部分、没有的词表，或者展开后太多：{phrase}",
            f"This phrase has an empty part, an unknown list or too many words: {phrase}",
        ),
        Text(
            "在 / + ~ 的两边都写上词，{} 里只写已有的词表",
            "Write a word on both sides of / + ~ and only known lists in {}",
        ),
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
