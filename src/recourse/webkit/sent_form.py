# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A form as it arrived: words, sums, moments and kinds read out of a POST, and the key that makes a double tap one deed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict

from recourse.core.actor import Actor
from recourse.core.calendar import CHINA
from recourse.core.claim import Term, carries_money
from recourse.core.money import parse_yuan
from recourse.core.port import World
from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.core.vocabulary import EvidenceKind, RemedyKind

# Moments outside are slips of the finger, and at both ends of the calendar no time zone can be counted.
_YEARS = range(1990, 2200)
_AGAIN = Text("改好再提交，其他内容都还在。", "Correct this and send again; everything else is kept.")


@dataclass(frozen=True, slots=True)
class SentForm:
    """One form about one case: what was typed, what was attached, who sent it, and the key of the deed."""

    world: World
    actor: Actor
    number: str
    post: QueryDict
    uploads: "Sequence[UploadedFile[Any]]"
    key: str

    def text(self, name: str, *, limit: int | None = None) -> str:
        """A field's words, without what no database can hold. Only what is no prose is cut to a limit."""
        raw = (
            self.post.get(name, "")[: limit and limit + 1]
            .replace("\x00", "")
            .encode("utf-8", "ignore")
            .decode()
        )
        return raw.replace("\r\n", "\n").strip()[:limit]

    def moment(self, name: str) -> datetime | None:
        """A moment typed in China time, such as 2026-11-22T15:40, or a day, which means its end; None when it is none."""
        typed = self.text(name, limit=40)
        try:
            given = datetime.fromisoformat(typed)
            if given.year not in _YEARS:
                return None
            if len(typed) <= 10:
                given = datetime.combine(given.date(), time(23, 59))
            return given.replace(tzinfo=CHINA) if given.tzinfo is None else given.astimezone(CHINA)
        except (ValueError, OverflowError):
            return None

    def kind(self, name: str = "kind") -> EvidenceKind | None:
        """An evidence kind by its key."""
        given = self.text(name, limit=60)
        return EvidenceKind(given) if given in set(EvidenceKind) else None

    def whole(self, name: str) -> int:
        """A whole number, or -1 when it is none."""
        given = self.text(name, limit=20)
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1

    def terms(self) -> tuple[Term, ...] | Problems:
        """The remedies ticked in a form of terms, with their sums."""
        found: list[Term] = []
        wrong: list[Problem] = []
        for kind in dict.fromkeys(self.post.getlist("term")):
            if kind not in set(RemedyKind):
                wrong.append(
                    wrong_field("remedy_not_offered", "term", "这里没有这种方案。", "No such remedy here.")
                )
                continue
            given = self.text(f"amount-{kind}", limit=40)
            fen = parse_yuan(given) if given and carries_money(RemedyKind(kind)) else None
            if given and fen is None and carries_money(RemedyKind(kind)):
                wrong.append(
                    wrong_field(
                        "amount_not_understood",
                        f"amount-{kind}",
                        "看不懂这个金额，写成 39.90 这样。",
                        "This sum is not understood; write 39.90.",
                    )
                )
            points = self.whole(f"points-{kind}") if self.text(f"points-{kind}") else None
            if points == -1:
                wrong.append(
                    wrong_field(
                        "points_not_understood",
                        f"points-{kind}",
                        "积分数请写整数，如 500。",
                        "Points are a whole number, such as 500.",
                    )
                )
            found.append(Term(RemedyKind(kind), fen, points=points))
        return Problems(tuple(wrong)) if wrong else tuple(found)

    def at_term_fields(self, problems: Problems) -> Problems:
        """Refusals of terms, placed beside the controls of the form: `terms[1].amount` is the second ticked remedy's sum."""
        ticked = list(dict.fromkeys(self.post.getlist("term")))
        return Problems(tuple(_placed(item, ticked) for item in problems.items))


def sent_form(request: HttpRequest, *, world: World, actor: Actor, number: str) -> SentForm:
    """The form of this request."""
    uploads = request.FILES.getlist("file")
    return SentForm(world, actor, number, request.POST, uploads, request_key(request))


def wrong_field(key: str, field: str, zh: str, en: str) -> Problem:
    """A refusal of the form itself."""
    return Problem(key, field, Text(zh, en), _AGAIN)


def request_key(request: HttpRequest) -> str:
    """The idempotency key of a form: its own random word and what was typed.

    A double tap sends both alike and has one effect; who goes back and types something else means something else.
    """
    typed = sorted(
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    )
    files = sorted((item.name or "", item.size or 0) for item in request.FILES.getlist("file"))
    return hashlib.sha256(repr((request.path, typed, files)).encode("utf-8", "replace")).hexdigest()[:40]


def _placed(item: Problem, ticked: Sequence[str]) -> Problem:
    head, bracket, rest = item.field.partition("[")
    if head != "terms":
        return item
    index = rest.partition("]")[0]
    field = "term"
    if bracket and index.isdigit() and int(index) < len(ticked) and rest.endswith(".amount"):
        field = f"amount-{ticked[int(index)]}"
    return Problem(item.key, field, item.message, item.do)


def typed_values(post: Mapping[str, str]) -> dict[str, str]:
    """What was typed, to be shown again beside the refusals."""
    return {name: value for name, value in post.items() if name != "csrfmiddlewaretoken"}
