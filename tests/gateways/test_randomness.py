# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Random numbers and time: their shapes, and that neither repeats itself nor runs backwards."""

import re
import time
from datetime import timedelta

import pytest

from recourse.core.calendar import CHINA
from recourse.gateways.clock import SystemClock
from recourse.gateways.randomness import SystemRandomness

RANDOM = SystemRandomness()


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (RANDOM.public_id, r"[0-9a-f]{32}"),
        (RANDOM.case_number, r"\d{4}-\d{4}-\d{4}"),
        (RANDOM.code, r"\d{6}"),
    ],
)
def test_shapes(make: object, shape: str) -> None:
    made = [make() for _ in range(200)]  # type: ignore[operator]
    assert all(re.fullmatch(shape, item) for item in made)
    assert len(set(made)) > 190


def test_salts_are_sixteen_bytes_and_never_the_same() -> None:
    salts = {RANDOM.salt() for _ in range(100)}
    assert len(salts) == 100 and {len(salt) for salt in salts} == {16}


def test_time_is_in_china_and_never_runs_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    first = clock.now()
    assert first.tzinfo is CHINA
    back = time.time() - 3600
    monkeypatch.setattr(time, "time", lambda: back)
    assert clock.now() == first
    assert SystemClock(ahead=timedelta(days=3)).now() - SystemClock().now() > timedelta(days=2)


@pytest.mark.parametrize(
    ("jump", "trusted"), [(0, True), (200, True), (-200, True), (400, False), (-400, False)]
)
def test_a_jump_of_the_wall_clock_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, jump: int, trusted: bool
) -> None:
    clock = SystemClock()
    jumped = time.time() + jump
    monkeypatch.setattr(time, "time", lambda: jumped)
    assert clock.trusted() is trusted
