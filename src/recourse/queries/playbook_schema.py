# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The JSON schema of `playbook.yaml`, generated from the types, for editors that check while one writes."""

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from typing import Annotated, Any, get_args, get_origin

from recourse.core.playbook.types import Playbook
from recourse.core.shape import closed_set, optional_of
from recourse.queries.playbook_words import FieldWords, shapes, summary_of, words_of

Schema = dict[str, Any]


def playbook_schema() -> Schema:
    """The schema, JSON Schema draft 2020-12. It holds the shape; `playbook check` also holds the references."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Playbook",
        "$ref": f"#/$defs/{Playbook.__name__}",
        "$defs": {shape.__name__: _shape(shape) for shape in shapes()},
    }


def playbook_schema_text() -> str:
    """The schema as it is checked in: two spaces, one line feed at the end."""
    return json.dumps(playbook_schema(), ensure_ascii=False, indent=2) + "\n"


def _shape(shape: type) -> Schema:
    words = words_of(shape)
    return {
        "type": "object",
        "description": summary_of(shape),
        "properties": {item.name: _field(item) for item in words},
        "required": [item.name for item in words if item.required],
        "additionalProperties": False,
    }


def _field(item: FieldWords) -> Schema:
    schema = _type(item.hint, required=item.required)
    if not item.required:
        # A field that may be left out may also be left empty.
        schema = {"anyOf": [schema, {"type": "null"}]}
    if item.note:
        schema = {**schema, "description": item.note}
    return schema


def _type(hint: Any, *, required: bool = True) -> Schema:
    hint = optional_of(hint)
    if closed_set(hint):
        return {"enum": list(closed_set(hint))}
    if get_origin(hint) is Annotated:
        pattern = get_args(hint)[1].regex
        return {"type": "string", "pattern": f"^(?:{pattern})$" if required else f"^(?:{pattern})?$"}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _type(get_args(hint)[0])}
    if get_origin(hint) is Mapping:
        return {"type": "object", "additionalProperties": _type(get_args(hint)[1])}
    if is_dataclass(hint) and isinstance(hint, type):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    plain: dict[type, Schema] = {
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        str: {"type": "string", "minLength": 1} if required else {"type": "string"},
    }
    return plain[hint]
