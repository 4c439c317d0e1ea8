# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Requests about keeping and letting go."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HoldCase:
    """Keep everything of the case from being erased, for a reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    """Let go of what somebody else held."""

    reason: str


@dataclass(frozen=True, slots=True)
class AnnounceErasure:
    """Say on which day the retention schedule will erase the personal data."""

    due_at: datetime
    rule: str
    version: str


@dataclass(frozen=True, slots=True)
class ErasePersonalData:
    """Destroy the key of the private fields. With `announced` only if that day still stands: a reopening or a hold since
    takes it back."""

    announced: datetime | None = None
