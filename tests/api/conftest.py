# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A house with programs at its door."""

from pathlib import Path
from typing import Any

import pytest

from tests.api.program import Program, program
from tests.desk.desk_people import to_today
from tests.portal.person import wire
from tests.store.house import House, build_house


@pytest.fixture
def house(db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """One operator, one registered merchant, and the API working over them, today."""
    made = build_house(tmp_path)
    to_today(made)
    wire(made, monkeypatch)
    return made


@pytest.fixture
def owner_program(house: House) -> Program:
    """A program that may do everything, from an owner's seat."""
    return program(house)
