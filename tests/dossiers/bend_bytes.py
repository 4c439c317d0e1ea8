# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Ways to bend bytes: any bytes, texts, lines, JSON that parsers read differently, and the tricks of zip files."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

Bend = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    """One bit."""
    if not data:
        return b"\0"
    at, bit = chance.randrange(len(data)), chance.randrange(8)
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    begin = chance.randrange(len(data) + 1)
    return begin, min(len(data), begin + chance.choice((1, 2, 7, 64, 300)))


def cut_out(data: bytes, chance: random.Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:begin] + data[end:]


def put_in(data: bytes, chance: random.Random) -> bytes:
    begin, _ = _span(data, chance)
    return data[:begin] + chance.randbytes(chance.choice((1, 2, 30))) + data[begin:]


def double(data: bytes, chance: random.Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:end] + data[begin:end] + data[end:]


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def swap(data: bytes, chance: random.Random) -> bytes:
    if len(data) < 4:
        return data[::-1]
    a, b = sorted(chance.sample(range(len(data)), 2))
    return data[:a] + data[b : b + 1] + data[a + 1 : b] + data[a : a + 1] + data[b + 1 :]


def append(data: bytes, chance: random.Random) -> bytes:
    return data + chance.choice((b"\0", b"\n", b"PK\x05\x06", b" ", b"x" * 100))


def prepend(data: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"\0", b"\n", b"#!/bin/sh\n", b"\xef\xbb\xbf", b"MZ")) + data


ALL: tuple[Bend, ...] = (flip, flip, cut_out, put_in, double, truncate, swap, append, prepend)


def crlf(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", b"\r\n")


def no_last_line_feed(data: bytes, chance: random.Random) -> bytes:
    return data.removesuffix(b"\n")


def upper(data: bytes, chance: random.Random) -> bytes:
    return data.upper()


def wider(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"  ", b" *") if chance.random() < 0.5 else data.replace(b" ", b"\t")


def other_digit(data: bytes, chance: random.Random) -> bytes:
    digits = [match.start() for match in re.finditer(rb"[0-9]", data)]
    if not digits:
        return data
    at = chance.choice(digits)
    return data[:at] + b"%d" % chance.randrange(10) + data[at + 1 :]


def foreign_letters(data: bytes, chance: random.Random) -> bytes:
    return data.replace(
        chance.choice((b"e", b"a", b"1")),
        chance.choice(("é", "ａ", "\u202e", "\u00a0", "\u0085", "１")).encode(),
        1,
    )


TEXTS: tuple[Bend, ...] = (crlf, no_last_line_feed, upper, wider, other_digit, foreign_letters)


def _bend_lines(data: bytes, change: Callable[[list[bytes]], None]) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        change(lines)
    return b"".join(lines)


def drop_line(data: bytes, chance: random.Random) -> bytes:
    return _bend_lines(data, lambda lines: lines.pop(chance.randrange(len(lines))) and None)


def double_line(data: bytes, chance: random.Random) -> bytes:
    return _bend_lines(data, lambda lines: lines.insert(chance.randrange(len(lines)), chance.choice(lines)))


def swap_lines(data: bytes, chance: random.Random) -> bytes:
    def change(lines: list[bytes]) -> None:
        a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]

    return _bend_lines(data, change)


def keep_first_lines(data: bytes, chance: random.Random) -> bytes:
    return b"".join(data.splitlines(keepends=True)[: chance.randrange(3)])


def empty_line(data: bytes, chance: random.Random) -> bytes:
    return _bend_lines(data, lambda lines: lines.insert(chance.randrange(len(lines) + 1), b"\n"))


LINES: tuple[Bend, ...] = (drop_line, double_line, swap_lines, keep_first_lines, empty_line)


def _after(data: bytes, pattern: bytes, new: bytes, chance: random.Random) -> bytes:
    places = [match.start() for match in re.finditer(pattern, data)]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + re.sub(pattern, lambda _: new, data[at:], count=1)


def white_space(data: bytes, chance: random.Random) -> bytes:
    return _after(data, rb'":', chance.choice((b'" :', b'": ', b'":\t')), chance)


def double_key(data: bytes, chance: random.Random) -> bytes:
    key = chance.choice(
        (b'"version":1,', b'"no":1,', b'"hash":"x",', b'"case":"x",', b'"__proto__":{},', b'"at":"x",')
    )
    return _after(data, rb"\{", b"{" + key, chance)


def other_number(data: bytes, chance: random.Random) -> bytes:
    new = chance.choice(
        (b"1.0", b"1e0", b"1.5", b"9007199254740992", b"9007199254740993", b"-0", b"01", b"+1", b"1E400", b"9" * 5000, b"0x1",
         b"NaN", b"Infinity", b"-Infinity", "１".encode(), "٣".encode())
    )  # fmt: skip
    return _after(data, rb"(?<=:)-?[0-9]+(?=[,}])", new, chance)


def other_text(data: bytes, chance: random.Random) -> bytes:
    new = chance.choice(
        (b'"\\ud800', b'"\\udc00x', b'"\\ud83d\\ude00', b'"\\u0041', b'"\\/', b'"\\u00e9', b'"\xff', b'"\xc0\x80', b'"\xed\xa0\x80',
         b'"\x01', b'"\x7f', b'"\\x41', b'"\\u2028', b'"\\u001F', b'"\\b\\u0008')
    )  # fmt: skip
    return _after(data, rb'"(?=[a-z0-9])', new, chance)


def byte_order_mark(data: bytes, chance: random.Random) -> bytes:
    return b"\xef\xbb\xbf" + data


def line_feed_after(data: bytes, chance: random.Random) -> bytes:
    return data + chance.choice((b"\n", b" ", b"\0", b"{}"))


def deep(data: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((62, 63, 64, 65, 66, 200, 990, 1100, 5000, 100_000))
    return _after(data, rb"(?<=:)(\[\]|[0-9]+)(?=[,}])", b"[" * depth + b"]" * depth, chance)


def foreign_key(data: bytes, chance: random.Random) -> bytes:
    return _after(data, rb'\{"', '{"Å":0,"'.encode(), chance)


def literal(data: bytes, chance: random.Random) -> bytes:
    return _after(
        data,
        rb"(?<=[:,\[])(null|true|[0-9]+)(?=[,}\]])",
        chance.choice((b"nul", b"True", b"undefined", b"null,", b"'a'", b"[1,]")),
        chance,
    )


def comment(data: bytes, chance: random.Random) -> bytes:
    return _after(data, rb",", b",/**/", chance)


JSON_TRICKS: tuple[Bend, ...] = (
    white_space, double_key, other_number, other_number, other_text, other_text, byte_order_mark, line_feed_after, deep,
    foreign_key, literal, comment, crlf, no_last_line_feed,
)  # fmt: skip


def _reopened(data: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return [(item, opened.read(item)) for item in opened.infolist()]


def packed_by_another(data: bytes, chance: random.Random) -> bytes:
    """The same files, packed by another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as other:
        for item, content in _reopened(data):
            other.writestr(item.filename, content)
    return out.getvalue()


def renamed(data: bytes, chance: random.Random) -> bytes:
    """One member under a name that leaves the folder, or that looks the same, in both headers."""
    names = [item.filename.encode() for item, _ in _reopened(data)]
    name = chance.choice(names)
    new = chance.choice(
        (name.replace(b"data/", b"../x/"), b"/" + name[1:], name[:-1] + b"\xe9", name.replace(b"/", b"\\"), name.upper(), name.swapcase(),
         name[:-2] + "é".encode(), name[:-3] + "\u202e".encode(), name.replace(b"case", b"cas\xd0"), b"." + name[1:], names[0][: len(name)].ljust(len(name), b"z"))
    )  # fmt: skip
    return data.replace(name, new) if len(new) == len(name) else data[:-1]


def twice(data: bytes, chance: random.Random) -> bytes:
    """One member a second time, for real, with the directory rebuilt."""
    items = _reopened(data)
    items.insert(chance.randrange(len(items)), chance.choice(items))
    return _plainly(items)


def out_of_order(data: bytes, chance: random.Random) -> bytes:
    items = _reopened(data)
    chance.shuffle(items)
    return _plainly(items)


def _plainly(items: list[tuple[zipfile.ZipInfo, bytes]], **changes: int) -> bytes:
    """Stored members as our container has them, in any order."""
    body, directory = b"", b""
    for item, content in items:
        name = item.filename.encode()
        about = struct.pack(
            "<HHHHHIIIHH",
            20,
            0x800,
            0,
            0,
            0x21,
            zlib.crc32(content),
            len(content),
            len(content),
            len(name),
            0,
        )
        directory += (
            struct.pack("<4sH", b"PK\1\2", 20)
            + about
            + struct.pack("<HHHII", 0, 0, 0, changes.get("attributes", 0), len(body))
            + name
        )
        body += b"PK\3\4" + about + name + content
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(items), len(items), len(directory), len(body), 0)
    return body + directory + end


def symbolic_link(data: bytes, chance: random.Random) -> bytes:
    return _plainly(_reopened(data), attributes=0o120777 << 16)


def two_directories(data: bytes, chance: random.Random) -> bytes:
    """A second directory that shows other files, before or after the first."""
    other = _plainly([(zipfile.ZipInfo("x/bagit.txt"), b"")])
    directory = data[data.rindex(b"PK\1\2") :]
    return data + other if chance.random() < 0.5 else data + directory


def inside_another(data: bytes, chance: random.Random) -> bytes:
    """The whole as a member of another zip, or behind other bytes."""
    return (
        _plainly([(zipfile.ZipInfo("dossier.zip"), data)]) if chance.random() < 0.5 else b"%PDF-1.7\n" + data
    )


def with_comment(data: bytes, chance: random.Random) -> bytes:
    return data[:-2] + struct.pack("<H", 5) + b"hello"


def gap(data: bytes, chance: random.Random) -> bytes:
    """Bytes between members, or between members and directory."""
    places = [match.start() for match in re.finditer(rb"PK\x03\x04|PK\x01\x02", data)]
    at = chance.choice(places)
    return data[:at] + b"\0" * chance.randrange(1, 9) + data[at:]


def field_of_header(data: bytes, chance: random.Random) -> bytes:
    """One byte of a local or central header."""
    places = [match.start() for match in re.finditer(rb"PK\x03\x04|PK\x01\x02|PK\x05\x06", data)]
    at = chance.choice(places) + chance.randrange(30)
    return (
        flip(data, chance) if at >= len(data) else data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    )


def empty_zip(data: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"", b"PK\5\6" + bytes(18), data[:30], b"PK\1\2" + data))


ZIP_TRICKS: tuple[Bend, ...] = (
    packed_by_another, renamed, renamed, twice, out_of_order, symbolic_link, two_directories, inside_another, with_comment, gap,
    field_of_header, field_of_header, empty_zip,
)  # fmt: skip
