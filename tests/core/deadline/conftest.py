# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from recourse.core.calendar import Calendar
from recourse.core.problem import Problems
from recourse.gateways.calendar_files import load_calendar

CALENDARS = Path(__file__).parents[3] / "calendars"


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The notices for 2007 to 2026, as shipped."""
    loaded = load_calendar(CALENDARS)
    assert not isinstance(loaded, Problems), loaded
    return loaded
