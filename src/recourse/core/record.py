# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The operator's own records, as they come in."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One record as the operator pushes it. `kind` is order, card, draw or points; `respondent` a public id."""

    kind: str
    id: str
    respondent: str = ""
    title: str = ""
    amount_fen: int | None = None
    refunded_fen: int = 0
    happened_on: date | None = None
    promised_on: date | None = None
    received_on: date | None = None
    status: dict[str, Any] = field(default_factory=dict)
