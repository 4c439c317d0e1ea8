# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Some value of any type that events are made of, and others of the same type."""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from recourse.core.calendar import CHINA
from recourse.core.deadline.service import ServiceHours
from recourse.core.deadline.suspension import Suspension, SuspensionCause

AT = datetime(2026, 9, 21, 10, 0, 0, 123456, tzinfo=CHINA)
# Values with an inner rule that a sample made field by field would break.
BOUND = {
    ServiceHours: ServiceHours(time(9), time(18)),
    Suspension: Suspension(AT, AT + timedelta(days=2), next(iter(SuspensionCause))),
}


def sample(kind: Any, depth: int = 0) -> Any:
    """Some value of a type, with every optional part present as long as that comes to an end."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        return sample(next(item for item in inner if item is not type(None)), depth)
    if origin is typing.Annotated:
        return sample(inner[0], depth)
    if origin is typing.Literal:
        return inner[0]
    if origin is tuple:
        return (sample(inner[0], depth + 1),) if depth < 4 else ()
    if origin is frozenset:
        return frozenset({sample(inner[0], depth + 1)})
    if origin is not None and issubclass(origin, Mapping):
        key = "key" if inner[0] is str else sample(inner[0])
        return {key: sample(inner[1], depth + 1)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if kind in BOUND:
        return BOUND[kind]
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind, include_extras=True)
        return kind(**{item.name: sample(hints[item.name], depth + 1) for item in dataclasses.fields(kind)})
    plain: dict[Any, Any] = {
        str: "文字 text",
        int: 12,
        bool: True,
        datetime: AT,
        date: date(2026, 9, 19),
        object: "x",
        Any: "x",
    }
    if kind in plain:
        return plain[kind]
    return kind(*_arguments(kind))


def _arguments(kind: Any) -> list[Any]:
    hints = typing.get_type_hints(kind.__init__)
    hints.pop("return", None)
    return [sample(hint) for hint in hints.values()]


def others(value: Any) -> Iterator[Any]:
    """Values of the same type that differ from this one, a whole one in each of its parts."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Enum):
        yield from (item for item in type(value) if item is not value)
    elif isinstance(value, str):
        yield f"{value}*"
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, date):
        yield value + timedelta(days=1)
    elif isinstance(value, ServiceHours):
        yield ServiceHours(time(8), time(18))
    elif isinstance(value, Mapping):
        yield {}
        yield from ({key: other} for key, item in value.items() for other in others(item))
    elif isinstance(value, tuple | list | frozenset):
        yield type(value)()
    elif dataclasses.is_dataclass(value) and type(value) not in BOUND:
        for item in dataclasses.fields(value):
            for other in others(getattr(value, item.name)):
                yield dataclasses.replace(value, **{item.name: other})  # type: ignore[type-var]
