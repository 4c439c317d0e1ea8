# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The container: a zip of which every byte follows from the names and the contents of its members.

Stored members (no compression), sorted by name, each once, no dates, no attributes, nothing before, between or after
(docs/rules/evidence-chain.md, section 2). So there is nothing in the file that two programs could read differently,
and a reader finds the first byte that is not as it must be. Layout after APPNOTE 6.3.9, 4.3.7, 4.3.12 and 4.3.16.
"""

import re
from binascii import crc32
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

# Letters, digits, dot, underscore, hyphen; no part starts with a dot, so that no path leaves its folder.
_NAME = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,64}")
NAME_BYTES_MAX = 240
MEMBERS_MAX = 0xFFFF
BYTES_MAX = 0xFFFFFFFF

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
# Version 2.0, flag "names are UTF-8", method stored, time 0, date 1980-01-01.
_PLAIN = b"\x14\x00\x00\x08\x00\x00\x00\x00\x21\x00"
_MADE_BY = b"\x14\x00"
_LOCAL_BYTES, _CENTRAL_BYTES, _END_BYTES = 30, 46, 22

Bytes = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The container is not as it must be; `at` is the offset of the first byte that differs."""

    at: int


class NotContainable(ValueError):
    """A name or a size has no place in a container; the message says which."""


def pieces(names: Iterable[str], read: Callable[[str], Bytes]) -> Iterator[Bytes]:
    """The container in pieces, each member read once and in the order of the names.

    `read` gives a member's bytes. Raises NotContainable for a name outside the allowed letters, for two equal names,
    and beyond 65,535 members or 4 GiB less one byte: such a dossier is split beforehand.
    """
    directory: list[bytes] = []
    offset, count = 0, 0
    for name in sorted(encoded(name) for name in names):
        if directory and directory[-1][_CENTRAL_BYTES:] == name:
            raise NotContainable(f"{name.decode()} occurs twice")
        content = read(name.decode())
        about = _about(crc32(content), len(content), name)
        yield _LOCAL + _PLAIN + about + name
        yield content
        directory.append(_entry(about, name, offset))
        offset, count = offset + _LOCAL_BYTES + len(name) + len(content), count + 1
        if count > MEMBERS_MAX or offset > BYTES_MAX:
            raise NotContainable("more than 65,535 members or 4 GiB: split the dossier")
    tail = b"".join(directory)
    if offset + len(tail) + _END_BYTES > BYTES_MAX:
        raise NotContainable("more than 4 GiB: split the dossier")
    yield tail + _end(count, len(tail), offset)


def length(sizes: Mapping[str, int]) -> int:
    """Bytes of the container of members of these sizes, before any of them is read. Raises NotContainable, see `pieces`."""
    names = [len(encoded(name)) for name in sizes]
    whole = sum(sizes.values()) + 2 * sum(names) + (_LOCAL_BYTES + _CENTRAL_BYTES) * len(names) + _END_BYTES
    if len(names) > MEMBERS_MAX or whole > BYTES_MAX:
        raise NotContainable("more than 65,535 members or 4 GiB: split the dossier")
    return whole


def container(files: Mapping[str, Bytes]) -> bytes:
    """The whole container of files by name. Raises NotContainable, see `pieces`."""
    return b"".join(pieces(files, files.__getitem__))


def is_number(text: str) -> bool:
    """Whether a text may be the name of a bag's folder: a case's number."""
    return _NUMBER.fullmatch(text) is not None


def encoded(name: str) -> bytes:
    """A member's name as it is written. Raises NotContainable when it is not allowed."""
    found = name.encode("utf-8", "replace")
    if len(found) > NAME_BYTES_MAX or not _NAME.fullmatch(found):
        raise NotContainable(f"{name!r} is no name for a member")
    return found


def read(data: Bytes) -> dict[str, memoryview] | Unreadable:
    """The members by name, in their order, or the first byte that is not as it must be. Copies nothing."""
    view = memoryview(data)
    if len(view) > BYTES_MAX:
        return Unreadable(BYTES_MAX)
    files: dict[str, memoryview] = {}
    directory: list[bytes] = []
    at, last = 0, b""
    while not directory or view[at : at + 4] != _CENTRAL:
        member = _member(view, at, last)
        if isinstance(member, int):
            return Unreadable(member)
        name, content, about = member
        if len(directory) == MEMBERS_MAX:
            return Unreadable(at)
        files[name.decode()] = content
        directory.append(_entry(about, name, at))
        at, last = at + _LOCAL_BYTES + len(name) + len(content), name
    tail = b"".join(directory)
    expected = tail + _end(len(directory), len(tail), at)
    differs = _first_difference(view[at:], expected)
    return files if differs is None else Unreadable(at + differs)


def _member(view: memoryview, at: int, last: bytes) -> tuple[bytes, memoryview, bytes] | int:
    """Name, content and the header's variable part of the member at an offset, or the offset of what is wrong."""
    head = bytes(view[at : at + _LOCAL_BYTES])
    differs = _first_difference(head[:14], _LOCAL + _PLAIN)
    if differs is not None:
        return at + differs
    if len(head) < _LOCAL_BYTES:
        return len(view)
    about = head[14:]
    differs = _first_difference(about[8:12], about[4:8])
    if differs is not None:
        return at + 22 + differs
    size, length = int.from_bytes(about[4:8], "little"), int.from_bytes(about[12:14], "little")
    if not 0 < length <= NAME_BYTES_MAX:
        return at + 26
    differs = _first_difference(about[14:16], b"\0\0")
    if differs is not None:
        return at + 28 + differs
    begin = at + _LOCAL_BYTES + length
    if begin + size > len(view):
        return len(view)
    name = bytes(view[at + _LOCAL_BYTES : begin])
    if name <= last or not _NAME.fullmatch(name):
        return at + _LOCAL_BYTES
    content = view[begin : begin + size]
    differs = _first_difference(about[:4], crc32(content).to_bytes(4, "little"))
    return (name, content, about) if differs is None else at + 14 + differs


def _about(crc: int, size: int, name: bytes) -> bytes:
    """CRC-32, size twice, length of the name, no extra field: what both headers of a member say."""
    return _u32(crc) + _u32(size) * 2 + _u16(len(name)) + b"\0\0"


def _entry(about: bytes, name: bytes, offset: int) -> bytes:
    """The directory's entry: no comment, disk 0, no attributes, where the member begins."""
    return _CENTRAL + _MADE_BY + _PLAIN + about + bytes(10) + _u32(offset) + name


def _end(count: int, size: int, offset: int) -> bytes:
    return _END + bytes(4) + _u16(count) * 2 + _u32(size) + _u32(offset) + bytes(2)


def _first_difference(found: Bytes, expected: Bytes) -> int | None:
    if found == expected:
        return None
    for index in range(min(len(found), len(expected))):
        if found[index] != expected[index]:
            return index
    return min(len(found), len(expected))


def _u16(value: int) -> bytes:
    return value.to_bytes(2, "little")


def _u32(value: int) -> bytes:
    if value > BYTES_MAX:
        raise NotContainable("more than 4 GiB: split the dossier")
    return value.to_bytes(4, "little")
