# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The page that states the rules is recounted row by row, so that it cannot drift from what is computed."""

import hashlib
import re
from datetime import datetime, time, timedelta
from pathlib import Path

from recourse.core.calendar import Calendar
from recourse.core.deadline.compute import compute
from recourse.core.deadline.horizon import SEASONS
from recourse.core.deadline.length import Length, parse_length, parse_moment
from recourse.core.deadline.regime import Regime

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "rules" / "deadlines.md").read_text(encoding="utf-8")


def cells(line: str) -> list[str]:
    return [part.strip() for part in line.strip().strip("|").split("|")]


def written(end: datetime) -> str:
    if end.time() == time():
        return f"{end - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{end:%Y-%m-%d %H:%M}"


def test_every_worked_example_is_true(calendar: Calendar) -> None:
    rows = [cells(line) for line in PAGE.splitlines() if re.match(r"\| \d{4}-\d{2}-\d{2}", line)]
    assert len(rows) == 15
    for start, size, regime, nominal, act_by, due_at, mark, _ in rows:
        moment, length = parse_moment(start), parse_length(size)
        assert isinstance(moment, datetime) and isinstance(length, Length)
        found = compute(moment, length=length, regime=Regime(regime), calendar=calendar)
        shown = [written(end) for end in (found.nominal_end, found.act_by, found.due_at)]
        assert (shown, mark) == ([nominal, act_by, due_at], "暂定" if found.provisional else ""), (
            start,
            size,
            regime,
        )


def test_the_seasons_are_those_in_use() -> None:
    for season in SEASONS:
        if season.first[0] == 12:
            continue
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| {season.name} |"))
        first = "12-25" if season.name == "元旦" else f"{season.first[0]}-{season.first[1]}"
        span = f"{first} 至 {season.last[0]}-{season.last[1]}"
        assert cells(row) == [season.name, span, str(season.most_off), str(season.most_made_up)]


def test_calendar_files_are_those_of_the_notice() -> None:
    notice = (ROOT / "calendars" / "NOTICE.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\| (\d{4}) \| `[0-9a-f]{64}` \| `([0-9a-f]{64})` \|", notice))
    files = sorted((ROOT / "calendars").glob("*.json"))
    assert {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == listed
