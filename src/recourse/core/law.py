# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The law as values: one Article per version of a provision, chosen by the date of the act.

An id such as `sc121.23` is stable over time: when an instrument is replaced, the old wording stays under the
same id as an earlier version, with its own instrument, number and dates. A mark says how far the wording was
checked: V2 in two stored full texts, V1 in one, S only in secondary sources, G general knowledge.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal

from recourse.core.problem import Problem
from recourse.core.shape import Pattern, nearest
from recourse.core.text import Text

Mark = Literal["V1", "V2", "S", "G"]
Status = Literal["in_force", "repealed", "replaced", "guidance"]
ELLIPSIS = "……"
_PARAGRAPH = re.compile(r"[(（][^()（）]*[)）]$")


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one provision.

    `quote` is the wording, character for character; `……` stands for what was left out, and an empty quote means
    that the content was checked but no wording is kept here. `effective_from` None means that no start date was
    verified: the version then counts as in force from any time. `repealed_on` is the first day out of force.
    """

    id: str
    instrument: Text
    number: str
    quote: str
    gloss: Text
    effective_from: date | None
    repealed_on: date | None
    mark: Mark
    source: str
    order: str = ""
    status: Status = "in_force"
    note: Text | None = None

    @property
    def is_verified(self) -> bool:
        """Whether the wording was read in a full text; pages show everything else as 未核实."""
        return self.mark in ("V1", "V2")

    def is_in_force(self, on: date) -> bool:
        """Whether this version governs an act of that day."""
        begun = self.effective_from is None or self.effective_from <= on
        return begun and (self.repealed_on is None or on < self.repealed_on)


LawBook = Mapping[str, tuple[Article, ...]]  # all versions of each id, oldest first


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One article as an instrument's file states it; dates and mark default to those of the instrument."""

    id: Annotated[str, Pattern(r"[a-z][a-z0-9]*\.[a-z0-9]+", "cpl.24")]
    gloss: Text  # plain words of ours, never a quotation
    number: str = ""  # 第二十四条
    quote: str = ""
    mark: Mark | None = None
    effective_from: date | None = None
    repealed_on: date | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One file of law/: a statute, regulation, rule or interpretation with the articles that we cite."""

    instrument: Text
    mark: Mark
    source: str  # where the wording was read
    articles: tuple[ArticleEntry, ...]
    order: str = ""  # number of the promulgating order, when known
    status: Status = "in_force"
    effective_from: date | None = None
    repealed_on: date | None = None
    note: Text | None = None


def articles_of(instrument: Instrument) -> tuple[Article, ...]:
    """The instrument's articles with its name, dates and mark filled in."""
    return tuple(
        Article(
            id=entry.id,
            instrument=instrument.instrument,
            number=entry.number,
            quote=entry.quote,
            gloss=entry.gloss,
            effective_from=entry.effective_from or instrument.effective_from,
            repealed_on=entry.repealed_on or instrument.repealed_on,
            mark=entry.mark or instrument.mark,
            source=instrument.source,
            order=instrument.order,
            status=instrument.status,
            note=entry.note or instrument.note,
        )
        for entry in instrument.articles
    )


def bind(articles: Iterable[Article]) -> tuple[LawBook, tuple[Problem, ...]]:
    """All articles as a book, versions in order of time; two versions in force on one day are a Problem."""
    found: dict[str, list[Article]] = {}
    for article in articles:
        found.setdefault(article.id, []).append(article)
    book: dict[str, tuple[Article, ...]] = {}
    problems: list[Problem] = []
    for key in sorted(found):
        versions = sorted(found[key], key=lambda item: item.effective_from or date.min)
        book[key] = tuple(versions)
        for earlier, later in pairwise(versions):
            start = later.effective_from
            if start is None or earlier.repealed_on is None or earlier.repealed_on > start:
                problems.append(_overlap(key, earlier, later))
    return book, tuple(problems)


def bare_id(citation: str) -> str:
    """The article's id of a citation that may name a paragraph: `sc121.16(2)` -> `sc121.16`."""
    return _PARAGRAPH.sub("", citation.strip())


def in_force(book: LawBook, citation: str, on: date) -> Article | None:
    """The version of an article that governs an act of `on`; None when the id is unknown or none was in force."""
    for article in reversed(book.get(bare_id(citation), ())):
        if article.is_in_force(on):
            return article
    return None


def law_on(book: LawBook, on: date) -> Mapping[str, Article]:
    """Every article in force on a day, by id: what a rulebook of that day may cite."""
    current = {key: in_force(book, key, on) for key in book}
    return {key: article for key, article in current.items() if article is not None}


def unknown_citations(book: LawBook, citations: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    """A Problem for each (field, citation) that names no article of the book."""
    return tuple(
        _unknown(field, citation, book) for field, citation in citations if bare_id(citation) not in book
    )


def _unknown(field: str, citation: str, book: LawBook) -> Problem:
    near = nearest(bare_id(citation), tuple(book))
    return Problem(
        "unknown_law",
        field,
        Text(
            f"法规库里没有「{citation}」这一条",
            f"The law book has no article “{citation}”",
        ),
        Text(f"是不是 {near}？", f"Did you mean {near}?")
        if near
        else Text(
            "在 law/ 里补上这一条，或者改用已有的编号",
            "Add it to law/, or cite an article that is there",
        ),
    )


def _overlap(key: str, earlier: Article, later: Article) -> Problem:
    return Problem(
        "overlapping_versions",
        key,
        Text(
            f"「{key}」有两个版本同时有效：{earlier.instrument.zh}{earlier.number}、{later.instrument.zh}{later.number}",
            f"“{key}” has two versions in force at once: {earlier.instrument.en} and {later.instrument.en}",
        ),
        Text(
            "给旧版本写上 repealed_on，不晚于新版本的 effective_from",
            "Give the older one a repealed_on no later than the newer one's effective_from",
        ),
    )


_NUMERALS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = re.compile(r"第([零一二三四五六七八九十百千]+)条")


def article_number(article: Article) -> Text:
    """The number in both languages: 第五百八十二条 / art. 582. What is no number of articles stays as it is."""
    en = _NUMBER.sub(lambda found: f"art. {_value(found[1])}", article.number).replace("、", ", ")
    return Text(article.number, en)


def _value(numeral: str) -> int:
    """A Chinese numeral below ten thousand, as statutes number their articles."""
    total, digit = 0, 0
    for char in numeral:
        if char in _WEIGHTS:
            total += (digit or 1) * _WEIGHTS[char]
            digit = 0
        else:
            digit = _NUMERALS[char]
    return total + digit
