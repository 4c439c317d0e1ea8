# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The labelled table and what triage makes of it: rows in, what was proposed out."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problems
from recourse.core.triage.lexicon import Lexicon
from recourse.core.triage.propose import propose
from recourse.gateways.lexicon_file import load_lexicon
from recourse.gateways.rule_files import PLAYBOOKS, load_playbook

TABLE = Path(__file__).parent / "labelled.csv"
TODAY = date(2026, 11, 22)
# Written and labelled before a lexicon was begun, and run once when it was finished: the first set before 2026.13,
# the second before 2026.14.
BLIND = frozenset({"blind", "blind2"})


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text. `problem` is empty when none of the playbook's problems fits."""

    id: str
    part: str
    platform: str
    problem: str
    answers: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is expected of one row and the ids that were proposed, best first."""

    row: Row
    proposed: tuple[str, ...]

    @property
    def is_first(self) -> bool:
        return self.proposed[:1] == (self.row.problem,)

    @property
    def is_among_three(self) -> bool:
        return self.row.problem in self.proposed[:3]


@cache
def rows() -> tuple[Row, ...]:
    """The whole table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(
                row["id"],
                row["part"],
                row["platform"],
                row["problem"],
                dict(pair.split("=") for pair in row["answers"].split(";") if pair),
                row["text"],
            )
            for row in csv.DictReader(file)
        )


@cache
def shipped(platform: str) -> Playbook:
    """The playbook that people meet."""
    playbook = load_playbook(PLAYBOOKS / platform)
    if isinstance(playbook, Problems):
        raise ValueError(playbook)
    return playbook


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon that people meet."""
    lexicon = load_lexicon()
    if isinstance(lexicon, Problems):
        raise ValueError(lexicon)
    return lexicon


def outcomes(
    wanted: Iterable[Row], *, playbooks: Mapping[str, Playbook] | None = None
) -> tuple[Outcome, ...]:
    """Triage of these rows, under the shipped playbooks unless others are given by platform."""
    found = []
    for row in wanted:
        playbook = shipped(row.platform) if playbooks is None else playbooks[row.platform]
        triage = propose(row.text, row.answers, playbook=playbook, lexicon=shipped_lexicon(), today=TODAY)
        found.append(Outcome(row, tuple(item.id for item in triage.proposals)))
    return tuple(found)
