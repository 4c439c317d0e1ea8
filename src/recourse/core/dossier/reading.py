# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reading a dossier's payload strictly: every file in its one form, nothing missing and nothing more.

Section 4 of docs/rules/evidence-chain.md says what each file holds; a fault names the file, and the line of a `.jsonl`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from recourse.core.canonical import Plain, canonical
from recourse.core.checkpoint.head import Checkpoint, read_checkpoint
from recourse.core.checkpoint.note import BadNote, Note, NoteKey, read_note
from recourse.core.checkpoint.policy import Policy, read_policy
from recourse.core.dossier import contents
from recourse.core.dossier.bag import PAYLOAD
from recourse.core.dossier.container import Bytes
from recourse.core.dossier.contents import Cover, ExhibitEntry, LeafEntry, PromiseEntry
from recourse.core.dossier.entries import event_of, exhibits_of, leaf_of, private_of, promise_of
from recourse.core.dossier.strict import (
    LABEL,
    TEXT,
    NotStrict,
    has_fields,
    is_count,
    is_text,
    lines_of,
    read_json,
)
from recourse.core.evidence import Link

REQUIRED = (
    contents.CASE,
    contents.EVENTS,
    contents.PRIVATE,
    contents.RULEBOOK,
    contents.EXHIBITS,
    contents.POLICY,
    contents.LEAVES,
    contents.PROMISES,
)
_MAY_BE = {contents.CHECKPOINT, contents.TIMESTAMP, contents.TIMESTAMP_CHAIN, contents.GUIDE}
_PDF = re.compile(r"data/dossier(-[1-9][0-9]{0,2})?\.pdf")
_NOTE = re.compile("[\x20-\x7e\n—]*")
# A larger log than this would not count exactly in every language.
_SIZE_DIGITS_MAX = 15


@dataclass(frozen=True, slots=True)
class Dossier:
    """A payload that is well-formed; whether it is true is not looked at yet."""

    cover: Cover
    links: tuple[Link, ...]
    shown: Mapping[int, Mapping[str, tuple[bytes, Plain]]]
    exhibits: tuple[ExhibitEntry, ...]
    policy: Policy
    leaves: tuple[LeafEntry, ...]
    promises: tuple[PromiseEntry, ...]
    note: Note | None
    checkpoint: Checkpoint | None


def read_dossier(number: str, files: Mapping[str, Bytes]) -> Dossier | tuple[str, ...]:
    """The payload of a bag (`files` by path below the root), or where it is not well-formed: each bad file once, in the order of the checks."""
    bad = [path for path in REQUIRED if path not in files]
    if bad:
        return tuple(bad)
    found: dict[str, Any] = {}
    readers: tuple[tuple[str, str, Callable[[str, Bytes], Any]], ...] = (
        ("cover", contents.CASE, lambda path, data: _cover(path, data, number)),
        ("links", contents.EVENTS, _links),
        ("shown", contents.PRIVATE, _private),
        ("rulebook", contents.RULEBOOK, _json),
        ("exhibits", contents.EXHIBITS, _exhibits),
        ("policy", contents.POLICY, _policy),
        ("leaves", contents.LEAVES, _leaves),
        ("promises", contents.PROMISES, lambda path, data: _rows(path, data, promise_of)),
        ("signed", contents.CHECKPOINT, _checkpoint),
    )
    for name, path, read in readers:
        try:
            found[name] = read(path, files[path]) if path in files else (None, None)
        except _Malformed as error:
            bad.append(str(error))
    if bad:
        return tuple(bad)
    del found["rulebook"]
    note, checkpoint = found.pop("signed")
    dossier = Dossier(**found, note=note, checkpoint=checkpoint)
    strays = tuple(
        path
        for path in sorted(files)
        if path.startswith(PAYLOAD) and path not in REQUIRED and not _belongs(path, dossier)
    )
    return strays or dossier


def read_policy_file(data: Bytes) -> Policy | None:
    """The policy of a JSON file, however it is laid out, or None when it holds none: the reader chose this file."""
    try:
        return _policy("", canonical(json.loads(bytes(data))))
    except (_Malformed, ValueError, RecursionError):
        return None


class _Malformed(ValueError):
    """A file is not well-formed; the message is the place."""


def _belongs(path: str, dossier: Dossier) -> bool:
    enclosed = {f"data/{item.file}" for item in dossier.exhibits if item.part == dossier.cover.part}
    return path in _MAY_BE or path in enclosed or _PDF.fullmatch(path) is not None


def _json(path: str, data: Bytes) -> Any:
    try:
        return read_json(data)
    except NotStrict:
        raise _Malformed(path) from None


def _rows(path: str, data: Bytes, read: Callable[[Any], Any]) -> tuple[Any, ...]:
    """One value a line, each read by `read`, which gives None for a value of the wrong shape."""
    rows = []
    for number, line in enumerate(lines_of(data), start=1):
        where = f"{path}:{number}"
        row = read(_json(where, line)) if line is not None else None
        if row is None:
            raise _Malformed(where)
        rows.append(row)
    return tuple(rows)


def _cover(path: str, data: Bytes, number: str) -> Cover:
    value = _json(path, data)
    names = tuple(item.name for item in fields(Cover))
    labels = ("case", "operator", "platform", "seat", "made_at")
    right = (
        has_fields(value, *names)
        and value["format"] == contents.FORMAT
        and value["number"] == number
        and all(is_text(value[name], LABEL) for name in labels)
        and isinstance(value["host"], str)
        and value["host"] != ""
        and is_text(value["software"], TEXT)
        and is_count(value["part"], least=1)
        and is_count(value["parts"], least=value["part"])
    )
    if not right:
        raise _Malformed(path)
    return Cover(**value)


def _links(path: str, data: Bytes) -> tuple[Link, ...]:
    links = _rows(path, data, event_of)
    if not links:
        raise _Malformed(path)
    return links


def _private(path: str, data: Bytes) -> dict[int, dict[str, tuple[bytes, Plain]]]:
    return dict(_ascending(path, _rows(path, data, private_of), lambda row: row[0]))


def _exhibits(path: str, data: Bytes) -> tuple[ExhibitEntry, ...]:
    found = exhibits_of(_json(path, data))
    if found is None:
        raise _Malformed(path)
    return found


def _leaves(path: str, data: Bytes) -> tuple[LeafEntry, ...]:
    return _ascending(path, _rows(path, data, leaf_of), lambda row: (row.version, row.no or 0))


def _ascending(path: str, rows: tuple[Any, ...], key: Callable[[Any], Any]) -> tuple[Any, ...]:
    for number in range(1, len(rows)):
        if not key(rows[number - 1]) < key(rows[number]):
            raise _Malformed(f"{path}:{number + 1}")
    return rows


def _policy(path: str, data: Bytes) -> Policy:
    value = _json(path, data)
    try:
        policy = read_policy(value)
    except BadNote:
        raise _Malformed(path) from None
    keys: list[NoteKey] = [*policy.log, *policy.receipt, *(item.key for item in policy.witnesses)]
    # ASCII alone: what counts as white space or as one letter differs between languages.
    if not is_text(policy.origin, LABEL) or not all(is_text(key.name, LABEL) for key in keys):
        raise _Malformed(path)
    return policy


def _checkpoint(path: str, data: Bytes) -> tuple[Note, Checkpoint]:
    try:
        note = read_plain_note(data)
        checkpoint = read_checkpoint(note.text)
    except BadNote:
        raise _Malformed(path) from None
    digits = note.text.split("\n")[1]
    if not is_text(checkpoint.origin, LABEL) or len(digits) > _SIZE_DIGITS_MAX:
        raise _Malformed(path)
    return note, checkpoint


def read_plain_note(data: Bytes) -> Note:
    """A signed note whose text and names are printable ASCII, but for the dash before a name. Raises BadNote."""
    note = read_note(bytes(data))
    if not _NOTE.fullmatch(note.write()) or not all(is_text(item.name, LABEL) for item in note.signatures):
        raise BadNote("only printable ASCII is taken here")
    return note
