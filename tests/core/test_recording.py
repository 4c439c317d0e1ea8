# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A recording for the other side plays as before and says nothing of place or person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.recording import without_words

PLACE = b"+39.9042+116.4074/"


def box(kind: bytes, *inner: bytes) -> bytes:
    content = b"".join(inner)
    return (8 + len(content)).to_bytes(4, "big") + kind + content


def table(*numbers: int) -> bytes:
    return bytes(4) + b"".join(number.to_bytes(4, "big") for number in numbers)


def track(what: bytes, entry: bytes, *, no: int, at: int, sizes: tuple[int, ...]) -> bytes:
    """A track of one chunk, whose samples lie at a place in the file."""
    return box(
        b"trak",
        box(b"tkhd", bytes(12), no.to_bytes(4, "big"), bytes(64)),
        box(b"tref", b"\0\0\0\x0ccdsc\0\0\0\x01"),
        box(b"udta", b"a track's name"),
        box(
            b"mdia",
            box(b"mdhd", bytes(20)),
            box(b"hdlr", bytes(8), what, bytes(12), b"Recorder of Wang\0"),
            box(
                b"minf",
                box(b"dinf", box(b"dref", table(1), box(b"alis", b"\0\0\0\x01", b"Wang HD:films"))),
                box(
                    b"stbl",
                    box(b"stsd", table(1), entry),
                    box(b"stts", table(1, len(sizes), 1)),
                    box(b"stsc", table(1, 1, len(sizes), 1)),
                    box(b"stsz", table(0, len(sizes), *sizes)),
                    box(b"stco", table(1, at)),
                ),
            ),
        ),
    )


PICTURES = box(
    b"avc1",
    bytes(42),
    b"\x0eCamera of Wang".ljust(32, b"\0"),
    bytes(4),
    box(b"avcC", b"setup"),
    box(b"SGPS", PLACE),
)
SOUND = box(b"mp4a", bytes(28), box(b"esds", b"setup"))
SOUND_OF_QUICKTIME = box(
    b"mp4a",
    bytes(8),
    b"\0\1",
    bytes(34),
    box(b"wave", box(b"frma", b"mp4a"), box(b"esds", b"setup"), bytes(4)),
)
PLACES = box(b"gpmd", bytes(8))
FTYP = box(b"ftyp", b"mp42\0\0\0\0isommp42")
FRAMES, NOISE, GPS = b"\0udta frames", b"sound only", PLACE * 2
MEDIA = FRAMES + NOISE + b"slack" + GPS
AT = len(FTYP) + 8


def film(*, sound: bytes = SOUND, places: bytes = b"gpmd", more: bytes = b"") -> bytes:
    """Pictures, sound and a third track, whose samples lie one after another."""
    third = AT + len(MEDIA) - len(GPS)
    moov = box(
        b"moov",
        box(b"mvhd", bytes(20)),
        track(b"vide", PICTURES, no=1, at=AT, sizes=(4, len(FRAMES) - 4)),
        track(b"soun", sound, no=2, at=AT + len(FRAMES), sizes=(len(NOISE),)),
        track(b"meta", box(places, bytes(8)), no=3, at=third, sizes=(len(GPS),)),
        box(b"udta", box(b"\xa9xyz", PLACE)),
        box(b"meta", b"mdta com.apple.quicktime.location.ISO6709" + PLACE),
        box(b"gps ", PLACE),
    )
    return FTYP + box(b"mdat", MEDIA) + moov + box(b"uuid", b"XMP" + PLACE) + box(b"free", PLACE) + more


@pytest.mark.parametrize("kind", ["video/mp4", "video/quicktime", "audio/mp4", "video/3gpp"])
@pytest.mark.parametrize("places", [b"gpmd", b"mebx", b"text"])
@pytest.mark.parametrize("sound", [SOUND, SOUND_OF_QUICKTIME], ids=["mp4", "quicktime"])
def test_a_film_keeps_what_plays_in_its_place_and_nothing_else(
    kind: str, places: bytes, sound: bytes
) -> None:
    whole = film(sound=sound, places=places, more=box(b"what", PLACE) + box(b"skip", PLACE))
    cleaned = without_words(whole, kind)
    assert cleaned is not None and len(cleaned) == len(whole)
    for told in (
        PLACE,
        b"location",
        b"XMP",
        b"Wang",
        b"wang",
        b"name",
        b"gpmd",
        b"mebx",
        b"SGPS",
        b"what",
        b"slack",
    ):
        assert told not in cleaned, told
    kept = (
        *(b"mvhd", b"mdhd", b"stts", b"stsz", b"stco", b"avcC", b"esds"),
        b"vide",
        b"soun",
        b"avc1",
        b"mp4a",
    )
    assert all(part in cleaned for part in kept)
    assert cleaned[AT : AT + len(FRAMES + NOISE)] == FRAMES + NOISE
    assert cleaned[AT + len(FRAMES + NOISE) : AT + len(MEDIA)] == bytes(len(MEDIA) - len(FRAMES + NOISE))
    assert without_words(cleaned, kind) == cleaned


def fragments(*tracks: int) -> bytes:
    made = box(
        b"moov",
        box(b"mvhd", bytes(20)),
        track(b"vide", PICTURES, no=1, at=0, sizes=()),
        box(b"mvex", box(b"trex", bytes(24))),
    )
    parts = [
        box(b"traf", box(b"tfhd", bytes(4), no.to_bytes(4, "big")), box(b"trun", bytes(8))) for no in tracks
    ]
    return (
        FTYP + made + box(b"moof", box(b"mfhd", bytes(8)), *parts, box(b"uuid", PLACE)) + box(b"mdat", FRAMES)
    )


def test_a_film_in_fragments_passes_when_all_of_them_are_pictures_or_sound() -> None:
    cleaned = without_words(fragments(1), "video/mp4")
    assert cleaned is not None and FRAMES in cleaned and PLACE not in cleaned
    assert without_words(fragments(1, 3), "video/mp4") is None


def test_long_boxes_and_boxes_to_the_end_are_followed() -> None:
    long = (1).to_bytes(4, "big") + b"udta" + (16 + len(PLACE)).to_bytes(8, "big") + PLACE
    rest = (0).to_bytes(4, "big") + b"what" + PLACE
    cleaned = without_words(film(more=long + rest), "video/mp4")
    assert cleaned is not None and PLACE not in cleaned and FRAMES in cleaned


@pytest.mark.parametrize(
    "torn",
    [
        film()[:-3],
        b"\0\0\0\x04moov" + PLACE,
        b"\xff\xff\xff\xffmoov" + PLACE,
        box(b"moov", b"\0\0\0\x40trak"),
        b"".join([b"\0\0\0\x10moov"] * 3),
        FTYP + box(b"mdat", MEDIA),
        FTYP + box(b"mdat", GPS) + box(b"moov", track(b"meta", PLACES, no=1, at=AT, sizes=(len(GPS),))),
        FTYP + box(b"mdat", FRAMES) + box(b"moov", track(b"vide", PICTURES, no=1, at=4, sizes=(9,))),
        FTYP + box(b"mdat", FRAMES) + box(b"moov", track(b"vide", PICTURES, no=1, at=AT, sizes=(99,))),
        FTYP
        + box(b"mdat", FRAMES)
        + box(b"moov", track(b"vide", box(b"avc1", bytes(78), b"\0\0\0\3torn"), no=1, at=AT, sizes=())),
        film().replace(b"stsz", b"stz2", 1),
    ],
    ids=[
        "cut",
        "short",
        "long",
        "inner",
        "nested",
        "no moov",
        "places alone",
        "elsewhere",
        "beyond",
        "entry",
        "stz2",
    ],
)
def test_what_cannot_be_followed_is_not_handed_on(torn: bytes) -> None:
    assert without_words(torn, "video/mp4") is None


@given(st.data())
def test_no_byte_changed_makes_it_fail(data: st.DataObject) -> None:
    whole = bytearray(film())
    for _ in range(3):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cleaned = without_words(bytes(whole), "video/mp4")
    assert cleaned is None or len(cleaned) == len(whole)


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
