# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Ten draws of which ten people complained are ten; ten draws of which one person complained are one."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.repeat import Repeat, heard

DRAWS, PEOPLE = "abcde", "vwxyz"
complaints = st.lists(st.tuples(st.sampled_from(DRAWS), st.sampled_from(PEOPLE)), max_size=16)


def by_hand(given: list[tuple[str, str]]) -> int:
    """Try every order in which the people could be given to the draws."""
    pairs = set(given)
    return max(
        sum(pair in pairs for pair in zip(DRAWS, order, strict=True)) for order in permutations(PEOPLE)
    )


@given(complaints)
def test_it_is_the_most_that_any_giving_of_people_to_draws_reaches(pairs: list[tuple[str, str]]) -> None:
    assert heard(pairs) == by_hand(pairs)


@given(complaints, st.tuples(st.sampled_from(DRAWS), st.sampled_from(PEOPLE)))
def test_another_complaint_adds_one_at_most_and_never_takes_away(
    pairs: list[tuple[str, str]], more: tuple[str, str]
) -> None:
    assert heard(pairs) <= heard([*pairs, more]) <= heard(pairs) + 1


@given(st.integers(1, 40), st.integers(1, 5))
def test_a_brigade_counts_no_more_than_its_heads(draws: int, heads: int) -> None:
    brigade = [(f"d{draw}", f"p{head}") for draw in range(draws) for head in range(heads)]
    assert heard(brigade) == min(draws, heads)


@given(complaints)
def test_saying_it_again_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    assert heard(pairs + pairs) == heard(pairs)


def test_nine_draws_of_one_person_and_one_of_nine_others_are_two() -> None:
    alone = [(f"d{n}", "one") for n in range(9)]
    crowd = [("d9", f"p{n}") for n in range(9)]
    assert heard(alone + crowd) == 2


@pytest.mark.parametrize(
    ("repeat", "reached"),
    [
        (Repeat(10, 10), True),
        (Repeat(10, 20), True),
        (Repeat(10, 21), False),
        (Repeat(9, 9), False),
        (Repeat(60, 100), True),
        (Repeat(10, 0), True),
    ],
)
def test_number_and_share_must_both_be_reached(repeat: Repeat, reached: bool) -> None:
    assert repeat.reaches(least=10, percent=50) is reached
