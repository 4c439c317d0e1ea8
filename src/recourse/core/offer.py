# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""An Offer is a proposal of one party; accepted, it is a Settlement (UNCITRAL Technical Notes, negotiation stage)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from recourse.core.claim import Term
from recourse.core.vocabulary import Party


class OfferState(StrEnum):
    """What became of an offer."""

    open = "open"
    accepted = "accepted"
    refused = "refused"
    countered = "countered"
    lapsed = "lapsed"
    taken_back = "taken_back"


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposal. `answers` is the id of the offer it counters, or empty."""

    id: str
    by: Party
    terms: tuple[Term, ...]
    text: str
    made_at: datetime
    state: OfferState = OfferState.open
    answers: str = ""
