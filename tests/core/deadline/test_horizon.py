# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The bounds for years without a notice, recounted from the notices there are."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from recourse.core.calendar import CHINA, Calendar, DayKind, make_calendar
from recourse.core.deadline.compute import compute
from recourse.core.deadline.horizon import SEASONS, season_of
from recourse.core.deadline.length import Length, Unit
from recourse.core.deadline.regime import Regime


def test_no_published_year_moved_more_days_than_the_seasons_allow(calendar: Calendar) -> None:
    off: Counter[tuple[str, int]] = Counter()
    made_up: Counter[tuple[str, int]] = Counter()
    for item in (day for year in calendar.years for day in year.days):
        weekday = item.day.weekday() < 5
        if weekday == (item.kind is DayKind.adjusted_workday):
            continue  # a Saturday off or a Monday worked moves nothing
        found = season_of(item.day)
        assert found is not None, item
        season, year = found
        (off if weekday else made_up)[(season.name, year)] += 1
    most = {season.name: (season.most_off, season.most_made_up) for season in SEASONS}
    assert all(count <= most[name][0] for (name, _), count in off.items())
    assert all(count <= most[name][1] for (name, _), count in made_up.items())


def test_late_december_belongs_to_the_next_new_year() -> None:
    assert season_of(date(2026, 12, 31)) == season_of(date(2027, 1, 2)) == (SEASONS[0], 2027)
    assert season_of(date(2026, 7, 15)) is None


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_start_before_a_missing_notice_is_bounded_by_the_truth(calendar: Calendar, year: int) -> None:
    """All starts from November to the next November, with the notices of that year and later taken away."""
    before = make_calendar(item for item in calendar.years if item.year < year)
    for offset in range(-60, 300):
        start = datetime.combine(date(year, 1, 1) + timedelta(days=offset), time(9), CHINA)
        for length in (Length(1, Unit.wd), Length(7, Unit.wd), Length(7, Unit.d), Length(20, Unit.wd)):
            guess = compute(start, length=length, regime=Regime.samr, calendar=before, explained=False)
            truth = compute(start, length=length, regime=Regime.samr, calendar=calendar, explained=False)
            if not truth.provisional:
                assert guess.act_by <= truth.act_by and truth.due_at <= guess.due_at, (start, length)


def test_an_unpublished_year_widens_both_ways(calendar: Calendar) -> None:
    start = datetime(2026, 12, 31, tzinfo=CHINA)
    found = compute(start, length=Length(7, Unit.wd), regime=Regime.samr, calendar=calendar)
    assert found.act_by < found.nominal_end < found.due_at
    assert found.due_at - found.act_by < timedelta(days=15)


def test_without_any_notice_everything_is_provisional() -> None:
    found = compute(
        datetime(2026, 3, 2, tzinfo=CHINA),
        length=Length(1, Unit.wd),
        regime=Regime.civil,
        calendar=make_calendar(()),
    )
    assert found.provisional and found.calendar_version == "none"
    assert any("没有放假安排" in step.zh for step in found.steps)
