# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A shape is a frozen dataclass used as the description of a data file: `read` turns plain values into it.

The reader looks only at the types, so that a file, its JSON schema and its reference page cannot disagree.
It reports every problem at once, each with the path of the value that is wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from recourse.core.problem import Problem
from recourse.core.text import Text

Shape = TypeVar("Shape")
_ABSENT = object()
# The type of `int | None`; its module is not one that the core may import.
_UNION = type(int | None)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a string must look like: put it into `Annotated[str, Pattern(...)]`. `like` shows a correct example."""

    regex: str
    like: str


def read(shape: type[Shape], plain: object, *, path: str = "") -> tuple[Shape | None, tuple[Problem, ...]]:
    """Read a plain mapping into `shape`. Returns the value, or None with at least one Problem.

    A file never states a field that the shape does not have: an unknown key is refused, with the nearest known one.
    """
    found: list[Problem] = []
    value = _read(shape, plain, path, found)
    return (None if found else cast("Shape", value)), tuple(found)


@cache
def hints_of(shape: type) -> Mapping[str, Any]:
    """The types of a shape's fields, with their annotations."""
    return get_type_hints(shape, include_extras=True)


def closed_set(hint: Any) -> tuple[str, ...]:
    """The values that a closed-set type allows; empty when the type is not a closed set."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return tuple(item.value for item in hint)
    return tuple(get_args(hint)) if get_origin(hint) is Literal else ()


def optional_of(hint: Any) -> Any:
    """The T of `T | None`, or the type itself."""
    if get_origin(hint) in (Union, type(int | str)):  # written Union[…] or with a bar
        (inner,) = (item for item in get_args(hint) if item is not type(None))
        return inner
    return hint


def is_required(item: "Field[Any]") -> bool:
    """Whether a file must state this field."""
    return item.default is MISSING and item.default_factory is MISSING


def nearest(word: str, known: tuple[str, ...]) -> str:
    """The known word closest to `word`, or an empty string when none is near enough to be meant."""
    ranked = sorted((_distance(word.lower(), item.lower()), item) for item in known)
    if not ranked or ranked[0][0] > max(2, len(word) // 3):
        return ""
    return ranked[0][1]


def _read(hint: Any, plain: object, path: str, found: list[Problem]) -> object:
    hint = optional_of(hint)
    if closed_set(hint):
        return _read_choice(hint, plain, path, found)
    if get_origin(hint) is Annotated:
        text = _read_str(plain, path, found)
        return _match(text, get_args(hint)[1], path, found)
    if get_origin(hint) is tuple:
        return _read_list(get_args(hint)[0], plain, path, found)
    if get_origin(hint) is Mapping:
        key_hint, inner = get_args(hint)
        return _read_mapping(key_hint, inner, plain, path, found)
    if is_dataclass(hint):
        return _read_dataclass(cast("type", hint), plain, path, found)
    if hint is str:
        return _read_str(plain, path, found)
    if hint is date:
        return _read_date(plain, path, found)
    if type(plain) is not hint:
        kinds = {
            bool: ("true 或 false", "true or false"),
            int: ("整数", "a whole number"),
        }
        _wrong_type(path, *kinds[hint], found)
    return plain


def _read_dataclass(shape: type, plain: object, path: str, found: list[Problem]) -> object:
    if not isinstance(plain, Mapping):
        _wrong_type(path, "一组键和值", "a group of keys and values", found)
        return None
    hints = hints_of(shape)
    known = tuple(item.name for item in fields(shape))
    for key in plain:
        if key not in known:
            _unknown_key(str(key), known, _under(path, str(key)), found)
    values: dict[str, object] = {}
    for item in fields(shape):
        given = plain.get(item.name, _ABSENT)
        where = _under(path, item.name)
        if given is _ABSENT or (given is None and not is_required(item)):
            if is_required(item):
                _missing_key(item.name, where, found)
            continue
        values[item.name] = _read(hints[item.name], given, where, found)
        if (is_required(item) or shape is Text) and values[item.name] == "":
            _empty(where, found)
    # A half-read value is never built: the caller sees the problems and no value.
    return None if found else shape(**values)


def _read_list(inner: Any, plain: object, path: str, found: list[Problem]) -> object:
    if not isinstance(plain, list | tuple):
        _wrong_type(path, "一个列表", "a list", found)
        return ()
    return tuple(_read(inner, item, f"{path}[{index}]", found) for index, item in enumerate(plain))


def _read_mapping(key_hint: Any, inner: Any, plain: object, path: str, found: list[Problem]) -> object:
    if not isinstance(plain, Mapping):
        _wrong_type(path, "一组键和值", "a group of keys and values", found)
        return {}
    values: dict[object, object] = {}
    for key, item in plain.items():
        where = _under(path, str(key))
        known = _read(key_hint, str(key), where, found) if closed_set(key_hint) else str(key)
        values[known] = _read(inner, item, where, found)
    return values


def _read_str(plain: object, path: str, found: list[Problem]) -> str:
    if isinstance(plain, str):
        return plain.strip()
    if isinstance(plain, bool | int | float):
        _add(
            found,
            "quote_it",
            path,
            (
                f"{plain} 会被当成数字或真假值，这里要文字",
                f"{plain} reads as a number or a truth value; text is wanted",
            ),
            (f'写成 "{plain}"', f'write "{plain}"'),
        )
    else:
        _wrong_type(path, "一句文字", "a text", found)
    return "?"


def _read_date(plain: object, path: str, found: list[Problem]) -> object:
    try:
        return plain if type(plain) is date else date.fromisoformat(str(plain))
    except ValueError:
        _wrong_type(path, "一个日期，如 2026-04-15", "a date such as 2026-04-15", found)
        return None


def _read_choice(hint: Any, plain: object, path: str, found: list[Problem]) -> object:
    allowed = closed_set(hint)
    if not isinstance(plain, str) or plain not in allowed:
        near = nearest(str(plain), allowed)
        _add(
            found,
            "not_in_set",
            path,
            (f"「{plain}」不在可选范围内", f"“{plain}” is not one of the choices"),
            (
                f"是不是想写 {near}？可选：{'、'.join(allowed)}" if near else f"可选：{'、'.join(allowed)}",
                f"Did you mean {near}? Choices: {', '.join(allowed)}"
                if near
                else f"Choices: {', '.join(allowed)}",
            ),
        )
        return None
    return hint(plain) if isinstance(hint, type) else plain


def _match(text: str, pattern: Pattern, path: str, found: list[Problem]) -> str:
    if text and text != "?" and re.fullmatch(pattern.regex, text) is None:
        _add(
            found,
            "bad_form",
            path,
            (f"「{text}」的写法不对", f"“{text}” is not written correctly"),
            (
                f"正确的写法像这样：{pattern.like}",
                f"A correct one looks like this: {pattern.like}",
            ),
        )
    return text


def _under(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _unknown_key(key: str, known: tuple[str, ...], path: str, found: list[Problem]) -> None:
    near = nearest(key, known)
    _add(
        found,
        "unknown_key",
        path,
        (f"不认识的键「{key}」", f"Unknown key “{key}”"),
        (
            f"是不是想写 {near}？" if near else f"这里可以写：{'、'.join(known)}",
            f"Did you mean {near}?" if near else f"Known here: {', '.join(known)}",
        ),
    )


def _missing_key(key: str, path: str, found: list[Problem]) -> None:
    _add(
        found,
        "missing_key",
        path,
        (f"缺少「{key}」", f"“{key}” is missing"),
        (f"补上 {key}", f"Add {key}"),
    )


def _empty(path: str, found: list[Problem]) -> None:
    _add(
        found,
        "empty_text",
        path,
        ("这里不能为空", "This may not be empty"),
        ("写上内容", "Write something here"),
    )


def _wrong_type(path: str, zh: str, en: str, found: list[Problem]) -> None:
    _add(
        found,
        "wrong_type",
        path,
        (f"这里应当是{zh}", f"This should be {en}"),
        (f"改成{zh}", f"Change it to {en}"),
    )


def _add(
    found: list[Problem],
    key: str,
    path: str,
    message: tuple[str, str],
    do: tuple[str, str],
) -> None:
    found.append(Problem(key, path, Text(*message), Text(*do)))


def _distance(one: str, other: str) -> int:
    # Levenshtein distance by rows; keys are short, so the plain quadratic form is enough.
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, previous + (a != b)),
            )
    return row[-1]
