# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Facts: what the store found out for one command; the core never looks for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from recourse.core.calendar import Calendar
from recourse.core.repeat import Repeat


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store found out for this command; the core never looks for itself.

    `locked` maps an entitlement group of this subject to the number of the other case that holds it.
    `contacts` are the usable registered contacts, best first. `checks` are results on imported records.
    `repeats` says of each repeat rule of the playbook how often this respondent's subjects were complained of.
    `calendar` is the newest published one: clocks that start today count with it, whatever the case was filed under.
    """

    checks: Mapping[str, bool] = field(default_factory=dict)
    locked: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[str, ...] = ()
    paid_fen: int | None = None
    repeats: Mapping[str, Repeat] = field(default_factory=dict)
    calendar: Calendar | None = None
