# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The house of the store tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recourse.core.port import World
from tests.store.house import House, build_house


@pytest.fixture
def house(db: Any, tmp_path: Path) -> House:
    """One operator, its staff, one registered merchant, and the world over them."""
    return build_house(tmp_path)


@pytest.fixture
def committed_house(transactional_db: Any, tmp_path: Path) -> House:
    """The same, with real commits, for tests of threads, crashes and files."""
    return build_house(tmp_path)


@pytest.fixture
def world(house: House) -> World:
    """The house's world."""
    return house.world


@pytest.fixture
def file(house: House) -> Callable[..., str]:
    """Files a complaint; its number."""
    return house.file
