# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The oracle's own record of a case, kept from the events alone with a dozen plain rules."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.vocabulary import Stage

_LONG_AGO = datetime(1970, 1, 1, tzinfo=CHINA)


@dataclass(slots=True)
class Clock:
    """One clock as it was announced."""

    act: str
    who: str
    scope: str
    due_at: datetime | None = None
    act_by: datetime | None = None
    running: bool = False
    missed_at: datetime | None = None


@dataclass(slots=True)
class CaseRecord:
    """What happened in one case."""

    number: str
    version: int = 0
    at: datetime = _LONG_AGO
    stage: Stage | None = None
    filed: Any = None
    clocks: dict[str, Clock] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    offers: set[str] = field(default_factory=set)
    spoke: bool = False
    deciders: list[str] = field(default_factory=list)
    appealed: bool = False
    remedies: dict[str, Any] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)  # place of a text or exhibit -> whose it is
    messages: int = 0
    held_by: str = ""
