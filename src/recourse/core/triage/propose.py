# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Proposals: which problems of a playbook a person's words and answers point to, and why.

The rules and their order are written in docs/triage.md. The person confirms; nothing here decides anything,
and no words of the text are ever followed as an instruction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from recourse.core.money import format_yuan
from recourse.core.playbook.types import Playbook, ProblemType
from recourse.core.triage.amounts import Amount, find_amounts, main_amount
from recourse.core.triage.dates import DateFound, find_dates
from recourse.core.triage.evidence import (
    Barrier,
    Found,
    Said,
    Text,
    barrier,
    find_alike,
    find_cues,
    find_hints,
    find_said,
    join,
    read_said,
    read_text,
)
from recourse.core.triage.folding import Span
from recourse.core.triage.lexicon import AnswerCue, Lexicon
from recourse.core.triage.stories import find_like
from recourse.core.vocabulary import EvidenceKind, ProblemKey

# A companion (service_unresponsive) beside a problem that fits by itself keeps this share of its score.
COMPANION_SHARE = 600
# An answer against a problem leaves this share; words that the matter is over leave the next one.
AGAINST_SHARE = 350
SOLVED_SHARE = 300
# A text that asks keeps this share for a problem that has no strong cue: 怎么申请退款 is no dispute yet.
ASKING_SHARE = 450
# Cues of a problem that the playbook does not have, heard as another's (发错货 as 质量不符), keep this share.
OR_ELSE_SHARE = 850

# With problems that a text is only like, no more than this many are proposed.
PROPOSED_WITH_LIKE = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """One problem of the playbook that fits. `phrases` are pieces of the person's text, `answers` the keys of facts."""

    id: str
    key: ProblemKey
    score: int
    phrases: tuple[Span, ...]
    answers: tuple[str, ...]
    missing_evidence: tuple[EvidenceKind, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """What triage read. No proposals means that none of the playbook's problems fits: the page then lists them all."""

    proposals: tuple[Proposal, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[DateFound, ...]

    @property
    def amount(self) -> int | None:
        """The sum in fen that the complaint is most likely about."""
        return main_amount(self.amounts)

    @property
    def missing_evidence(self) -> tuple[EvidenceKind, ...]:
        """What the first proposal asks for and the person does not have."""
        return self.proposals[0].missing_evidence if self.proposals else ()


def propose(
    text: str,
    facts: Mapping[str, object],
    *,
    playbook: Playbook,
    lexicon: Lexicon,
    today: date,
    have: Collection[EvidenceKind] = (),
) -> Triage:
    """Rank the problems of `playbook` by what `text` and `facts` say; never raises, whatever the text.

    `facts` are answers by question key and record fields by name (a string, yes/no as bool or word, a date or its
    ISO form, a number). `have` are the kinds of evidence at hand. Scores are 0..1000; the order is by score, then
    by how much was said in the problem's own words, then by the playbook.
    """
    read = read_text(text, lexicon=lexicon)
    barriers = {key: _barrier(key, read, lexicon) for key in ProblemKey}
    by_key = _by_key(read, barriers, playbook, lexicon)

    said = _read_said(read, playbook, lexicon)
    own = {
        problem.id: find_said(said[problem.id], read, behind=barriers[problem.key], lexicon=lexicon)
        for problem in playbook.problems
    }

    away = read.beyond if playbook.any_trade else read.elsewhere

    def judge(problem: ProblemType, found: tuple[Found, ...]) -> Proposal:
        return _proposal(problem, read, found, facts, lexicon, today, have, away)

    heard = {problem.id: (*own[problem.id], *by_key[problem.key]) for problem in playbook.problems}
    like = _like(read, playbook, lexicon)
    ranked = [judge(problem, heard[problem.id]) for problem in playbook.problems]
    if all(item.score < lexicon.fits_from for item in ranked):
        ranked = [
            judge(
                problem,
                (
                    *heard[problem.id],
                    *_back_off(problem.key, read, said[problem.id], barriers[problem.key], lexicon),
                    *like.get(problem.id, ()),
                ),
            )
            for problem in playbook.problems
        ]
    told = {id_ for id_, found in own.items() if any(item.weight == lexicon.weights.told for item in found)}
    ranked = _companions_behind(ranked, told, lexicon)
    fitting = [item for item in ranked if item.score >= lexicon.fits_from]
    # Problems of one key score alike on the shared words: the one that was named in its own words comes first.
    fitting.sort(key=lambda item: (-item.score, -_weight(own[item.id])))
    also = [judge(problem, like[problem.id]) for problem in playbook.problems if problem.id in like]
    return Triage(
        proposals=(*fitting, *_behind(fitting, also, lexicon)),
        amounts=find_amounts(read.folded),
        dates=find_dates(read.folded, today=today),
    )


def _behind(
    fitting: Collection[Proposal], also: Collection[Proposal], lexicon: Lexicon
) -> tuple[Proposal, ...]:
    """Problems whose stories the text is like, behind those that it names, while there are fewer than three."""
    named = {item.id for item in fitting}
    more = [item for item in also if item.id not in named and item.score >= lexicon.fits_from]
    more.sort(key=lambda item: -item.score)
    room = max(0, PROPOSED_WITH_LIKE - len(fitting))
    return tuple(replace(item, score=lexicon.fits_from) for item in more[:room])


def as_plain(triage: Triage) -> dict[str, object]:
    """The JSON of a triage: sums as yuan strings, exact days as ISO dates, and every finding with its place."""
    amount = triage.amount
    return {
        "proposals": [
            {
                "key": item.key.value,
                "id": item.id,
                "score": item.score,
                "phrases": [span.text for span in item.phrases],
                "spans": [_plain_span(span) for span in item.phrases],
                "answers": list(item.answers),
            }
            for item in triage.proposals
        ],
        "missing_evidence": [kind.value for kind in triage.missing_evidence],
        "amount": None if amount is None else format_yuan(amount),
        "amounts": [
            _plain_span(item.span)
            | {"from": format_yuan(item.fen_low), "to": format_yuan(item.fen_high), "about": item.is_about}
            for item in triage.amounts
        ],
        "dates": list(dict.fromkeys(item.exact.isoformat() for item in triage.dates if item.exact)),
        "date_phrases": [_plain_date(item) for item in triage.dates],
    }


def _plain_span(span: Span) -> dict[str, object]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _plain_date(item: DateFound) -> dict[str, object]:
    return _plain_span(item.span) | {
        "from": item.first.isoformat() if item.first else None,
        "to": item.last.isoformat() if item.last else None,
        "about": item.is_about,
        "at": item.at.isoformat("minutes") if item.at else None,
    }


def _barrier(key: ProblemKey, read: Text, lexicon: Lexicon) -> Barrier:
    return barrier(
        read, unless=lexicon.unless.get(key, ()), lexicon=lexicon, is_deniable=key in lexicon.deniable
    )


def _by_key(
    read: Text, barriers: Mapping[ProblemKey, Barrier], playbook: Playbook, lexicon: Lexicon
) -> dict[ProblemKey, tuple[Found, ...]]:
    """What speaks for each problem of the playbook; a problem it does not have speaks for the next best it has."""
    own = {problem.key for problem in playbook.problems}
    by_key: dict[ProblemKey, tuple[Found, ...]] = dict.fromkeys(ProblemKey, ())
    for key in ProblemKey:
        found = find_cues(lexicon.cues.get(key, ()), read, behind=barriers[key])
        home = key if key in own else next((one for one in lexicon.or_else.get(key, ()) if one in own), None)
        if home is not None and home != key:
            found = tuple(replace(item, weight=item.weight * OR_ELSE_SHARE // 1000) for item in found)
        if home is not None:
            by_key[home] += found
    return by_key


def _read_said(read: Text, playbook: Playbook, lexicon: Lexicon) -> dict[str, Said]:
    """The playbook's own phrases and names, by the id of the problem."""
    phrases = {problem.id: (*problem.says, problem.name.zh) for problem in playbook.problems}
    return read_said(phrases, read, lexicon=lexicon)


def _weight(found: tuple[Found, ...]) -> int:
    return sum(item.weight for item in found)


def _like(read: Text, playbook: Playbook, lexicon: Lexicon) -> dict[str, tuple[Found, ...]]:
    """What stories of its problems a text is like: the most like weighs as a mood, the next ones just enough to be
    proposed behind it. The pieces shown beside the first one weigh nothing of their own."""
    ids = [problem.id for problem in playbook.problems]
    found = {}
    for rank, item in enumerate(find_like(read.folded.text, lexicon.stories, problems=ids)):
        weight = lexicon.weights.mood if rank == 0 else lexicon.fits_from
        found[item.problem] = tuple(
            Found(start, end, 0 if at else weight) for at, (start, end) in enumerate(item.places)
        )
    return found


def _back_off(
    key: ProblemKey, read: Text, said: Said, behind: Barrier, lexicon: Lexicon
) -> tuple[Found, ...]:
    """What is heard only when nothing fits: the playbook's words beside each other in any order, displeasure that
    names no fault, and clauses much like an example."""
    return (
        *find_hints(said, read, behind=behind, lexicon=lexicon),
        *find_cues(lexicon.moods.get(key, ()), read, behind=behind),
        *find_alike(lexicon.examples.get(key, ()), read, behind=behind, lexicon=lexicon),
    )


def _proposal(
    problem: ProblemType,
    read: Text,
    found: tuple[Found, ...],
    facts: Mapping[str, object],
    lexicon: Lexicon,
    today: date,
    have: Collection[EvidenceKind],
    away: int,
) -> Proposal:
    spoken = join(found)
    speaking, against = _answers(lexicon.answers.get(problem.key, ()), facts, today)
    score = 1000
    for weight in [item.weight for item in spoken] + [lexicon.weights.answer] * len(speaking):
        score = score * (1000 - weight) // 1000
    score = 1000 - score
    for _ in against:
        score = score * AGAINST_SHARE // 1000
    score = score * (1000 - away) // 1000
    if read.is_asking and not speaking and all(item.weight < lexicon.weights.strong for item in spoken):
        score = score * ASKING_SHARE // 1000
    if read.is_solved:
        score = score * SOLVED_SHARE // 1000
    return Proposal(
        id=problem.id,
        key=problem.key,
        score=score,
        phrases=tuple(
            read.folded.span(item.start, item.end) for item in sorted(spoken, key=lambda one: one.start)
        ),
        answers=speaking,
        missing_evidence=tuple(kind for kind in problem.evidence.needed if kind not in have),
    )


def _companions_behind(ranked: list[Proposal], told: Collection[str], lexicon: Lexicon) -> list[Proposal]:
    """A silent service usually comes with another problem: it loses weight beside one that fits, and it stays
    behind one that has a strong cue of its own. One that is told as the playbook tells it (给了地址 ~ 拉黑) is no
    companion but the trouble itself."""
    companions = {item.id for item in ranked if item.key in lexicon.accompanying and item.id not in told}
    best = max((item.score for item in ranked if item.key not in lexicon.accompanying), default=0)
    if best < lexicon.fits_from:
        return ranked
    return [
        replace(item, score=_companion_score(item.score, best, strong=lexicon.weights.strong))
        if item.id in companions
        else item
        for item in ranked
    ]


def _companion_score(score: int, best: int, *, strong: int) -> int:
    lowered = score * COMPANION_SHARE // 1000
    return min(lowered, best - 1) if best >= strong else lowered


def _answers(
    cues: tuple[AnswerCue, ...], facts: Mapping[str, object], today: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts that speak for a problem and those that speak against it, by their keys."""
    hits = [
        cue for cue in cues if cue.question in facts and _words(facts[cue.question], today) & set(cue.values)
    ]
    return (
        tuple(cue.question for cue in hits if not cue.against),
        tuple(cue.question for cue in hits if cue.against),
    )


def _words(value: object, today: date) -> set[str]:
    """How a fact is called in the lexicon: its own word, yes or no, and past or future when it is a date."""
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    day = _day(value)
    if day is None:
        return {str(value)}
    return {"past" if day < today else "future"}


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
