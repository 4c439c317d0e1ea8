# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Races need real commits: a house on a database that several threads share."""

from pathlib import Path
from typing import Any

import pytest

from tests.store.house import House, build_house


@pytest.fixture
def house(transactional_db: Any, tmp_path: Path) -> House:
    """One operator, one merchant, and the world over them."""
    return build_house(tmp_path)
