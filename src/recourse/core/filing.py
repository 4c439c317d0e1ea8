# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Filing is one complaint handed in at an outside door (12315, 消协, 腾讯 …) by the person, recorded here.

A rung may hold several at once, each with its receipt number, clock and answer.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FilingState(StrEnum):
    """What the outside body has said so far. `admitted` is 受理, never called accepted."""

    filed = "filed"
    admitted = "admitted"
    not_admitted = "not_admitted"
    answered = "answered"
    solved = "solved"
    ended = "ended"


# While in one of these states an official body has the matter in hand.
IN_HAND = frozenset({FilingState.filed, FilingState.admitted, FilingState.answered})
# These states answer the body's own duty to say whether it takes the matter.
TOLD = frozenset(
    {
        FilingState.admitted,
        FilingState.not_admitted,
        FilingState.answered,
        FilingState.solved,
        FilingState.ended,
    }
)


# These states end what the body had to do: no clock of the filing runs on.
SPOKEN = TOLD - {FilingState.admitted}


@dataclass(frozen=True, slots=True)
class Filing:
    """One outside filing. `receipt_no` and `answer` are typed by the person."""

    id: str
    channel: str
    official: bool
    filed_at: datetime
    state: FilingState = FilingState.filed
    receipt_no: str = ""
    answer: str = ""
    answered_at: datetime | None = None
    target: str = ""  # what it is aimed at, where the door takes filings against several
