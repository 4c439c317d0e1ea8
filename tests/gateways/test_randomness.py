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


class Sources:
    """A wall clock and an elapsed time that a test holds in its hands, in seconds."""

    def __init__(self) -> None:
        self.wall, self.elapsed = 1_800_000_000.0, 50.0

    def clock(self) -> SystemClock:
        return SystemClock(wall=lambda: self.wall, elapsed=lambda: self.elapsed)

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.elapsed += seconds


def test_time_is_in_china_and_never_runs_backwards() -> None:
    sources = Sources()
    clock = sources.clock()
    first = clock.now()
    assert first.tzinfo is CHINA
    sources.wall -= 200
    assert clock.now() == first
    assert SystemClock(ahead=timedelta(days=3)).now() - SystemClock().now() > timedelta(days=2)
    assert abs(SystemClock().now().timestamp() - time.time()) < 5


def test_a_small_correction_is_followed() -> None:
    sources = Sources()
    clock = sources.clock()
    first = clock.now()
    sources.wall += 200
    assert clock.now() - first == timedelta(seconds=200)


@pytest.mark.parametrize("jump", [3 * 86_400, -3 * 86_400])
def test_a_jump_takes_nobody_any_time_while_it_lasts_nor_after_it_was_put_right(jump: int) -> None:
    sources = Sources()
    clock = sources.clock()
    first = clock.now()
    sources.wall += jump
    sources.passes(60)
    assert clock.now() - first == timedelta(seconds=60) and not clock.trusted()
    sources.wall -= jump
    sources.passes(60)
    # Put right, the clock is trusted again at once: what it says then must be true.
    assert clock.now() - first == timedelta(seconds=120) and clock.trusted()


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
