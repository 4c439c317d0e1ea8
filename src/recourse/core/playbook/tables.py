# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Tables that a side draws up, and the count of complaints, as a playbook offers them."""

from dataclasses import dataclass

from recourse.core.playbook.ids import Id, ProblemId, SourceId
from recourse.core.text import Text


@dataclass(frozen=True, slots=True)
class UsualCondition:
    """A condition that is often set here, and the evidence that shows it was met."""

    text: Text
    proof: Text
    source: SourceId = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class ConditionTable:
    """The table of announced conditions: offered while filing, shown to everybody, never a gate."""

    name: Text
    help: Text
    usual: tuple[UsualCondition, ...] = ()
    hidden_problem: ProblemId = ""  # the problem that a condition named only after the win points to
    source: SourceId = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class AccountTable:
    """Accounts shown side by side where a chat may be forged: what to collect and how to tell, never a verdict."""

    name: Text
    help: Text
    tells: tuple[Text, ...]  # how to tell one account from another
    source: SourceId = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """From how many complaints on a pattern is told to the operator's people and to the respondent; it never acts."""

    id: Id
    least: int  # subjects complained of, each by a complainant of its own
    percent: int  # and so many of a hundred of the respondent's subjects
    name: Text
    count: Text  # the count in words, with {heard} and {known}
    text: Text  # what the operator's people are to look at
    notice: Text  # what the respondent reads
    phrase: str = ""
