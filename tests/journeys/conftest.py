# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A house whose pages are served to a browser."""

from pathlib import Path
from typing import Any

import pytest

from tests.portal.person import wire
from tests.store.house import House, build_house


@pytest.fixture
def house(transactional_db: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """One operator, one registered merchant, and every front working over them."""
    made = build_house(tmp_path)
    wire(made, monkeypatch)
    return made


@pytest.fixture
def picture(tmp_path: Path) -> str:
    """A small picture to hand in."""
    from tests.portal.person import PNG

    path = tmp_path / "订单截图.png"
    path.write_bytes(PNG)
    return str(path)
