# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the parties say to each other: answers, offers, settlement, messages."""

from datetime import datetime

from recourse.core.case.event import event
from recourse.core.claim import Term
from recourse.core.offer import OfferState
from recourse.core.vocabulary import (
    AnswerKind,
    Party,
    RungName,
)


@event(personal={"text": ""})
class AnswerRecorded:
    """The respondent answered the claims. `late` marks an answer after the deadline, with its cause in the text."""

    kind: AnswerKind
    text: str
    at: datetime
    rung: RungName
    promised_at: datetime | None = None
    late: bool = False


@event(personal={"text": ""})
class OfferMade:
    """One side proposed terms. `answers` names the offer that it counters."""

    id: str
    by: Party
    terms: tuple[Term, ...]
    text: str
    at: datetime
    answers: str = ""


@event(personal={})
class OfferAnswered:
    """What became of an offer."""

    id: str
    state: OfferState
    at: datetime


@event(personal={})
class SettlementReached:
    """The parties agreed on terms; `offer` is the accepted offer, empty when the respondent admitted the claims."""

    terms: tuple[Term, ...]
    offer: str
    at: datetime


@event(personal={"text": ""})
class MessagePosted:
    """A message that both sides can read."""

    by: Party
    text: str
    at: datetime


@event(personal={"text": ""})
class NoteAdded:
    """An internal note of the operator's people."""

    by: str
    text: str
    at: datetime
