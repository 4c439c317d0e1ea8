# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The portal over a world that the tests hold in their hands, and the ways a person goes through it."""

from pathlib import Path
from typing import Any

import pytest

from tests.portal.person import Person, wire
from tests.store.house import House, build_house


@pytest.fixture
def house(db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """One operator, one registered merchant, and the portal working over them."""
    made = build_house(tmp_path)
    wire(made, monkeypatch)
    return made


@pytest.fixture
def person(house: House, client: Any) -> Person:
    """Somebody with a browser of their own."""
    return Person(house, client)
