# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reads `calendars/<year>.json`, one notice a file, and reports every problem of every file at once."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from recourse.core.calendar import Calendar, CalendarDay, CalendarYear, DayKind, make_calendar
from recourse.core.problem import Problem, Problems, gather
from recourse.core.text import Text

# The shipped calendars lie beside `src`; here, so that counting a period need not load the readers of rules.
CALENDARS = Path(__file__).parents[3] / "calendars"
_STATUSES = ("official",)
_KEYS = {"year", "status", "published_on", "source_urls", "days"}
_DO = Text("请按通知改正这个文件。", "Correct the file after the notice.")


def load_calendar(folder: Path) -> Calendar | Problems:
    """All years of a folder as one calendar. An absent year, or one without days, is missing and no problem.

    Problems name `<file> <place>` in `field`: unreadable JSON, unknown keys, a day that does not exist, is given
    twice, or lies outside the year and the December before it, a kind nobody knows, a year without its notice.
    """
    problems: list[Problem] = []
    years: list[CalendarYear] = []
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        problems.append(
            _problem(
                "calendar_missing", str(folder.name), "没有找到放假安排文件。", "No calendar file was found."
            )
        )
    for path in files:
        found, wrong = _read(path)
        problems += wrong
        if found is not None:
            years.append(found)
    return gather(problems) or make_calendar(years)


def _read(path: Path) -> tuple[CalendarYear | None, list[Problem]]:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return None, [
            _problem("calendar_unreadable", path.name, f"读不出来：{error}", f"Cannot be read: {error}")
        ]
    if not isinstance(given, dict):
        return None, [
            _problem("calendar_shape", path.name, "文件里应该是一个对象。", "The file must hold one object.")
        ]
    problems = list(_faults(path, given))
    if problems:
        return None, problems
    published = given.get("published_on")
    return (
        CalendarYear(
            year=given["year"],
            days=tuple(
                CalendarDay(date.fromisoformat(item["date"]), DayKind(item["kind"]), item.get("name", ""))
                for item in given["days"]
            ),
            source_urls=tuple(given["source_urls"]),
            published_on=date.fromisoformat(published) if published else None,
            status=given["status"],
        ),
        [],
    )


def _faults(path: Path, given: dict[str, Any]) -> Iterator[Problem]:
    name = path.name
    for key in sorted(set(given) ^ _KEYS):
        unknown = key in given
        yield _problem(
            "calendar_key",
            f"{name} {key}",
            f"{'不认识的' if unknown else '缺少'}项：{key}",
            f"{'Unknown' if unknown else 'Missing'} key: {key}",
        )
    year, days, urls = given.get("year"), given.get("days"), given.get("source_urls")
    if not isinstance(year, int) or isinstance(year, bool) or f"{year}.json" != name:
        yield _problem(
            "calendar_year",
            f"{name} year",
            f"年份和文件名不一致：{year}",
            f"Year and file name differ: {year}",
        )
        year = None
    if given.get("status") not in _STATUSES:
        yield _problem(
            "calendar_status",
            f"{name} status",
            "只收正式公布的安排（official）。",
            "Only official notices are taken.",
        )
    if given.get("published_on") is not None and _day(given["published_on"]) is None:
        yield _problem(
            "calendar_date",
            f"{name} published_on",
            "公布日期不是日期。",
            "The date of publication is no date.",
        )
    if not isinstance(days, list):
        yield _problem("calendar_shape", f"{name} days", "days 应该是列表。", "days must be a list.")
        days = []
    addresses = isinstance(urls, list) and all(
        isinstance(u, str) and u.startswith(("http://", "https://")) for u in urls
    )
    if not addresses or (days and not urls):
        yield _problem(
            "calendar_notice",
            f"{name} source_urls",
            "缺少通知的网址。",
            "The address of the notice is missing.",
        )
    seen: set[date] = set()
    for at, item in enumerate(days):
        yield from _day_faults(f"{name} days[{at}]", item, year=year, seen=seen)


def _day_faults(where: str, item: Any, *, year: int | None, seen: set[date]) -> Iterator[Problem]:
    if not isinstance(item, dict) or not {"date", "kind"} <= set(item) <= {"date", "kind", "name"}:
        yield _problem(
            "calendar_shape",
            where,
            "每天要写 date 和 kind（可写 name）。",
            "A day has date and kind (and may have name).",
        )
        return
    if item["kind"] not in list(DayKind):
        yield _problem(
            "calendar_kind", f"{where}.kind", f"不认识的类别：{item['kind']}", f"Unknown kind: {item['kind']}"
        )
    if not isinstance(item.get("name", ""), str):
        yield _problem("calendar_shape", f"{where}.name", "name 应该是文字。", "name must be text.")
    day = _day(item["date"])
    if day is None:
        yield _problem(
            "calendar_date", f"{where}.date", f"不是日期：{item['date']}", f"Not a date: {item['date']}"
        )
        return
    if day in seen:
        yield _problem("calendar_twice", f"{where}.date", f"{day}写了两次。", f"{day} is given twice.")
    seen.add(day)
    reaches_back = year is not None and day.year == year - 1 and (day.month, day.day) >= (12, 25)
    if year is not None and day.year != year and not reaches_back:
        yield _problem(
            "calendar_outside", f"{where}.date", f"{day}不在{year}年。", f"{day} is not in {year}."
        )


def _day(given: Any) -> date | None:
    try:
        day = date.fromisoformat(given)
    except (TypeError, ValueError):
        return None
    return day if day.isoformat() == given else None


def _problem(key: str, field: str, zh: str, en: str) -> Problem:
    return Problem(key, field, Text(zh, en), _DO)
