# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Two houses with people in every seat."""

from pathlib import Path
from typing import Any

import pytest

from tests.config.everybody import Everybody, gather
from tests.desk.desk_people import to_today
from tests.portal.person import wire
from tests.store.house import build_house


@pytest.fixture
def everybody(db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Everybody:
    """One case, and a browser for each seat that could want to see it."""
    house = build_house(tmp_path)
    to_today(house)
    wire(house, monkeypatch)
    return gather(house)
