# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A changed value is what dataclasses.replace would have made."""

import dataclasses
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.values import replace


@dataclass(frozen=True, slots=True)
class Plain:
    a: int
    b: str = "b"


@dataclass(frozen=True, slots=True)
class More(Plain):
    c: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    a: int

    def __post_init__(self) -> None:
        if self.a < 0:
            raise ValueError("below zero")


@dataclass(frozen=True)
class Open:
    a: int = 1


@given(st.integers(), st.text(), st.dictionaries(st.sampled_from("abc"), st.integers()))
def test_it_means_what_the_library_means(a: int, b: str, changes: dict[str, int]) -> None:
    value = More(a, b, (1,))
    assert replace(value, **changes) == dataclasses.replace(value, **changes)
    assert value == More(a, b, (1,))


def test_types_that_check_themselves_still_do() -> None:
    assert replace(Checked(1), a=2) == Checked(2)
    with pytest.raises(ValueError, match="below zero"):
        replace(Checked(1), a=-1)


def test_a_type_without_slots_is_copied_too() -> None:
    assert replace(Open(), a=2) == Open(2)


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="Plain has no field z"):
        replace(Plain(1), z=1)
