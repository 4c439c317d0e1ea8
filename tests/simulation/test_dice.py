# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Chance from a seed: the published sequence, fair enough, and one's own for everybody."""

from collections import Counter

from recourse.simulation.dice import Dice, SeededRandomness


def test_the_sequence_is_splitmix64s() -> None:
    dice = Dice("any")
    dice._state = 1_234_567
    assert [dice.draw() for _ in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_every_name_has_dice_of_its_own() -> None:
    assert Dice("1/0", "c1").draw() == Dice("1/0", "c1").draw()
    assert len({Dice("1/0", f"c{n}").draw() for n in range(1_000)}) == 1_000


def test_draws_stay_in_their_bounds_and_come_about_as_often_as_they_should() -> None:
    dice = Dice("fair")
    seen = Counter(dice.between(1, 6) for _ in range(6_000))
    assert set(seen) == {1, 2, 3, 4, 5, 6} and all(850 < count < 1_150 for count in seen.values())
    assert 1_800 < sum(dice.percent(20) for _ in range(10_000)) < 2_200
    picked = Counter(dice.weighted((("a", 1), ("b", 3))) for _ in range(4_000))
    assert 900 < picked["a"] < 1_100


def test_case_numbers_are_given_twice_now_and_then() -> None:
    made = SeededRandomness(Dice("numbers"))
    numbers = [made.case_number() for _ in range(500)]
    assert 480 < len(set(numbers)) < 500, "a store has to refuse the second"
