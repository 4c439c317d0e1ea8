# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""An edition: one case for one reader in one language, and how its values are written there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recourse.core.claim import Claim, Term
from recourse.core.deadline.display import show_day, show_moment
from recourse.core.evidence import Exhibit, time_code
from recourse.core.law import Article, article_number
from recourse.core.money import format_yuan
from recourse.core.text import Text
from recourse.core.vocabulary import Party
from recourse.queries.case_file import CaseFile
from recourse.store.register import LegalIdentity

# Dates near no year are written with theirs: a dossier is read years later.
_NO_YEAR = 0
_DIGEST_PIECE = 16
# How far the wording of an article was checked.
_MARKS = {
    "V2": Text("已对照两处全文核对", "checked against two full texts"),
    "V1": Text("已对照全文核对", "checked against a full text"),
    "S": Text("未核实：只见于转引", "not verified: secondary sources only"),
    "G": Text("未核实：一般了解", "not verified: general knowledge"),
}


@dataclass(frozen=True, slots=True)
class ExhibitSheet:
    """One exhibit as this reader's dossier holds it. `file` is its path in the bag, empty when withheld (`reason`).

    `digest` is that of the bytes as they were handed in; empty once erased.
    """

    no: int
    form: str  # original | copy | withheld
    file: str
    digest: str
    pictured: bool
    text: str = ""  # what was read of a text file
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What the pages are written from. `as_of` is when the last event was written: the same case, the same pages."""

    file: CaseFile
    lang: str  # zh | en
    as_of: datetime
    operator: Text
    identity: LegalIdentity | None
    exhibits: Sequence[ExhibitSheet]
    public_url: str

    def say(self, words: Text | str) -> str:
        """A sentence in this edition's language; what a person wrote stays as it is."""
        return words if isinstance(words, str) else words.en if self.lang == "en" else words.zh

    def of(self, zh: str, en: str) -> str:
        """Our own words in this edition's language."""
        return en if self.lang == "en" else zh

    def at(self, moment: datetime) -> str:
        """A moment with year, weekday and hour."""
        return self.say(show_moment(moment, near=_NO_YEAR))

    def day(self, day: date) -> str:
        """A day with year and weekday."""
        return self.say(show_day(day.isoformat(), near=_NO_YEAR))

    def sum(self, fen: int) -> str:
        """A sum of money: 129.00元."""
        return f"{format_yuan(fen)} yuan" if self.lang == "en" else f"{format_yuan(fen)}元"

    def party(self, party: Party) -> str:
        """The platform's word for a side."""
        return self.say(self.file.names.party(party))

    def heading(self, party: Party) -> str:
        """The word for a side as a label begins: The merchant."""
        return self.say(self.file.names.party(party).capitalised())

    def term(self, item: Term | Claim) -> str:
        """One remedy with its sum."""
        name = self.say(self.file.names.remedy(item.kind))
        return name if item.amount_fen is None else f"{name} {self.sum(item.amount_fen)}"

    def terms(self, items: Iterable[Term | Claim]) -> str:
        """Remedies in one line."""
        return self.of("；", "; ").join(self.term(item) for item in items)

    def ground(self, article: Article) -> dict[str, str]:
        """An article: name, wording as it stands in the law, what it says in plain words, how far it was checked."""
        number = article_number(article)
        name = Text(f"《{article.instrument.zh}》{number.zh}", f"{article.instrument.en}, {number.en}")
        since = self._since(article.effective_from)
        return {
            "name": self.say(name),
            "quote": f"“{article.quote}”" if article.quote else "",
            "gloss": self.say(article.gloss),
            "mark": self.say(_MARKS[article.mark]) + since,
        }

    def numbers(self, exhibits: Sequence[int]) -> str:
        """Exhibits by number: 证1、证3."""
        if not exhibits:
            return "—"
        return (
            ", ".join(map(str, exhibits))
            if self.lang == "en"
            else "、".join(f"证{number}" for number in exhibits)
        )

    def spans(self, exhibits: Sequence[int]) -> str:
        """Ascending exhibits, neighbours as one: 证1、证17至216."""
        runs: list[list[int]] = []
        for no in exhibits:
            if runs and no == runs[-1][-1] + 1:
                runs[-1].append(no)
            else:
                runs.append([no])
        said = [
            str(run[0]) if len(run) == 1 else self.of(f"{run[0]}至{run[-1]}", f"{run[0]}–{run[-1]}")
            for run in runs
        ]
        return self.of("、".join(f"证{one}" for one in said), ", ".join(said))

    def still(self, item: Exhibit) -> str:
        """Where a still is from: 证3录像01:12处的画面. Nothing for what is none."""
        if not item.still_of:
            return ""
        at = time_code(item.second)
        return self.of(f" 证{item.still_of}录像{at}处的画面", f", still of exhibit {item.still_of} at {at}")

    def _since(self, day: date | None) -> str:
        if day is None:
            return ""
        return self.of(f"；{self.day(day)}起施行", f"; in force since {self.day(day)}")


def in_pieces(digest: str) -> list[str]:
    """A digest in pieces that a line can be broken between."""
    return [digest[at : at + _DIGEST_PIECE] for at in range(0, len(digest), _DIGEST_PIECE)]
