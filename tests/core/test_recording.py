# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A recording for the other side plays as before and says nothing of place or person."""

import pytest

from recourse.core.recording import without_words

PLACE = b"+39.9042+116.4074/"


def box(kind: bytes, *inner: bytes) -> bytes:
    content = b"".join(inner)
    return (8 + len(content)).to_bytes(4, "big") + kind + content


MOOV = box(
    b"moov",
    box(b"mvhd", bytes(20)),
    box(b"trak", box(b"tkhd", bytes(10)), box(b"udta", b"name"), box(b"mdia", box(b"mdhd", bytes(8)))),
    box(b"udta", box(b"\xa9xyz", PLACE)),
    box(b"meta", b"mdta com.apple.quicktime.location.ISO6709" + PLACE),
)
FILM = (
    box(b"ftyp", b"mp42")
    + MOOV
    + box(b"uuid", b"XMP" + PLACE)
    + box(b"mdat", b"\0udta frames that only look like a box")
)


@pytest.mark.parametrize("kind", ["video/mp4", "video/quicktime", "audio/mp4"])
def test_a_film_keeps_its_length_and_frames_and_loses_its_words(kind: str) -> None:
    blanked = without_words(FILM, kind)
    assert blanked is not None and len(blanked) == len(FILM)
    assert PLACE not in blanked and b"location" not in blanked and b"XMP" not in blanked
    assert b"\0udta frames that only look like a box" in blanked and b"mvhd" in blanked and b"mdhd" in blanked
    assert blanked.count(b"free") == 4
    assert without_words(blanked, kind) == blanked


def test_long_boxes_and_boxes_to_the_end_are_followed() -> None:
    long = (1).to_bytes(4, "big") + b"udta" + (16 + len(PLACE)).to_bytes(8, "big") + PLACE
    rest = (0).to_bytes(4, "big") + b"mdat" + b"frames"
    blanked = without_words(box(b"ftyp") + long + rest, "video/mp4")
    assert blanked is not None and PLACE not in blanked and blanked.endswith(b"frames")


@pytest.mark.parametrize(
    "torn",
    [
        FILM[:-3],
        b"\0\0\0\x04moov" + PLACE,
        b"\xff\xff\xff\xffmoov" + PLACE,
        box(b"moov", b"\0\0\0\x40trak"),
        b"".join([b"\0\0\0\x10moov"] * 3),
    ],
)
def test_what_cannot_be_followed_is_not_handed_on(torn: bytes) -> None:
    assert without_words(torn, "video/mp4") is None


def test_tags_of_sound_are_blanked() -> None:
    tag = b"ID3\x04\0\0" + bytes([0, 0, 0, len(PLACE)]) + PLACE
    frames = b"\xff\xfb\x90\0" + bytes(200)
    sound = without_words(tag + frames + b"TAG" + PLACE.ljust(125, b"\0"), "audio/mpeg")
    assert sound is not None and PLACE not in sound and frames in sound
    assert without_words(frames + b"APETAGEX" + PLACE, "audio/mpeg") is None
    wave = (
        b"RIFF\0\0\0\0WAVE"
        + b"fmt "
        + (4).to_bytes(4, "little")
        + b"abcd"
        + b"LIST"
        + (18).to_bytes(4, "little")
    )
    wave += PLACE + b"data" + (4).to_bytes(4, "little") + b"wxyz"
    blanked = without_words(wave, "audio/x-wav")
    assert blanked is not None and PLACE not in blanked and b"abcd" in blanked and blanked.endswith(b"wxyz")
    assert without_words(b"nonsense", "audio/x-wav") is None


def test_kinds_without_words_pass_and_unknown_ones_do_not() -> None:
    assert without_words(b"#!AMR\n123", "audio/amr") == b"#!AMR\n123"
    assert without_words(b"OggS", "audio/ogg") is None and without_words(b"x", "image/jpeg") is None
