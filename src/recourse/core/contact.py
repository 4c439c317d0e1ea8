# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The contact log: every attempt to reach someone, first-class because three of the five systems rest on it."""

from dataclasses import dataclass
from datetime import datetime

from recourse.core.vocabulary import AttemptResult


@dataclass(frozen=True, slots=True)
class ContactAttempt:
    """One attempt: when, through which door, who answered (staff number), with what result and which proof."""

    at: datetime
    channel: str
    result: AttemptResult
    agent_no: str = ""
    answer: str = ""
    exhibits: tuple[int, ...] = ()
