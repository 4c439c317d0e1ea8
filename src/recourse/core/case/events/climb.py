# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How a case climbs its ladder: rungs, notices, hands, clocks."""

from datetime import datetime
from typing import Any

from recourse.core.case.event import event
from recourse.core.deadline.deadline import Deadline, of_a_filing
from recourse.core.repeat import Repeat
from recourse.core.vocabulary import (
    Party,
    RungName,
    Stage,
)


@event(personal={})
class RungEntered:
    """The case stands on a rung of its ladder now; `outside` means that the person files there, we prepare."""

    rung: RungName
    stage: Stage
    outside: bool
    why: str


@event(personal={})
class NoticeOrdered:
    """A notice to the respondent's registered contact was ordered; its clock has not started."""

    rung: RungName
    contact: str
    at: datetime


@event(personal={})
class NoticeServed:
    """The notice to the registered contact was accepted for delivery: from here the respondent's clock runs."""

    rung: RungName
    contact: str
    at: datetime


@event(personal={})
class NoticeBounced:
    """The notice came back: a bounce is not served."""

    rung: RungName
    contact: str
    reason: str


@event(personal={})
class CaseAssigned:
    """The case is in the hands of this agent or neutral."""

    agent: str


def _of_a_filing(event: Any) -> bool:
    """Where else the complainant filed is not for the other side, and neither is what an outside body still owes."""
    return event.deadline is not None and of_a_filing(event.deadline.scope)


@event(personal={}, at_times={"deadline": None}, when=_of_a_filing)
class DeadlineListed:
    """A deadline that has not started: shown with what starts it and without dates.

    Here and below `deadline` is None where it is not there to be read.
    """

    deadline: Deadline | None


@event(personal={}, at_times={"deadline": None}, when=_of_a_filing)
class DeadlineStarted:
    """A clock runs; the deadline carries all its computed dates."""

    deadline: Deadline | None


@event(personal={"reason": ""}, at_times={"deadline": None, "why": ""}, when=_of_a_filing)
class DeadlineMoved:
    """A running clock was extended, suspended, resumed or recomputed with a newer calendar."""

    deadline: Deadline | None
    why: str  # extended | suspended | resumed | revised
    by: Party
    reason: str


@event(personal={})
class DeadlineEnded:
    """A clock stopped: met, missed, or cancelled because the matter moved on."""

    id: str
    how: str
    at: datetime


@event(personal={"rule": "", "repeat": None})
class RepeatTold:
    """A pattern over the respondent's cases is told to the operator's people and to the respondent. Nothing follows.

    `repeat` is None where it is not there to be read.
    """

    rule: str
    repeat: Repeat | None
    at: datetime
