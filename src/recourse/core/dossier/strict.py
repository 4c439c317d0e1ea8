# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reading JSON of which only one spelling counts: what is read, written again, gives the same bytes.

That alone refuses duplicate keys, floats, NaN, big integers, white space, unsorted keys, escapes that need not be and
unpaired surrogates: whatever two parsers could read differently.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from recourse.core.canonical import NotCanonical, canonical
from recourse.core.dossier.container import Bytes

# Deeper than anything of ours, and far from where a parser gives up.
DEPTH_MAX = 64

# `[0-9]`, never `\d`: that would take the digits of every script.
HEX64 = re.compile(r"[0-9a-f]{64}")
SALT = re.compile(r"(?:[0-9a-f]{2}){16,64}")
LABEL = re.compile(r"[\x21-\x7e]{1,200}")
TEXT = re.compile(r"[\x20-\x7e]{1,200}")


class NotStrict(ValueError):
    """These bytes are not the one spelling of a value."""


def read_json(data: Bytes) -> Any:
    """The value of canonical bytes. Raises NotStrict."""
    raw = bytes(data)
    try:
        value = json.loads(raw.decode("utf-8"))
        if canonical(value) != raw or depth_of(value) > DEPTH_MAX:
            raise NotStrict
    except (ValueError, RecursionError, NotCanonical):
        raise NotStrict from None
    return value


def lines_of(data: Bytes) -> Iterator[bytes | None]:
    """The lines of a text without their line feeds; None for a last line that has none."""
    *whole, rest = bytes(data).split(b"\n")
    yield from whole
    if rest:
        yield None


def depth_of(value: Any) -> int:
    """How deep lists and objects lie in one another; 0 for a plain leaf."""
    deepest, level = 0, [value]
    while level := [item for item in level if isinstance(item, dict | list)]:
        deepest += 1
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
    return deepest


def same(left: object, right: object) -> bool:
    """Equal and of one type: `True` is no 1 here, as it is none in JSON."""
    return type(left) is type(right) and left == right


def is_text(value: object, form: re.Pattern[str]) -> bool:
    """Whether a value is a text of this form, from its first character to its last."""
    return isinstance(value, str) and form.fullmatch(value) is not None


def is_count(value: object, *, least: int) -> bool:
    """Whether a value is an integer (and no boolean) of at least `least`."""
    return type(value) is int and value >= least


def has_fields(value: object, *names: str) -> bool:
    """Whether a value is an object with these fields and no others."""
    return isinstance(value, dict) and value.keys() == set(names)
