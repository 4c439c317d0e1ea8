# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
import json
from datetime import date
from pathlib import Path

from recourse.core.calendar import Calendar
from recourse.core.problem import Problems
from recourse.gateways.calendar_files import load_calendar

SHIPPED = Path(__file__).parents[2] / "calendars"


def write(folder: Path, name: str, **changes: object) -> None:
    given: dict[str, object] = {
        "year": 2026,
        "status": "official",
        "published_on": None,
        "source_urls": ["https://www.gov.cn/notice"],
        "days": [{"date": "2026-01-01", "kind": "holiday", "name": "元旦"}],
    }
    given |= changes
    (folder / name).write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")


def test_the_shipped_years_are_complete_and_2027_is_missing() -> None:
    found = load_calendar(SHIPPED)
    assert isinstance(found, Calendar)
    assert [item.year for item in found.years] == list(range(2007, 2027))
    assert all(item.status == "official" and item.source_urls for item in found.years)
    assert not found.known(2027) and not found.settled(date(2026, 12, 31))
    worked = [day.day.isoformat()[5:] for day in found.years[-1].days if day.kind == "adjusted_workday"]
    assert worked == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_an_empty_year_file_is_missing_and_no_problem(tmp_path: Path) -> None:
    write(tmp_path, "2026.json")
    write(tmp_path, "2027.json", year=2027, source_urls=[], days=[])
    found = load_calendar(tmp_path)
    assert isinstance(found, Calendar) and not found.known(2027) and found.known(2026)


def test_every_problem_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "2024.json").write_text("{", encoding="utf-8")
    (tmp_path / "2025.json").write_text("[]", encoding="utf-8")
    write(tmp_path, "2023.json", year=2022, status="projected", published_on="soon", extra=1, source_urls=[])
    write(
        tmp_path,
        "2026.json",
        days=[
            {"date": "2026-02-30", "kind": "holiday"},
            {"date": "2026-01-01", "kind": "party"},
            {"date": "2026-01-01", "kind": "holiday", "name": 5},
            {"date": "2025-12-24", "kind": "holiday"},
            {"date": "2025-12-31", "kind": "holiday"},
            {"kind": "holiday"},
            {"date": 20260101, "kind": "holiday"},
        ],
    )
    found = load_calendar(tmp_path)
    assert isinstance(found, Problems)
    assert {(item.key, item.field) for item in found.items} == {
        ("calendar_key", "2023.json extra"),
        ("calendar_year", "2023.json year"),
        ("calendar_status", "2023.json status"),
        ("calendar_date", "2023.json published_on"),
        ("calendar_notice", "2023.json source_urls"),
        ("calendar_unreadable", "2024.json"),
        ("calendar_shape", "2025.json"),
        ("calendar_date", "2026.json days[0].date"),
        ("calendar_kind", "2026.json days[1].kind"),
        ("calendar_twice", "2026.json days[2].date"),
        ("calendar_shape", "2026.json days[2].name"),
        ("calendar_outside", "2026.json days[3].date"),
        ("calendar_shape", "2026.json days[5]"),
        ("calendar_date", "2026.json days[6].date"),
    }
    assert all(item.message.zh and item.message.en and item.do.zh for item in found.items)


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        found = load_calendar(folder)
        assert isinstance(found, Problems) and found.keys() == ("calendar_missing",)
