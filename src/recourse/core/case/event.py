# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How an event declares itself: its public name and its personal fields, each with what stands there once erased.

Personal fields never enter the hash chain: the chain holds a salted commitment to each, the value is kept beside
it under a key of the case. No event can be declared without saying which of its fields are personal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar, dataclass_transform

from recourse.core.canonical import Plain

E = TypeVar("E")

EVENT_TYPES: dict[str, type] = {}
PERSONAL: dict[str, Mapping[str, Plain]] = {}


@dataclass_transform(frozen_default=True)
def event(*, personal: Mapping[str, Plain]) -> Callable[[type[E]], type[E]]:
    """Declare a frozen event. `personal` maps each personal field to the plain value that stands for it once erased."""

    def declare(cls: type[E]) -> type[E]:
        made: type[E] = dataclass(frozen=True, slots=True)(cls)
        unknown = set(personal) - {item.name for item in fields(made)}  # type: ignore[arg-type]
        if unknown:
            raise TypeError(f"{made.__name__} has no field {sorted(unknown)}")
        EVENT_TYPES[made.__name__] = made
        PERSONAL[made.__name__] = dict(personal)
        return made

    return declare
