# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a program sent and nobody can read, told as problems: the field, what is wrong, what to write instead."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from recourse.core.problem import Problem, Problems
from recourse.core.text import Text

_WORDS: Mapping[str, tuple[str, Text, Text]] = {
    "missing": ("missing", Text("缺这一项。", "This is missing."), Text("请补上。", "Please add it.")),
    "extra_forbidden": (
        "unknown_field",
        Text("没有这个字段。", "There is no such field."),
        Text("删掉它，或看接口说明里的写法。", "Leave it out, or see how the API document writes it."),
    ),
    "enum": (
        "not_in_set",
        Text("这个值不在可选范围内。", "This value is not one of the choices."),
        Text("可选值见接口说明。", "The API document lists the choices."),
    ),
    "string_too_long": (
        "text_too_long",
        Text("写得太长。", "This is too long."),
        Text("请写短一些。", "Write less."),
    ),
    "json": (
        "not_json",
        Text("正文不是JSON。", "The body is not JSON."),
        Text("请发 application/json。", "Send application/json."),
    ),
}
_OTHER = (
    "not_understood",
    Text("这一项的写法不对。", "This is not written as it must be."),
    Text("写法见接口说明。", "The API document says how to write it."),
)
_SAME = {"literal_error": "enum", "string_type": "", "json_invalid": "json"}
# Where ninja says it found a value; a reader knows their own request.
_PLACES = frozenset({"body", "query", "path", "header", "form", "file", "data", "filters"})


def malformed(errors: Iterable[Mapping[str, Any]]) -> Problems:
    """The problems of a request that does not fit its shape, in its order."""
    found = [_problem(item) for item in errors]
    return Problems(tuple(dict.fromkeys(found)))


def unreadable(kind: str, field: str = "") -> Problems:
    """One problem of a request as a whole."""
    key, message, do = _WORDS.get(kind, _OTHER)
    return Problems((Problem(key, field, message, do),))


def unstorable(value: Any) -> bool:
    """Whether a text inside holds a NUL or half of a surrogate pair: no database takes the one, no bytes the other."""
    if isinstance(value, str):
        return re.search(r"[\x00\ud800-\udfff]", value) is not None
    if isinstance(value, Mapping):
        return any(unstorable(key) or unstorable(item) for key, item in value.items())
    return isinstance(value, list | tuple) and any(unstorable(item) for item in value)


def _problem(error: Mapping[str, Any]) -> Problem:
    kind = str(error.get("type", ""))
    key, message, do = _WORDS.get(_SAME.get(kind, kind), _OTHER)
    return Problem(key, _path(error.get("loc", ())), message, do)


def _path(places: Iterable[Any]) -> str:
    """`("body", "body", "terms", 0, "kind")` as `terms[0].kind`."""
    parts = list(places)
    # Where it was found, and for a body the name that its route gives it.
    for _ in range(2 if parts[:1] == ["body"] else 1):
        if len(parts) > 1 and parts[0] in _PLACES:
            parts.pop(0)
    written = ""
    for part in parts:
        written += f"[{part}]" if isinstance(part, int) else f".{part}" if written else str(part)
    return {"idempotency_key": "Idempotency-Key", "acts_for": "Recourse-For"}.get(written, written)[:200]
