# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Problem is a refusal as a value: what is wrong, where, and what to do, in both languages.

Every pass returns all its problems at once, so that a person corrects a form or a file in one go.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from recourse.core.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `key` is stable and meant for programs, `field` says where (a form field or a path such as
    `problems[2].evidence.needed[0]`; empty when the whole request is meant), `do` says what helps.
    """

    key: str
    field: str
    message: Text
    do: Text


@dataclass(frozen=True, slots=True)
class Problems:
    """A refusal: at least one Problem, in the order of the input."""

    items: tuple[Problem, ...]

    def __post_init__(self) -> None:
        if not self.items:
            raise ValueError("a refusal names at least one problem")

    def keys(self) -> tuple[str, ...]:
        """The keys alone, for programs and tests."""
        return tuple(item.key for item in self.items)


def plain_problem(item: Problem) -> dict[str, Any]:
    """The fixed shape of a refusal's item."""
    return {
        "key": item.key,
        "field": item.field,
        "message": {"zh": item.message.zh, "en": item.message.en},
        "do": {"zh": item.do.zh, "en": item.do.en},
    }


def refuse(key: str, *, zh: str, en: str, do_zh: str, do_en: str, field: str = "") -> Problems:
    """A refusal with a single problem."""
    return Problems((Problem(key, field, Text(zh, en), Text(do_zh, do_en)),))


def gather(found: Iterable[Problem]) -> Problems | None:
    """All problems as one refusal, or None when there is none."""
    items = tuple(found)
    return Problems(items) if items else None
