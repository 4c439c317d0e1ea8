# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reading plain values into a shape: every problem at once, with its path and a way out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.problem import Problem
from recourse.core.shape import Pattern, nearest, read
from recourse.core.text import Text


class Colour(StrEnum):
    red = "red"
    green = "green"


@dataclass(frozen=True, slots=True)
class Part:
    name: Text
    colours: tuple[Colour, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    id: Annotated[str, Pattern(r"s\d\.[a-z]+", "s3.part")]
    title: str
    parts: tuple[Part, ...] = ()
    words: Mapping[str, Text] = field(default_factory=dict)
    by_colour: Mapping[Colour, int] = field(default_factory=dict)
    day: date | None = None
    many: int = 0
    loud: bool = False
    side: Literal["left", "right"] = "left"


GOOD = {"id": "s3.part", "title": "t"}


def found(plain: object) -> list[tuple[str, str]]:
    value, problems = read(Whole, plain)
    assert (value is None) == bool(problems)
    return [(item.key, item.field) for item in problems]


def test_a_full_mapping_becomes_the_value() -> None:
    text = {"zh": "名", "en": "name"}
    plain = GOOD | {
        "parts": [{"name": text, "colours": ["red"]}],
        "words": {"a": text},
        "by_colour": {"green": 2},
        "day": "2026-04-15",
        "many": 3,
        "loud": True,
        "side": "right",
    }
    name = Text("名", "name")
    value, problems = read(Whole, plain)
    assert problems == ()
    assert value == Whole(
        id="s3.part",
        title="t",
        parts=(Part(name, (Colour.red,)),),
        words={"a": name},
        by_colour={Colour.green: 2},
        day=date(2026, 4, 15),
        many=3,
        loud=True,
        side="right",
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"titel": "x"}, [("unknown_key", "titel")]),
        ({"title": ""}, [("empty_text", "title")]),
        ({"title": 2026}, [("quote_it", "title")]),
        ({"id": "x"}, [("bad_form", "id")]),
        ({"many": True}, [("wrong_type", "many")]),
        ({"many": "3"}, [("wrong_type", "many")]),
        ({"loud": "yes"}, [("wrong_type", "loud")]),
        ({"side": "up"}, [("not_in_set", "side")]),
        ({"day": "15.4.2026"}, [("wrong_type", "day")]),
        ({"parts": {}}, [("wrong_type", "parts")]),
        ({"parts": ["x"]}, [("wrong_type", "parts[0]")]),
        ({"parts": [{"name": {"zh": "名"}}]}, [("missing_key", "parts[0].name.en")]),
        ({"parts": [{"name": {"zh": "名", "en": ""}}]}, [("empty_text", "parts[0].name.en")]),
        (
            {"parts": [{"name": {"zh": "名", "en": "n"}, "colours": ["grean"]}]},
            [("not_in_set", "parts[0].colours[0]")],
        ),
        ({"by_colour": {"blue": 1}}, [("not_in_set", "by_colour.blue")]),
        ({"words": []}, [("wrong_type", "words")]),
    ],
)
def test_each_fault_is_named_with_its_path(
    change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert found(GOOD | change) == expected


def test_all_faults_are_told_at_once() -> None:
    keys = [key for key, _field in found({"titel": "x", "parts": [{"nmae": 1}], "side": "up"})]
    assert keys == ["unknown_key", "missing_key", "missing_key", "unknown_key", "missing_key", "not_in_set"]


def test_the_nearest_known_word_is_suggested() -> None:
    _value, problems = read(Whole, GOOD | {"titel": "x"})
    assert problems[0].do == Text("是不是想写 title？", "Did you mean title?")
    assert nearest("zzzzzz", ("title", "parts")) == ""


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_plain_value_is_read_or_refused(plain: object) -> None:
    value, problems = read(Whole, plain)
    assert (value is None) == bool(problems)
    assert all(isinstance(item, Problem) and item.message.zh and item.do.en for item in problems)
