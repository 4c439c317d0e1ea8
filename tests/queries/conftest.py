# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The small house of the store tests, for questions."""

from pathlib import Path
from typing import Any

import pytest

from tests.store.house import House, build_house


@pytest.fixture
def house(db: Any, tmp_path: Path) -> House:
    """One operator, its staff, one registered merchant, and the world over them."""
    return build_house(tmp_path)
