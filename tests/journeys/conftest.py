# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A house whose pages are served to a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.seats import DESK, PHONE, Seats
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


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def seats(
    request: pytest.FixtureRequest, house: House, chromium: Any, live_server: Any, screen: Any
) -> Iterator[Seats]:
    """Browsers for everybody in a journey, on phones and then on desks."""
    seated = Seats(house, chromium, live_server.url, request.param, screen)
    yield seated
    seated.leave()
