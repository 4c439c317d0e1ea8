# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Dice: chance that is drawn from a seed, the same on every machine and every version of Python.

SplitMix64 (Steele, Lea, Flood 2014). Every actor, deed and fault has dice of its own, drawn from its name, so that
leaving one out of a run does not change what the others draw: a failure can be shrunk.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_MASK = (1 << 64) - 1
T = TypeVar("T")


class Dice:
    """A stream of draws. Integers only: no float is ever compared."""

    __slots__ = ("_state",)

    def __init__(self, *name: object) -> None:
        text = "/".join([str(part) for part in name])
        self._state = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")

    def draw(self) -> int:
        """The next 64 bits."""
        self._state = state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        return state ^ (state >> 31)

    def below(self, n: int) -> int:
        """An integer from 0 to n - 1."""
        return (self.draw() * n) >> 64

    def between(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + self.below(high - low + 1)

    def percent(self, n: int) -> bool:
        """True in n of a hundred draws."""
        return self.below(100) < n

    def permille(self, n: int) -> bool:
        """True in n of a thousand draws."""
        return self.below(1000) < n

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, which are not empty."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[tuple[T, int]]) -> T:
        """One of the items, each as often as its weight says."""
        at = self.below(sum(weight for _, weight in items))
        for item, weight in items:
            at -= weight
            if at < 0:
                return item
        raise ValueError("weights are positive")

    def hex(self, digits: int) -> str:
        """This many hex digits."""
        text = ""
        while len(text) < digits:
            text += f"{self.draw():016x}"
        return text[:digits]


class SeededRandomness:
    """`Randomness` from dice. Case numbers collide on purpose now and then: a real store refuses the second."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._last = "0000-0000-0000"

    def salt(self) -> bytes:
        """16 bytes."""
        return bytes.fromhex(self._dice.hex(32))

    def public_id(self) -> str:
        """32 hex digits."""
        return self._dice.hex(32)

    def case_number(self) -> str:
        """A number; one in fifty was given before."""
        if not self._dice.percent(2):
            self._last = "-".join(f"{self._dice.below(10_000):04d}" for _ in range(3))
        return self._last

    def code(self) -> str:
        """Six digits."""
        return f"{self._dice.below(1_000_000):06d}"
