# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A recording for other eyes: the same sound and picture, with the fields blanked that say where and by whom.

Nothing is decoded. Containers are walked by the lengths they state, and what is not sound or picture is overwritten
with zeros in a copy of the same length: boxes of MP4 and QuickTime (`film`), ID3 tags of MP3, chunks of WAV. AMR and
SILK have no such fields. What cannot be walked to its end, and kinds not named here, are not handed on at all.
"""

from recourse.core.film import only_what_plays


def without_words(data: bytes, media_type: str) -> bytes | None:
    """The recording with nothing but what plays; None when its structure cannot be followed."""
    if media_type in {"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"}:
        return only_what_plays(data)
    if media_type in {"audio/mpeg", "audio/aac"}:
        return _without_tags(data)
    if media_type == "audio/x-wav":
        return _without_lists(data)
    return data if media_type in {"audio/amr", "audio/silk"} else None


def _without_tags(data: bytes) -> bytes | None:
    kept = bytearray(data)
    if kept[:3] == b"ID3" and len(kept) >= 10:
        size = 0
        for part in kept[6:10]:
            if part & 0x80:
                return None
            size = size << 7 | part
        kept[10 : min(len(kept), 10 + size)] = bytes(min(len(kept) - 10, size))
    if len(kept) >= 128 and kept[-128:-125] == b"TAG":
        kept[-125:] = bytes(125)
    # Tags of a third kind stand at the end as well, and their length is written at both ends of them.
    return None if b"APETAGEX" in kept or b"LYRICSBEGIN" in kept else bytes(kept)


def _without_lists(data: bytes) -> bytes | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    kept, at = bytearray(data), 12
    while at + 8 <= len(kept):
        size = int.from_bytes(kept[at + 4 : at + 8], "little")
        stop = min(len(kept), at + 8 + size)
        if bytes(kept[at : at + 4]) not in {b"fmt ", b"data", b"fact"}:
            kept[at : at + 4] = b"JUNK"
            kept[at + 8 : stop] = bytes(stop - at - 8)
        at = stop + size % 2
    return bytes(kept)
