# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""When does a period end that begins then, is so long, and is counted by these rules?"""

from datetime import datetime
from functools import cache

from recourse.core.calendar import Calendar
from recourse.core.deadline.compute import Computed, compute
from recourse.core.deadline.length import parse_length, parse_moment
from recourse.core.deadline.regime import Regime
from recourse.core.problem import Problem, Problems, gather, refuse
from recourse.core.text import Text
from recourse.gateways.calendar_files import CALENDARS, load_calendar


def count_deadline(*, start: object, length: object, regime: object) -> Computed | Problems:
    """Count from plain values as a door takes them in: every one of them that is missing or wrong is named."""
    calendar = shipped_calendar()
    moment = parse_moment(start, field="from") if start is not None else _missing("from")
    period = parse_length(length, field="length") if length is not None else _missing("length")
    rules = _regime(regime) if regime is not None else _missing("regime")
    parts = (calendar, moment, period, rules)
    found = gather(item for part in parts if isinstance(part, Problems) for item in part.items)
    if found is not None:
        return found
    assert isinstance(calendar, Calendar) and isinstance(moment, datetime)
    assert not isinstance(period, Problems) and isinstance(rules, Regime)
    return compute(moment, length=period, regime=rules, calendar=calendar)


@cache
def shipped_calendar() -> Calendar | Problems:
    """The calendar that ships with the program, read once a process."""
    return load_calendar(CALENDARS)


def _regime(given: object) -> Regime | Problems:
    if isinstance(given, str) and given in set(Regime):
        return Regime(given)
    return refuse(
        "regime_unknown",
        field="regime",
        zh=f"没有这种计算规则：{given}",
        en=f"There is no such counting regime: {given}",
        do_zh=f"可选：{'、'.join(Regime)}。",
        do_en=f"Choose from: {', '.join(Regime)}.",
    )


def _missing(field: str) -> Problems:
    return Problems(
        (
            Problem(
                "missing",
                field,
                Text(f"缺“{field}”。", f"{field} is missing."),
                Text("请补上。", "Please add it."),
            ),
        )
    )
