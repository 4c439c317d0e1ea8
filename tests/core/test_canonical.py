# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.canonical import INT_LIMIT, NotCanonical, canonical, commitment, digest

ints = st.integers(-(INT_LIMIT - 1), INT_LIMIT - 1)
# Every text, half surrogates left out: they have no bytes.
texts = st.text(st.characters(exclude_categories=("Cs",)))
keys = st.text(st.characters(min_codepoint=0, max_codepoint=127))
values = st.recursive(
    st.none() | st.booleans() | ints | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_the_bytes_are_those_of_rfc_8785(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(st.dictionaries(keys, ints, min_size=2, max_size=5))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    assert digest(value) == digest(dict(reversed(value.items())))


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        INT_LIMIT,
        -INT_LIMIT,
        {"键": 1},
        {1: 1},
        {"a": {"b": [1, {"c": 0.5}]}},
        b"x",
        {1},
        "\ud800",
    ],
)
def test_what_is_outside_the_subset_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)  # type: ignore[arg-type]


def test_a_refusal_says_where() -> None:
    with pytest.raises(NotCanonical, match=r"\$\.a\.b\[1\]\.c"):
        canonical({"a": {"b": [1, {"c": 0.5}]}})  # type: ignore[dict-item]


def test_a_known_digest() -> None:
    assert canonical({"b": [1, True, None], "a": "说法"}) == '{"a":"说法","b":[1,true,null]}'.encode()
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_commitment_depends_on_field_salt_and_value() -> None:
    made = commitment(field="story", salt=b"0" * 16, value="a")
    assert made == commitment(field="story", salt=b"0" * 16, value="a") and len(made) == 64
    others = {
        commitment(field="text", salt=b"0" * 16, value="a"),
        commitment(field="story", salt=b"1" * 16, value="a"),
        commitment(field="story", salt=b"0" * 16, value="b"),
    }
    assert made not in others and len(others) == 3
