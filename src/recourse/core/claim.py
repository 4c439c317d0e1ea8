# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Claim is one demand within a case: a remedy, perhaps a sum, on a ground. ISO 10002 clause 8.2 "remedy sought"."""

from dataclasses import dataclass

from recourse.core.text import Text
from recourse.core.vocabulary import MONEY_REMEDIES, POINTS_REMEDIES, RemedyKind

# More points than any account has: a slip of the finger.
POINTS_MAX = 999_999_999_999


@dataclass(frozen=True, slots=True)
class Claim:
    """One demand. `amount_fen` is set for remedies that carry money, `points` for those counted in whole points."""

    kind: RemedyKind
    amount_fen: int | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One promised or ordered remedy: of an offer, a settlement or a decision."""

    kind: RemedyKind
    amount_fen: int | None = None
    within: str = ""  # a length such as "7d"; empty means as the playbook's steps say
    points: int | None = None  # whole points, for remedies counted in them


def carries_money(kind: RemedyKind) -> bool:
    """Whether a remedy of this kind names a sum."""
    return kind in MONEY_REMEDIES


def carries_points(kind: RemedyKind) -> bool:
    """Whether a remedy of this kind is counted in points."""
    return kind in POINTS_REMEDIES


def counted(name: Text, points: int | None) -> Text:
    """A remedy's name with its count: 恢复被扣的积分（500积分）."""
    return name if points is None else Text(f"{name.zh}（{points}积分）", f"{name.en} ({points} points)")
