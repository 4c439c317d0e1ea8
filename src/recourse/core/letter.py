# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Letter is a text with blanks for one reader; `render` fills it from a case and says what is still missing.

Three kinds of blank: `{{ story }}` must be filled; `{{? refusal }}` takes its whole line away when there is nothing
to say; `{{ story|200 }}` is cut at a sentence so that it has at most 200 characters, because outside forms are short.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from recourse.core.playbook.conditions import unasked
from recourse.core.playbook.ids import Name, PartyName, ProblemId, When
from recourse.core.playbook.refusals import unknown
from recourse.core.playbook.types import Playbook
from recourse.core.playbook.walk import walk
from recourse.core.problem import Problem
from recourse.core.shape import nearest
from recourse.core.text import Text
from recourse.core.vocabulary import RungName

BLANKS = frozenset(
    {
        "number",
        "today",
        "platform",
        "complainant_name",
        "respondent_name",
        "record_id",
        "record_title",
        "record_amount",
        "happened_on",
        "promised_on",
        "problem",
        "story",
        "demands",
        "evidence_list",
        "contact_log",
        "conditions",
        "refusal",
        "deadline",
        "rung",
        "ground_list",
        "platform_result",
        "accounts",
        "target",
        "silence",
    }
)
# What stands in the text where nothing is known yet, so that a person sees where to write.
UNFILLED = "＿＿＿＿"
_BLANK = re.compile(r"\{\{(?P<optional>\?)?\s*(?P<name>[^{}|]*?)\s*(?:\|\s*(?P<most>\d{1,5})\s*)?\}\}")
_SENTENCE_END = "。！？；.!?;\n"
_ROOM_FOR_MORE = 100
_MORE = Text("（全文见附件）", " (continued in the attachment)")


@dataclass(frozen=True, slots=True)
class Letter:
    """One text to send, paste or print, in both languages."""

    key: Name
    name: Text
    to: PartyName  # who reads it: a name from the playbook's `parties`
    subject: Text  # the title, the mail subject or the form's first field
    body: Text
    rung: RungName | None = None  # the rung that it belongs to; none for a letter of any rung
    limit_chars: int | None = None  # the most characters that the reader's form takes
    problems: tuple[ProblemId, ...] = ()  # the problems that it speaks of; none for a letter of any problem
    when: When = field(default_factory=dict)  # the answers under which what it says is true
    when_any: tuple[When, ...] = ()  # … and, where given, one of these sets of answers


@dataclass(frozen=True, slots=True)
class Rendered:
    """A filled letter. `excess` is how many characters the Chinese body has beyond the reader's limit."""

    subject: Text
    body: Text
    excess: int = 0


def render(letter: Letter, blanks: Mapping[str, str | Text]) -> tuple[Rendered, tuple[str, ...]]:
    """Fill a letter. Returns it with the names of the blanks that must be filled and are not, in reading order.

    A value that is a Text is taken in each language. Values are put in as they are: blanks inside them stay text.
    """
    missing: dict[str, None] = {}
    subject = _fill(letter.subject, blanks, missing)
    body = _fill(letter.body, blanks, missing)
    excess = max(0, len(body.zh) - letter.limit_chars) if letter.limit_chars else 0
    return Rendered(subject, body, excess), tuple(missing)


def blanks_of(letter: Letter) -> tuple[str, ...]:
    """The names of all blanks of a letter, each once, in reading order of the Chinese text and then the English."""
    texts = (letter.subject.zh, letter.body.zh, letter.subject.en, letter.body.en)
    return tuple(dict.fromkeys(match["name"] for text in texts for match in _BLANK.finditer(text)))


def check_letter(letter: Letter) -> tuple[Problem, ...]:
    """Blanks that do not exist, and blanks that only one of the two languages has."""
    found = [
        Problem(
            "unknown_blank",
            f"body.{name}",
            Text(f"没有这个空格：{name}", f"There is no blank {name}"),
            _meant(name),
        )
        for name in blanks_of(letter)
        if name not in BLANKS
    ]
    for line in f"{letter.body.zh}\n{letter.body.en}".split("\n"):
        names = [match["name"] for match in _BLANK.finditer(line)]
        for name in sorted({match["name"] for match in _BLANK.finditer(line) if match["optional"]}):
            if names.count(name) > 1:
                found.append(
                    Problem(
                        "said_twice",
                        f"body.{name}",
                        Text(f"空格 {name} 在一行里写了两次", f"The blank {name} stands twice in one line"),
                        Text("可省的写一次就够", "One with a question mark says it and takes the line away"),
                    )
                )
    zh, en = ({match["name"] for match in _BLANK.finditer(text)} for text in (letter.body.zh, letter.body.en))
    for name in sorted(zh ^ en):
        found.append(
            Problem(
                "one_language",
                f"body.{name}",
                Text(f"空格 {name} 只出现在一种语言里", f"The blank {name} stands in one language only"),
                Text("两种语言都写上", "Put it into both languages"),
            )
        )
    return tuple(found)


def check_scope(letter: Letter, playbook: Playbook) -> tuple[Problem, ...]:
    """What a letter's head says it is for, and the playbook does not have: answers under `when`, and `problems`."""
    known = tuple(item.id for item in playbook.problems)
    return (
        *unasked(playbook, walk(letter)),
        *(
            unknown("unknown_problem", f"problems[{index}]", "问题编号", "problem", id, known)
            for index, id in enumerate(letter.problems)
            if id not in known
        ),
    )


def _meant(name: str) -> Text:
    near = nearest(name, tuple(sorted(BLANKS)))
    if near:
        return Text(f"是不是想写 {near}？", f"Did you mean {near}?")
    return Text(f"可用的空格：{'、'.join(sorted(BLANKS))}", f"Blanks to use: {', '.join(sorted(BLANKS))}")


def _fill(text: Text, blanks: Mapping[str, str | Text], missing: dict[str, None]) -> Text:
    def value(name: str, language: str) -> str:
        given = blanks.get(name, "")
        return str(getattr(given, language) if isinstance(given, Text) else given).strip()

    def fill(lines: str, language: str) -> str:
        kept = [
            line
            for line in lines.split("\n")
            if all(value(found["name"], language) for found in _BLANK.finditer(line) if found["optional"])
        ]

        def put(found: re.Match[str]) -> str:
            said = value(found["name"], language)
            if not said:
                missing[found["name"]] = None
                return UNFILLED
            return _cut(said, int(found["most"]), language) if found["most"] else said

        return _BLANK.sub(put, "\n".join(kept)).strip()

    return Text(zh=fill(text.zh, "zh"), en=fill(text.en, "en"))


def _cut(said: str, most: int, language: str) -> str:
    if len(said) <= most:
        return said
    # In a title or a short field three words about an attachment would leave no room for the matter itself.
    more = str(getattr(_MORE, language)) if most >= _ROOM_FOR_MORE else "…"
    room = said[: max(0, most - len(more))]
    end = max((room.rfind(mark) for mark in _SENTENCE_END), default=-1)
    # A sentence end is worth giving up to half of the room for; otherwise the text is cut where it is.
    return (room[: end + 1] if end >= len(room) // 2 else room).rstrip() + more
