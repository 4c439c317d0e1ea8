# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One row of a dossier's files each: the value it stands for, or None when it has not exactly its fields and forms."""

import re
from dataclasses import fields
from typing import Any

from recourse.core.canonical import Plain
from recourse.core.checkpoint.note import SIGNATURE_SIZE, BadNote, decode
from recourse.core.dossier.contents import ExhibitEntry, Form, LeafEntry, PromiseEntry
from recourse.core.dossier.strict import HEX64, LABEL, SALT, TEXT, has_fields, is_count, is_text
from recourse.core.evidence import Link
from recourse.core.merkle import HASH_SIZE, PROOF_MAX

_PAGE = r"-page[1-9][0-9]{0,3}"
_EXTENSION = r"\.[a-z0-9]{1,8}"


def event_of(value: Any) -> Link | None:
    """A line of events.jsonl."""
    right = (
        has_fields(value, *_names(Link))
        and all(is_text(value[name], LABEL) for name in ("case", "type", "at"))
        and is_count(value["version"], least=1)
        and isinstance(value["actor"], dict)
        and all(isinstance(item, str) for item in value["actor"].values())
        and isinstance(value["body"], dict)
        and isinstance(value["commitments"], dict)
        and all(is_text(item, HEX64) for item in value["commitments"].values())
        and is_text(value["previous"], HEX64)
        and is_text(value["hash"], HEX64)
    )
    return Link(**value) if right else None


def private_of(value: Any) -> tuple[int, dict[str, tuple[bytes, Plain]]] | None:
    """A line of private.jsonl: the version, and salt and value of each field."""
    right = (
        has_fields(value, "version", "fields")
        and is_count(value["version"], least=1)
        and isinstance(value["fields"], dict)
        and value["fields"]
        and all(
            has_fields(item, "salt", "value") and is_text(item["salt"], SALT)
            for item in value["fields"].values()
        )
    )
    if not right:
        return None
    opened = {name: (bytes.fromhex(item["salt"]), item["value"]) for name, item in value["fields"].items()}
    return value["version"], opened


def exhibits_of(value: Any) -> tuple[ExhibitEntry, ...] | None:
    """The list of exhibits.json, in its order: by number, form and file, each once."""
    if not isinstance(value, list):
        return None
    rows: list[ExhibitEntry] = []
    for item in value:
        row = _exhibit(item)
        if row is None or (rows and not _place(rows[-1]) < _place(row)):
            return None
        rows.append(row)
    return tuple(rows)


def leaf_of(value: Any) -> LeafEntry | None:
    """A line of leaves.jsonl."""
    right = (
        has_fields(value, *_names(LeafEntry))
        and is_count(value["version"], least=1)
        and (value["no"] is None or is_count(value["no"], least=1))
        and isinstance(value["data"], dict)
        # A head has a salt and no number; an exhibit has a number and no salt of its own.
        and (is_text(value["salt"], SALT) if value["no"] is None else value["salt"] is None)
        and isinstance(value["path"], list)
        and len(value["path"]) <= PROOF_MAX
        and all(is_base64(item, size=HASH_SIZE) for item in value["path"])
        and (not value["path"] if value["index"] is None else is_count(value["index"], least=0))
    )
    return LeafEntry(**{**value, "path": tuple(value["path"])}) if right else None


def promise_of(value: Any) -> PromiseEntry | None:
    """A line of promises.jsonl."""
    right = (
        has_fields(value, *_names(PromiseEntry))
        and is_text(value["leaf"], HEX64)
        and is_text(value["at"], LABEL)
        and is_text(value["origin"], LABEL)
        and is_base64(value["signature"], size=SIGNATURE_SIZE)
    )
    return PromiseEntry(**value) if right else None


def is_base64(value: object, *, size: int) -> bool:
    """Whether a value is the one base64 spelling of this many bytes."""
    if not isinstance(value, str):
        return False
    try:
        decode(value, size=size)
    except BadNote:
        return False
    return True


def _exhibit(value: Any) -> ExhibitEntry | None:
    right = (
        has_fields(value, *_names(ExhibitEntry))
        and is_count(value["no"], least=1)
        and is_count(value["version"], least=1)
        and is_count(value["size"], least=0)
        and is_text(value["kind"], LABEL)
        and is_text(value["media_type"], TEXT)
        and isinstance(value["form"], str)
        and value["form"] in list(Form)
        and (_names_no_file(value) if value["form"] == Form.withheld else _names_file(value))
    )
    return ExhibitEntry(**{**value, "form": Form(value["form"])}) if right else None


def _names_no_file(value: dict[str, Any]) -> bool:
    return value["file"] is None and value["digest"] is None and value["part"] is None


def _names_file(value: dict[str, Any]) -> bool:
    middle = _PAGE if value["form"] == Form.page else f"-{value['form']}"
    form = re.compile(f"exhibits/{value['no']:03d}{middle}{_EXTENSION}")
    return (
        is_text(value["file"], form) and is_text(value["digest"], HEX64) and is_count(value["part"], least=1)
    )


def _place(entry: ExhibitEntry) -> tuple[int, int, str]:
    return entry.no, list(Form).index(entry.form), entry.file or ""


def _names(kind: type[Link | ExhibitEntry | LeafEntry | PromiseEntry]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))
