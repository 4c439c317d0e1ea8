# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The Subject of a complaint: the order, card, draw or points record that a remedy is owed on."""

from dataclasses import dataclass
from datetime import date

from recourse.core.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class Subject:
    """What happened to what. `id` is the order number (or draw id) as the person typed it; `line` its order line.

    `proven` says that an imported record of the operator confirms it; an unproven subject goes to a human
    before anything is paid on it.
    """

    kind: SubjectKind
    id: str
    line: str = ""
    title: str = ""
    amount_fen: int | None = None
    happened_on: date | None = None
    promised_on: date | None = None
    received_on: date | None = None
    proven: bool = False
