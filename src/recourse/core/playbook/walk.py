# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Walk through a value that `recourse.core.shape` has read: every place with its path and its declared type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args

from recourse.core.shape import hints_of, optional_of


@dataclass(frozen=True, slots=True)
class Place:
    """One value inside a shape: where it stands, the field that holds it, its declared type and what it is."""

    path: str
    name: str
    hint: Any
    value: Any


def walk(value: Any, path: str = "") -> Iterator[Place]:
    """Every field of a shape and of the shapes inside it, in the order of the types. Fields left at None are skipped."""
    shape: type = type(value)
    hints = hints_of(shape)
    for item in fields(value):
        inner = getattr(value, item.name)
        if inner is not None:
            where = f"{path}.{item.name}" if path else item.name
            yield from _visit(Place(where, item.name, optional_of(hints[item.name]), inner))


def _visit(place: Place) -> Iterator[Place]:
    yield place
    if is_dataclass(place.value):
        yield from walk(place.value, place.path)
    elif isinstance(place.value, tuple):
        (inner, *_rest) = get_args(place.hint)
        for index, item in enumerate(place.value):
            yield from _visit(Place(f"{place.path}[{index}]", place.name, inner, item))
    elif isinstance(place.value, Mapping):
        inner = get_args(place.hint)[1]
        for key, item in place.value.items():
            yield from _visit(Place(f"{place.path}.{key}", place.name, inner, item))
