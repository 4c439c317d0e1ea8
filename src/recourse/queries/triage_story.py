# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which of a platform's problems does this story tell? Reads the rules from their files, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.core.triage.propose import Triage
from recourse.gateways.rule_files import load_rulebook
from recourse.queries.propose_problems import propose_problems
from recourse.queries.today import today


@dataclass(frozen=True, slots=True)
class Told:
    """A triage with the names of the playbook's problems by id."""

    triage: Triage
    names: Mapping[str, Text]

    @property
    def dates(self) -> tuple[str, ...]:
        """The exact days found, as ISO dates, each once."""
        return tuple(dict.fromkeys(item.exact.isoformat() for item in self.triage.dates if item.exact))


def triage_story(text: str, *, platform: str, cache: Path | None = None) -> Told | Problems:
    """The proposals of today's playbook for a story. Refused when there is no such playbook."""
    day = today()
    rules = load_rulebook(platform, on=day, cache=cache)
    if isinstance(rules, Problems):
        return rules
    triage = propose_problems(text, facts={}, playbook=rules.playbook, today=day)
    if isinstance(triage, Problems):
        return triage
    return Told(triage, {item.id: item.name for item in rules.playbook.problems})
