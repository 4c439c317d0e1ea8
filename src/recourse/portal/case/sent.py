# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a form on the case page sends, and how each field is read from it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
from recourse.queries.case_file import CaseFile

_AGAIN = Text("改好再提交，其他内容都还在。", "Correct this and send again; everything else is kept.")


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as it arrived, with whom it comes from and the case it is about."""

    world: World
    actor: Actor
    file: CaseFile
    post: QueryDict
    uploads: Sequence[UploadedFile]
    key: str

    @property
    def number(self) -> str:
        """The case's number."""
        return self.file.case.number

    def text(self, name: str) -> str:
        """A field's words, without what no database can hold."""
        raw = self.post.get(name, "").replace("\x00", "").encode("utf-8", "ignore").decode()
        return raw.replace("\r\n", "\n").strip()

    def moment(self, name: str) -> datetime | None:
        """A moment typed as a China time, such as 2026-11-22T15:40; None when it is none."""
        try:
            given = datetime.fromisoformat(self.text(name))
        except ValueError:
            return None
        return given.replace(tzinfo=CHINA) if given.tzinfo is None else given

    def kind(self, name: str = "kind") -> EvidenceKind | None:
        """An evidence kind by its key."""
        given = self.text(name)
        return EvidenceKind(given) if given in set(EvidenceKind) else None

    def whole(self, name: str) -> int:
        """A whole number, or -1 when it is none."""
        given = self.text(name)
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1

    def terms(self) -> tuple[Term, ...] | Problems:
        """The remedies ticked in a form of terms, with their sums."""
        found: list[Term] = []
        wrong: list[Problem] = []
        for kind in self.post.getlist("term"):
            if kind not in set(RemedyKind):
                wrong.append(
                    problem("remedy_not_offered", "term", "这里没有这种方案。", "No such remedy here.")
                )
                continue
            given = self.text(f"amount-{kind}")
            fen = parse_yuan(given) if given and carries_money(RemedyKind(kind)) else None
            if given and fen is None and carries_money(RemedyKind(kind)):
                wrong.append(
                    problem(
                        "amount_not_understood",
                        f"amount-{kind}",
                        "看不懂这个金额，写成 39.90 这样。",
                        "This sum is not understood; write 39.90.",
                    )
                )
            found.append(Term(RemedyKind(kind), fen))
        return Problems(tuple(wrong)) if wrong else tuple(found)


def problem(key: str, field: str, zh: str, en: str) -> Problem:
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
    files = sorted((item.name or "", item.size or 0) for item in request.FILES.values())
    return hashlib.sha256(repr((request.path, typed, files)).encode("utf-8", "replace")).hexdigest()[:40]
