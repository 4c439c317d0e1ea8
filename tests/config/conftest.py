# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Two houses with people in every seat."""

from pathlib import Path
from typing import Any

import pytest

from tests.config.everybody import Everybody, gather
from tests.config.programs import Programs
from tests.config.programs import gather as seat_programs
from tests.desk.desk_people import to_today
from tests.portal.person import wire
from tests.store.house import House, build_house


@pytest.fixture
def everybody(db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Everybody:
    """One case, and a browser for each seat that could want to see it."""
    house = build_house(tmp_path)
    to_today(house)
    wire(house, monkeypatch)
    return gather(house)


@pytest.fixture
def programs(db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Programs in every seat, and a case for every relation."""
    house = build_house(tmp_path)
    to_today(house)
    wire(house, monkeypatch)
    # Here everybody knocks at every door.
    monkeypatch.setattr("recourse.api.door._limited", lambda *_, **__: None)
    return seat_programs(house)


@pytest.fixture
def house(db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """One operator, one registered merchant, and every front working over them, today."""
    made = build_house(tmp_path)
    to_today(made)
    wire(made, monkeypatch)
    monkeypatch.setattr("recourse.api.door._limited", lambda *_, **__: None)
    return made
