# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Lengths such as 48h, 7d, 7wd, 1month, 3year, and the moments they are counted from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from recourse.core.calendar import CHINA
from recourse.core.problem import Problems, refuse
from recourse.core.text import Text


class Unit(StrEnum):
    """What a period is counted in. `d` calendar days, `wd` working days."""

    h = "h"
    d = "d"
    wd = "wd"
    month = "month"
    year = "year"


# Longest lengths taken: far beyond any limit in law, and short enough that no date leaves the calendar of Python.
LONGEST = {Unit.h: 87_600, Unit.d: 36_500, Unit.wd: 26_000, Unit.month: 1_200, Unit.year: 100}

_NAMES = {
    Unit.h: Text("小时", "hours"),
    Unit.d: Text("天", "days"),
    Unit.wd: Text("个工作日", "working days"),
    Unit.month: Text("个月", "months"),
    Unit.year: Text("年", "years"),
}
_ONE = {Unit.h: "hour", Unit.d: "day", Unit.wd: "working day", Unit.month: "month", Unit.year: "year"}
_LENGTH = re.compile(r"([0-9]{1,6})(h|d|wd|month|year)")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
)
_YEARS = range(1950, 2201)


@dataclass(frozen=True, slots=True)
class Length:
    """A number of units, at least one and at most LONGEST."""

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.n <= LONGEST[self.unit]:
            raise ValueError(f"a length of {self.n} {self.unit.value} is out of range")

    def __str__(self) -> str:
        return f"{self.n}{self.unit.value}"

    def text(self) -> Text:
        """The length in words: 7个工作日 / 7 working days."""
        return Text(
            f"{self.n}{_NAMES[self.unit].zh}",
            f"{self.n} {_ONE[self.unit] if self.n == 1 else _NAMES[self.unit].en}",
        )


def parse_length(given: object, *, field: str = "length") -> Length | Problems:
    """Read `"7wd"` or `{"length": 7, "unit": "wd"}`. Anything else is refused with one problem."""
    if isinstance(given, str):
        found = _LENGTH.fullmatch(given.strip())
        if found:
            return _checked(int(found[1]), found[2], field)
    elif isinstance(given, Mapping) and set(given) == {"length", "unit"}:
        number, unit = given["length"], given["unit"]
        if isinstance(number, int) and not isinstance(number, bool) and unit in list(Unit):
            return _checked(number, str(unit), field)
    return refuse(
        "length_not_understood",
        field=field,
        zh=f"看不懂这个期限长度：{given}",
        en=f"This length is not understood: {given}",
        do_zh="请写成 48h、7d、7wd、1month 或 3year（小时、天、工作日、月、年）。",
        do_en="Write it as 48h, 7d, 7wd, 1month or 3year (hours, days, working days, months, years).",
    )


def parse_moment(given: object, *, field: str = "from") -> datetime | Problems:
    """Read an RFC 3339 moment or a date; +08:00 is assumed, a date means its 00:00. Answers in China time."""
    found = _MOMENT.fullmatch(given.strip()) if isinstance(given, str) else None
    if found:
        zone = found[4] or "+08:00"
        text = f"{found[1]}T{found[2] or '00:00'}{found[3] or ':00'}"
        try:
            moment = datetime.fromisoformat(text + ("+00:00" if zone in "Zz" else zone))
            if int(found[1][:4]) in _YEARS:
                return moment.astimezone(CHINA)
        except ValueError:
            pass  # The shape is right but the day does not exist (2026-02-30); refused below like any other.
    return refuse(
        "moment_not_understood",
        field=field,
        zh=f"看不懂这个时间：{given}",
        en=f"This time is not understood: {given}",
        do_zh="请写成 2026-09-18 或 2026-09-18T09:30:00+08:00，年份在1950到2200之间。",
        do_en="Write it as 2026-09-18 or 2026-09-18T09:30:00+08:00, between the years 1950 and 2200.",
    )


def china_day(moment: datetime) -> date:
    """The day in China at this moment. Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(CHINA).date()


def _checked(number: int, unit: str, field: str) -> Length | Problems:
    most = LONGEST[Unit(unit)]
    if 1 <= number <= most:
        return Length(number, Unit(unit))
    return refuse(
        "length_out_of_range",
        field=field,
        zh=f"期限长度{number}{unit}不在1到{most}之间。",
        en=f"The length {number}{unit} is not between 1 and {most}.",
        do_zh=f"请给出1到{most}之间的数。",
        do_en=f"Give a number between 1 and {most}.",
    )
