# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Working days counted a second time, slowly and by hand, over the true calendar: the oracle of `rest_days_count`."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from recourse.core.calendar import CHINA, Calendar, DayKind


class TrueCalendar:
    """The holidays as they really are, also of years that no file says yet."""

    def __init__(self, calendar: Calendar, *, until: date) -> None:
        self._named = {day.day: day.kind for year in calendar.years for day in year.days}
        self._until = until
        self.nth = lru_cache(maxsize=4096)(self._nth)

    def worked(self, day: date) -> bool:
        """Whether people work on this day."""
        kind = self._named.get(day)
        return day.weekday() < 5 if kind is None else kind is DayKind.adjusted_workday

    def earliest_end(self, start: datetime, days: int) -> datetime | None:
        """The 24:00 of the n-th working day after the day of the start; None where the truth is not known."""
        last = self.nth(start.astimezone(CHINA).date(), days)
        if last is None:
            return None
        return datetime(last.year, last.month, last.day, tzinfo=CHINA) + timedelta(days=1)

    def _nth(self, day: date, days: int) -> date | None:
        while days:
            day += timedelta(days=1)
            if day > self._until:
                return None
            days -= self.worked(day)
        return day
