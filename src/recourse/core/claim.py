# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Claim is one demand within a case: a remedy, perhaps a sum, on a ground. ISO 10002 clause 8.2 "remedy sought"."""

from dataclasses import dataclass

from recourse.core.vocabulary import MONEY_REMEDIES, RemedyKind


@dataclass(frozen=True, slots=True)
class Claim:
    """One demand. `amount_fen` is set for remedies that carry money."""

    kind: RemedyKind
    amount_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One promised or ordered remedy: of an offer, a settlement or a decision."""

    kind: RemedyKind
    amount_fen: int | None = None
    within: str = ""  # a length such as "7d"; empty means as the playbook's steps say


def carries_money(kind: RemedyKind) -> bool:
    """Whether a remedy of this kind names a sum."""
    return kind in MONEY_REMEDIES
