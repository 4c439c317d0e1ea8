# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How a case ends: decided, performed, taken outside, closed, reopened, erased."""

from datetime import datetime

from recourse.core.case.event import event
from recourse.core.claim import Term
from recourse.core.filing import FilingState
from recourse.core.remedy import Remedy
from recourse.core.vocabulary import (
    Outcome,
    Party,
)


@event(personal={"facts": "", "reasons": ""})
class DecisionIssued:
    """A neutral decided, or silence did under a rule the respondent accepted (`by_default`)."""

    id: str
    by: str
    at: datetime
    facts: str
    reasons: str
    terms: tuple[Term, ...]
    rulebook: str
    grounds: tuple[str, ...]
    next_recourse: str
    by_default: bool = False


@event(personal={"reasons": ""})
class AppealLodged:
    """One side appealed; another person decides anew."""

    by: Party
    reasons: str
    at: datetime


@event(personal={})
class DecisionAccepted:
    """One side said that it will not appeal."""

    by: Party
    at: datetime


@event(personal={})
class DecisionBecameFinal:
    """The decision can no longer be appealed here; 12315 and the courts stay open."""

    id: str
    at: datetime


@event(personal={})
class RemedyOrdered:
    """A remedy is owed now, and holds its entitlement."""

    remedy: Remedy
    at: datetime


@event(personal={})
class RemedyBarred:
    """A remedy could not be ordered: the same value is already being given in another case."""

    kind: str
    group: str
    at: datetime


@event(personal={"note": ""})
class StepPerformed:
    """One step of a remedy was reported done."""

    remedy: str
    index: int
    note: str
    exhibits: tuple[int, ...]
    at: datetime


@event(personal={})
class RemedyConfirmed:
    """The complainant confirmed: received, and right."""

    remedy: str
    at: datetime


@event(personal={"text": ""})
class RemedyDisputed:
    """The complainant said: not received (`not_received`) or not what was promised (`wrong_thing`)."""

    remedy: str
    reason: str
    text: str
    at: datetime


@event(personal={})
class RemedyFellSilent:
    """Nobody confirmed in time. Never counted as resolved."""

    remedy: str
    at: datetime


@event(personal={})
class RemedyBroken:
    """Whoever had to perform did not."""

    remedy: str
    at: datetime


@event(personal={"channel": "", "official": False, "receipt_no": "", "at": None, "target": ""})
class FilingOpened:
    """The person filed at an outside door. `at` is None where it is not there to be read."""

    id: str
    channel: str
    official: bool
    receipt_no: str
    at: datetime | None
    target: str = ""


@event(personal={"state": None, "receipt_no": "", "answer": ""})
class FilingUpdated:
    """The outside body said something, or its receipt number arrived. `state` is None where it is not there to be read."""

    id: str
    state: FilingState | None
    receipt_no: str
    answer: str
    at: datetime


@event(personal={"reason": ""})
class CaseWithdrawn:
    """The complainant took the complaint back."""

    reason: str
    at: datetime


@event(personal={})
class CaseClosed:
    """The file is closed, with its outcome and the reason."""

    outcome: Outcome
    because: str
    at: datetime


@event(personal={"reason": ""})
class CaseReopened:
    """The file is open again: a late answer with cause, a disputed remedy, or a further step after a decision."""

    because: str
    reason: str
    at: datetime


@event(personal={"reason": "", "by": ""})
class CaseHeld:
    """Nothing of this case may be erased until the hold is released: a court, an authority or a suit needs it."""

    reason: str
    at: datetime
    by: str


@event(personal={"reason": "", "by": ""})
class HoldReleased:
    """Another person than the one who held it found that the hold is no longer needed."""

    reason: str
    at: datetime
    by: str


@event(personal={})
class ErasureAnnounced:
    """By the retention schedule the personal data will be erased on a day; `rule` and `version` name the schedule's."""

    due_at: datetime
    rule: str
    version: str
    at: datetime


@event(personal={})
class PersonalDataErased:
    """The key of the private fields was destroyed on request; the chain still verifies."""

    at: datetime
    by: str
