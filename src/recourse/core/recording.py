# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A recording for other eyes: the same sound and picture, with the fields blanked that say where and by whom.

Nothing is decoded. Containers are walked by the lengths they state, and what holds words about the recording is
overwritten with zeros in a copy of the same length: MP4 and QuickTime boxes (ISO/IEC 14496-12), ID3 tags of MP3, LIST
chunks of WAV. AMR and SILK have no such fields. What cannot be walked to its end, and kinds not named here, are not
handed on at all.
"""

from collections.abc import Iterator

# Boxes that hold other boxes on the way to what is blanked.
_HOLDERS = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf"})
# User data, metadata in all their spellings, and boxes of somebody's own such as XMP.
_TOLD = frozenset({b"udta", b"meta", b"uuid", b"ilst", b"keys", b"XMP_", b"\xa9xyz", b"loci"})
_DEPTH_MAX = 6
_BOXES_MAX = 100_000


def without_words(data: bytes, media_type: str) -> bytes | None:
    """The recording with its metadata blanked; None when its structure cannot be followed."""
    if media_type in {"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"}:
        kept = bytearray(data)
        left = [_BOXES_MAX]
        return bytes(kept) if _blank_boxes(kept, 0, len(kept), 0, left) else None
    if media_type in {"audio/mpeg", "audio/aac"}:
        return _without_tags(data)
    if media_type == "audio/x-wav":
        return _without_lists(data)
    return data if media_type in {"audio/amr", "audio/silk"} else None


def _blank_boxes(data: bytearray, begin: int, end: int, depth: int, left: list[int]) -> bool:
    for at, kind, inner, stop in _boxes(data, begin, end):
        left[0] -= 1
        if stop < 0 or left[0] < 0:
            return False
        if kind in _TOLD:
            data[at + 4 : at + 8] = b"free"
            data[inner:stop] = bytes(stop - inner)
        elif kind in _HOLDERS and (
            depth >= _DEPTH_MAX or not _blank_boxes(data, inner, stop, depth + 1, left)
        ):
            return False
    return True


def _boxes(data: bytearray, begin: int, end: int) -> Iterator[tuple[int, bytes, int, int]]:
    """(where, kind, where its content begins, where it ends); an end of -1 says that the lengths are nonsense."""
    at = begin
    while at < end:
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            # QuickTime ends a list of boxes with four zeros; anything else is torn.
            torn = end - at >= 8 or any(data[at:end])
            if torn:
                yield at, b"", at, -1
            return
        yield at, bytes(data[at + 4 : at + 8]), at + head, at + size
        at += size


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
    return None if b"APETAGEX" in kept else bytes(kept)


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
