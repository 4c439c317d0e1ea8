# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the playbook's types say about themselves: docstrings and trailing comments, read from their source.

The schema and the reference page take their words from here, so a comment in the types is documentation.
"""

import ast
import inspect
from dataclasses import Field, dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from recourse.core.playbook.types import Playbook
from recourse.core.shape import closed_set, hints_of, is_required, optional_of


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of a shape: its name, declared type, whether a file must state it, and what its comment says."""

    item: "Field[Any]"
    hint: Any
    required: bool
    note: str

    @property
    def name(self) -> str:
        return self.item.name


def shapes() -> tuple[type, ...]:
    """All shapes of a playbook's file, from the whole to its parts, each once."""
    found: dict[type, None] = {}
    _collect(Playbook, found)
    return tuple(found)


def words_of(shape: type) -> tuple[FieldWords, ...]:
    """The fields of a shape in their order, with the comment that stands behind each."""
    hints, notes = hints_of(shape), _notes(shape)
    return tuple(
        FieldWords(item, hints[item.name], is_required(item), notes.get(item.name, ""))
        for item in fields(shape)
    )


def summary_of(shape: type) -> str:
    """A shape's docstring as one paragraph."""
    return " ".join(inspect.cleandoc(shape.__doc__ or "").split())


def parts_of(hint: Any) -> tuple[Any, ...]:
    """The types inside a list or group, or the type itself."""
    hint = optional_of(hint)
    # Annotated and Literal have arguments that are no types.
    if get_origin(hint) in (Annotated, Literal) or closed_set(hint):
        return (hint,)
    inner = tuple(item for item in get_args(hint) if item is not Ellipsis)
    return tuple(part for item in inner for part in parts_of(item)) or (hint,)


def _collect(shape: type, found: dict[type, None]) -> None:
    if shape in found:
        return
    found[shape] = None
    for hint in hints_of(shape).values():
        for part in parts_of(hint):
            if is_dataclass(part) and isinstance(part, type):
                _collect(part, found)


@cache
def _notes(shape: type) -> dict[str, str]:
    source = inspect.getsource(shape)
    lines = source.splitlines()
    notes: dict[str, str] = {}
    body = ast.parse(source).body[0]
    assert isinstance(body, ast.ClassDef)
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            rest = lines[(node.end_lineno or node.lineno) - 1].encode()[node.end_col_offset or 0 :].decode()
            _, mark, note = rest.partition("#")
            if mark:
                notes[node.target.id] = note.strip()
    return notes
