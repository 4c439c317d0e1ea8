# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The container: any zip program opens it, and no byte of it can be another."""

import io
import random
import zipfile

import pytest

from recourse.core.dossier.container import (
    BYTES_MAX,
    NotContainable,
    Unreadable,
    container,
    length,
    pieces,
    read,
)

FILES = {
    "4821-0937-5516/bagit.txt": b"BagIt-Version: 1.0\n",
    "4821-0937-5516/data/exhibits/002-original.png": bytes(range(256)) * 3,
    "4821-0937-5516/data/exhibits/001-original.png": b"",
    "4821-0937-5516/data/case.json": "{\"说法\":1}".encode(),
}  # fmt: skip


def test_any_zip_program_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(container(FILES))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
        assert opened.namelist() == sorted(FILES)
        for item in opened.infolist():
            assert (item.compress_type, item.date_time) == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
            assert (item.external_attr, item.extra, item.comment) == (0, b"", b"")


def test_what_is_written_is_read_again_whatever_the_order_it_was_given_in() -> None:
    backwards = dict(reversed(FILES.items()))
    assert container(backwards) == container(FILES)
    assert read(container(FILES)) == FILES
    assert b"".join(pieces(FILES, FILES.__getitem__)) == container(FILES)


def test_the_bytes_are_fixed_for_good() -> None:
    sums = "ac2a93d8020000000200000001000000"  # CRC-32 of "hi", size twice, length of the name, no extra
    assert container({"a": b"hi"}).hex() == (
        "504b0304" "14000008000000002100" + sums + "61" "6869"
        "504b0102" "1400" "14000008000000002100" + sums + "00000000000000000000" "00000000" "61"
        "504b0506" "00000000" "01000100" "2f000000" "21000000" "0000"
    )  # fmt: skip


def test_every_flip_of_a_bit_is_found_at_or_before_its_byte_or_as_a_wrong_sum() -> None:
    whole = bytearray(container(FILES))
    for bit in range(len(whole) * 8):
        whole[bit >> 3] ^= 1 << (bit & 7)
        assert isinstance(read(whole), Unreadable), bit
        whole[bit >> 3] ^= 1 << (bit & 7)
    assert read(whole) == FILES


def test_nothing_stands_before_between_or_after() -> None:
    whole = container(FILES)
    assert read(b"#!/bin/sh\n" + whole) == Unreadable(0)
    assert read(whole + b"\0") == Unreadable(len(whole))
    assert read(whole + whole) == Unreadable(len(whole))
    for cut in range(len(whole)):
        assert isinstance(read(whole[:cut]), Unreadable)
    assert read(b"") == Unreadable(0)


def test_other_programs_zips_are_not_taken() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as other:
            for name, data in sorted(FILES.items()):
                other.writestr(name, data)
        assert isinstance(read(out.getvalue()), Unreadable)


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a/.b", "a\\b", "C:x", "证据.png", "a b", "a\0b", "a\n", "x" * 241,
     "ｅvil", "a\u202egnp.exe", "e\u0301"],
)  # fmt: skip
def test_a_name_that_could_mean_two_things_is_refused_by_writer_and_reader(name: str) -> None:
    with pytest.raises(NotContainable):
        container({name: b""})
    written = name.encode()
    if 0 < len(written) <= 240:
        plain = container({"y" * len(written): b""})
        assert read(plain.replace(b"y" * len(written), written)) == Unreadable(30)


def test_a_member_stands_once_and_in_order() -> None:
    with pytest.raises(NotContainable):
        list(pieces(["a", "a"], {"a": b""}.__getitem__))
    two = container({"aa": b"1", "ab": b"2"})
    for forged in (two.replace(b"ab", b"aa"), two.replace(b"aa", b"ac")):
        assert read(forged) == Unreadable(30 + 2 + 1 + 30)


def test_random_files_travel_unchanged() -> None:
    chance = random.Random(7)
    for _ in range(50):
        files = {f"r/f{chance.randrange(10**6)}": chance.randbytes(chance.randrange(3000)) for _ in range(9)}
        assert read(container(files)) == files


def test_its_length_is_known_before_a_byte_is_read() -> None:
    assert length({name: len(data) for name, data in FILES.items()}) == len(container(FILES))
    most = BYTES_MAX - length({"r/a": 0})
    assert length({"r/a": most}) == BYTES_MAX
    for sizes in ({"r/a": most + 1}, {"r/a": 5 << 30}, {f"r/{n}": 0 for n in range(65_536)}):
        with pytest.raises(NotContainable):
            length(sizes)
