# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What day is it in China?"""

from datetime import date, datetime

from recourse.core.calendar import CHINA


def today() -> date:
    """The day in China, by this machine's clock."""
    return datetime.now(CHINA).date()
