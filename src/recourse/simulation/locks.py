# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The remedy lock in memory: one value is given once, parts of a refund up to what was paid."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from recourse.core.case.state import Case
from recourse.core.remedy import Remedy

Subject = tuple[str, str, str, str]


@dataclass(slots=True)
class Lock:
    """One row: who holds which part of a value. A whole remedy exhausts it."""

    number: str
    remedy: str
    whole: bool
    amount_fen: int
    released: bool = False


def subject_of(case: Case) -> Subject:
    """What a remedy is owed on: operator, kind, number (or the case itself, when none was given) and order line."""
    word = _one_word(case.subject.id)
    return case.operator, case.subject.kind.value, word or f"case {case.id}", case.subject.line


@lru_cache(maxsize=1024)
def _one_word(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split())).casefold()


class FakeLocks:
    """The table of entitlements, with the unique constraint that the database has."""

    def __init__(self) -> None:
        self._rows: dict[Subject, dict[str, list[Lock]]] = {}
        self._by_remedy: dict[tuple[str, str], Lock] = {}

    def room(
        self, case: Case, remedies: Sequence[Remedy], *, releasing: Sequence[Remedy], paid_fen: int | None
    ) -> bool:
        """Whether every one of these remedies can take its lock, once the others gave theirs back."""
        given_back = {remedy.id for remedy in releasing}
        claimed: dict[str, list[Lock]] = {}
        for remedy in remedies:
            rows = self._rows.get(subject_of(case), {}).get(remedy.group, ())
            live = [
                row
                for row in (*rows, *claimed.get(remedy.group, ()))
                if not row.released and not (row.number == case.number and row.remedy in given_back)
            ]
            new = _lock(case, remedy, paid_fen)
            if any(row.whole for row in live) or (new.whole and live):
                return False
            paid = paid_fen if paid_fen is not None else case.subject.amount_fen
            total = (paid or 0) if new.whole else sum(row.amount_fen for row in live) + new.amount_fen
            if paid is not None and total > paid:
                return False
            claimed.setdefault(remedy.group, []).append(new)
        return True

    def change(
        self, case: Case, *, taking: Sequence[Remedy], releasing: Sequence[Remedy], paid_fen: int | None
    ) -> None:
        """Give back and take; there is room."""
        for remedy in releasing:
            if (row := self._by_remedy.get((case.number, remedy.id))) is not None:
                row.released = True
        for remedy in taking:
            new = _lock(case, remedy, paid_fen)
            self._rows.setdefault(subject_of(case), {}).setdefault(remedy.group, []).append(new)
            self._by_remedy[case.number, remedy.id] = new

    def held(self, case: Case) -> dict[str, str]:
        """The groups of this subject that somebody holds, with the number of the case that does."""
        groups = self._rows.get(subject_of(case), {})
        found: dict[str, str] = {}
        for group, rows in groups.items():
            for row in rows:
                if not row.released:
                    found[group] = row.number
        return found


def _lock(case: Case, remedy: Remedy, paid_fen: int | None) -> Lock:
    paid = paid_fen if paid_fen is not None else case.subject.amount_fen
    whole = remedy.part == 0 or remedy.amount_fen is None or paid is None
    return Lock(case.number, remedy.id, whole, remedy.amount_fen or 0)
