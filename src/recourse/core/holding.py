# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A HoldingReply is silence in words: "正在处理", "系统故障" without a fact. It stops no clock and is shown for what it is.

An answer is an admission, an offer, a refusal with its reason or a promise with a date. What is heard here advises the
person who writes; it never decides, and whoever means more than that says so in a sentence of their own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from recourse.core.problem import Problem
from recourse.core.shape import read
from recourse.core.text import Text
from recourse.core.triage.folding import Folded, fold, fold_own
from recourse.core.triage.phrases import (
    Phrase,
    Places,
    Words,
    find_phrase,
    find_places,
    gather_words,
    read_phrase,
)

WHAT_COUNTS = Text(
    "算答复的只有四种：同意；提出方案；不同意，写明事实和理由；承诺，写明哪天做好。",
    "Four things count as an answer: yes; an offer; a refusal with facts and a reason; a promise with its date.",
)
# A day, or a span that ends on one: what makes a promise out of good will.
_DATED = re.compile(
    r"\d{1,2}月\d{1,2}[日号]?|\d{1,2}[日号](?:前|之前|内|发|到|退)|\d{4}-\d{1,2}-\d{1,2}"
    r"|(?:\d{1,3}|[一二两三四五六七八九十]{1,2})(?:个)?(?:小时|天|日|工作日|周)(?:之)?内|(?:今|明|后)(?:天|日|晚)|本周|下周|月底|by \d|within \d"
)
# Between a day and what is done by it.
_NEAR = 16
_LONG_NUMBER = re.compile(r"\d{6,}")
# What is denied, asked for, only hurried or only under way is not promised.
_DENIED = ("不", "没", "未", "无法", "否", "能否", "申请", "要求", "尽快", "抓紧", "正在")


class Heard(StrEnum):
    """What a reply amounts to."""

    answer = "answer"
    stalling = "stalling"  # being processed, please wait
    excuse = "excuse"  # the system, the user, the rules, without a fact


@dataclass(frozen=True, slots=True)
class HoldingFile:
    """What `holding.yaml` says: blocks of phrases, one on a line."""

    version: str
    stalling: str
    excuses: str
    agree: str
    done: str
    deeds: str
    refuse: str
    reasons: str
    facts: str
    lists: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HoldingWords:
    """The phrases of the file by block, and every word of them."""

    blocks: Mapping[str, tuple[Phrase, ...]]
    words: Words


@dataclass(frozen=True, slots=True)
class Reply:
    """What was heard in a reply, and the person's own words that were heard as holding off."""

    heard: Heard
    said: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether it is silence in words."""
        return self.heard is not Heard.answer


_BLOCKS = ("stalling", "excuses", "agree", "done", "deeds", "refuse", "reasons", "facts")


def read_holding(plain: object) -> tuple[HoldingWords | None, tuple[Problem, ...]]:
    """The words of the plain file, or everything that is wrong with it."""
    file, problems = read(HoldingFile, plain)
    if file is None:
        return None, problems
    lists = {name: tuple(_own(words).split("/")) for name, words in file.lists.items()}
    blocks: dict[str, tuple[Phrase, ...]] = {}
    found: list[Problem] = []
    for name in _BLOCKS:
        phrases = []
        for number, line in enumerate(_lines(getattr(file, name))):
            try:
                phrases.append(read_phrase(_own(line), lists=lists))
            except ValueError:
                found.append(_bad(name, number, line))
        blocks[name] = tuple(phrases)
    words = gather_words(phrase for block in blocks.values() for phrase in block)
    return (None if found else HoldingWords(blocks, words)), tuple(found)


def read_reply(text: str, words: HoldingWords) -> Reply:
    """What a reply amounts to; whatever is not heard as holding off counts as an answer."""
    folded = fold(text, variants={})
    places = find_places(folded.text, words.words)

    def heard(block: str) -> list[tuple[int, int]]:
        return [place for phrase in words.blocks[block] for place in find_phrase(phrase, places)]

    excuses = heard("excuses")
    proven = bool(heard("facts")) or _LONG_NUMBER.search(folded.text) is not None
    refused = bool(heard("refuse")) and bool(heard("reasons")) and (proven or not excuses)
    if refused or _commits(heard, folded, places):
        return Reply(Heard.answer)
    stalling = heard("stalling")
    if stalling:
        return Reply(Heard.stalling, _spans(folded, stalling + excuses))
    if excuses and not proven:
        return Reply(Heard.excuse, _spans(folded, excuses))
    return Reply(Heard.answer)


def _commits(heard: object, folded: Folded, places: Places) -> bool:
    """Whether something was agreed, done, or promised for a day."""
    assert callable(heard)
    agreed = [place for place in heard("agree") if not places.text[: place[0]].endswith(_DENIED)]
    if agreed or heard("done"):
        return True
    days = [match.span() for match in _DATED.finditer(folded.text)]
    return any(
        max(start, first) - min(end, last) <= _NEAR and not places.text[:start].endswith(_DENIED)
        for start, end in heard("deeds")
        for first, last in days
    )


def _spans(folded: Folded, found: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    places = set(found)
    whole = [
        (start, end)
        for start, end in sorted(places)
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in places)
    ]
    return tuple(dict.fromkeys(folded.span(start, end).text for start, end in whole))


def holding_problem(reply: Reply, *, field: str, is_own: bool) -> Problem:
    """The advice to whoever writes a holding reply as an answer (`is_own`), or notes one of somebody else as such."""
    said = "、".join(f"“{item}”" for item in reply.said[:3])
    what = Text("没有事实的推托", "an excuse without facts")
    if reply.heard is Heard.stalling:
        what = Text("让人等的话", "a holding reply")
    if is_own:
        do = Text(
            f"{WHAT_COUNTS.zh}要是不止这样，在“不只是拖延”里写一句为什么，再提交。",
            f"{WHAT_COUNTS.en} If you mean more than that say why below and send again.",
        )
    else:
        do = Text(
            "结果建议选“只说正在处理”：它不算答复，时间照算。确实不止这样的，在“不只是拖延”里写一句，再提交。",
            "Better choose “only being processed”: that is no answer and the clock runs. If there was more say so below.",
        )
    return Problem(
        "holding_words",
        field,
        Text(
            f"{said}是{what.zh}，不算答复，时间照算。",
            f"{said}: {what.en}. It is no answer and stops no clock.",
        ),
        do,
    )


def holds(problems: Iterable[Problem]) -> bool:
    """Whether words were sent back because they only held somebody off."""
    return any(item.key == "holding_words" for item in problems)


def with_more(text: str, more: str) -> str:
    """A reply with the sentence that says why it is more than a holding reply."""
    return f"{text}\n{more.strip()}" if more.strip() else text


def _own(text: str) -> str:
    return fold_own(text, variants={})


def _lines(block: str) -> Iterator[str]:
    for line in block.splitlines():
        plain = line.strip()
        if plain and not plain.startswith("#"):
            yield plain


def _bad(name: str, number: int, line: str) -> Problem:
    return Problem(
        "phrase_not_understood",
        name,
        Text(f"第{number + 1}行写法不对：{line}", f"Line {number + 1} is not a phrase: {line}"),
        Text("照 lexicon.yaml 的写法改", "Write it as in lexicon.yaml"),
    )
