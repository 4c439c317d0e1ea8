# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Commits and sequencers at once: every leaf gets one place, none is passed over, and the root is that of the rows."""

from typing import Any

from recourse.actions.post_message import post_message
from recourse.actions.story import perform
from recourse.core.merkle import root_of
from recourse.core.problem import Problems
from recourse.store.log import LogTables
from recourse.store.models import LogLeaf
from tests.races.test_races import race
from tests.store.house import House

ROUNDS = 4


def test_leaves_that_come_while_others_are_numbered_lose_nothing(house: House) -> None:
    numbers = [house.served() for _ in range(3)]
    log = LogTables()

    def write(number: str) -> Any:
        person = house.complainant(number)
        return [
            perform(post_message(house.world, actor=person, number=number, text=f"第{n}句")) for n in range(5)
        ]

    def sequence() -> list[int]:
        return [log.number(limit=3) for _ in range(12)]

    for _ in range(ROUNDS):
        written = race([*(lambda number=number: write(number) for number in numbers), sequence, sequence])
        assert not any(isinstance(item, Problems) for part in written[:3] for item in part)
        while log.number():
            pass
        leaves = LogLeaf.objects.order_by("position").values_list("position", "hash")
        assert [position for position, _ in leaves] == list(range(LogLeaf.objects.count()))
        assert log.head().root == root_of([bytes(digest) for _, digest in leaves])
