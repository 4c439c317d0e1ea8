# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How an event declares itself: its public name and its personal fields, each with what stands there once erased.

Personal fields never enter the hash chain: the chain holds a salted commitment to each, the value is kept beside
it under a key of the case. No event can be declared without saying which of its fields are personal. Personal is what
is somebody's own, and what one side may read and the other may not: a record that is handed on opens the commitments
that its reader may read (`core.disclosure`), and its public bodies are for everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, dataclass_transform

from recourse.core.canonical import Plain

E = TypeVar("E")

EVENT_TYPES: dict[str, type] = {}
PERSONAL: dict[str, Mapping[str, Plain]] = {}
# Of events that are personal at times: when, and which of their fields always are.
_AT_TIMES: dict[str, tuple[Callable[[Any], bool], Mapping[str, Plain]]] = {}


@dataclass_transform(frozen_default=True)
def event(
    *,
    personal: Mapping[str, Plain],
    at_times: Mapping[str, Plain] | None = None,
    when: Callable[[Any], bool] | None = None,
) -> Callable[[type[E]], type[E]]:
    """Declare a frozen event. `personal` maps each personal field to the plain value that stands for it once erased.

    Those of `at_times` are personal in the events for which `when` holds, and public in all others.
    """

    def declare(cls: type[E]) -> type[E]:
        made: type[E] = dataclass(frozen=True, slots=True)(cls)
        erased = {**personal, **(at_times or {})}
        unknown = set(erased) - {item.name for item in fields(made)}  # type: ignore[arg-type]
        if unknown:
            raise TypeError(f"{made.__name__} has no field {sorted(unknown)}")
        EVENT_TYPES[made.__name__] = made
        PERSONAL[made.__name__] = erased
        if when is not None:
            _AT_TIMES[made.__name__] = when, dict(personal)
        return made

    return declare


def personal_fields(event: object) -> Mapping[str, Plain]:
    """The personal fields of this very event, each with what stands there once erased."""
    kind = type(event).__name__
    when, always = _AT_TIMES.get(kind, (None, {}))
    return PERSONAL[kind] if when is None or when(event) else always
