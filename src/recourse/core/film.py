# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Films and sound in MP4, QuickTime and 3GPP boxes (ISO/IEC 14496-12), with nothing left but what plays.

Walked by the lengths that boxes state; nothing is decoded. Every box that is not on the list of its holder is turned
into a `free` box of zeros, so that every place in the file stays where it was: user data, metadata, boxes of somebody's
own, and whole tracks that are neither picture nor sound (GPS, subtitles, time code). Of the media data only the samples
of the tracks that stay are kept. What a camera writes into the frames themselves is not seen here.
"""

from collections.abc import Iterator, Mapping

_VIDEO, _SOUND = b"vide", b"soun"
# What may stand in which holder. A holder is walked on; everything else here is numbers that a player needs.
_MAY_HOLD: Mapping[bytes, frozenset[bytes]] = {
    b"": frozenset((b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx")),
    b"moov": frozenset((b"mvhd", b"trak", b"mvex")),
    b"mvex": frozenset((b"mehd", b"trex")),
    b"trak": frozenset((b"tkhd", b"edts", b"mdia")),
    b"edts": frozenset((b"elst",)),
    b"mdia": frozenset((b"mdhd", b"hdlr", b"minf")),
    b"minf": frozenset((b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl")),
    b"dinf": frozenset((b"dref",)),
    b"stbl": frozenset(
        (b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"stps", b"sdtp")
    ),
    b"moof": frozenset((b"mfhd", b"traf")),
    b"traf": frozenset((b"tfhd", b"tfdt", b"trun", b"sdtp")),
    b"mfra": frozenset((b"tfra", b"mfro")),
    b"wave": frozenset((b"frma", b"esds", b"enda", b"mp4a", b"alac", b"samr", b"chan")),
}  # fmt: skip
# How a decoder is set up; in a sample entry.
_SETUP = frozenset(
    (
        *(b"avcC", b"hvcC", b"av1C", b"vpcC", b"vvcC", b"dvcC", b"dvvC", b"lhvC", b"d263", b"jp2h", b"esds"),
        *(b"damr", b"dawp", b"dOps", b"dfLa", b"dac3", b"dec3", b"dac4", b"alac", b"pcmC", b"chnl", b"chan", b"srat"),
        *(b"colr", b"pasp", b"clap", b"fiel", b"mdcv", b"clli", b"btrt", b"wave"),
    )
)  # fmt: skip
_DEPTH_MAX = 10
_BOXES_MAX = 100_000
_SAMPLES_MAX = 4_000_000
# Bytes of a sample entry before the boxes in it: of a picture, and of sound in its three versions (QuickTime).
_PICTURE_ENTRY, _NAME_AT, _NAME = 78, 42, 32
_SOUND_ENTRIES = {0: (28,), 1: (44, 28), 2: (64,)}

_NONE = (-1, -1)

Spans = list[tuple[int, int]]


def only_what_plays(data: bytes) -> bytes | None:
    """The same film in the same places, without anything else; None when it cannot be walked or nothing of it plays."""
    cleaner = _Cleaner(data)
    try:
        cleaner.walk(b"", 0, len(data), 0)
        cleaner.blank_data()
    except (_NoFilm, IndexError):
        return None
    return bytes(cleaner.data)


class _NoFilm(Exception):
    """Lengths are nonsense, or the samples lie where none can."""


class _Cleaner:
    """One film on its way: a copy that is blanked box by box, and where the samples are that stay."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.left = _BOXES_MAX
        self.media: Spans = []  # of the mdat boxes
        self.samples: Spans = []
        self.tracks: set[int] = set()
        self.dropped = False
        self.fragments: list[int] = []  # the track of each

    def number(self, at: int, size: int = 4) -> int:
        """The whole number that stands there, big-endian."""
        if at < 0 or at + size > len(self.data):
            raise _NoFilm
        return int.from_bytes(self.data[at : at + size], "big")

    def boxes(self, begin: int, end: int) -> Iterator[tuple[int, bytes, int, int]]:
        """(where, kind, where its content begins, where it ends)."""
        at = begin
        while at < end:
            if end - at < 8:
                # QuickTime ends a list of boxes with four zeros; anything else is torn.
                if any(self.data[at:end]):
                    raise _NoFilm
                return
            size, head = self.number(at), 8
            if size == 1:
                size, head = self.number(at + 8, 8), 16
            elif size == 0:
                size = end - at
            self.left -= 1
            if size < head or at + size > end or self.left < 0:
                raise _NoFilm
            yield at, bytes(self.data[at + 4 : at + 8]), at + head, at + size
            at += size

    def blank(self, at: int, inner: int, stop: int) -> None:
        """Make it a box of zeros."""
        self.data[at + 4 : at + 8] = b"free"
        self.zero(inner, stop)

    def zero(self, begin: int, end: int) -> None:
        """Zeros from here to there."""
        self.data[begin:end] = bytes(max(0, end - begin))

    def walk(self, holder: bytes, begin: int, end: int, depth: int) -> None:
        """Keep what may stand in this holder, blank the rest."""
        if depth > _DEPTH_MAX:
            raise _NoFilm
        for at, kind, inner, stop in self.boxes(begin, end):
            if kind not in _MAY_HOLD[holder]:
                self.blank(at, inner, stop)
            elif kind == b"trak":
                self.track(at, inner, stop, depth + 1)
            elif kind == b"mdat":
                self.media.append((inner, stop))
            elif kind == b"hdlr":
                self.zero(inner + 24, stop)  # its name
            elif kind == b"dref":
                for _, _, content, close in self.boxes(inner + 8, stop):
                    self.zero(content + 4, close)  # whence it came
            elif kind == b"tfhd":
                self.fragments.append(self.number(inner + 4))
            elif kind in _MAY_HOLD:
                self.walk(kind, inner, stop, depth + 1)

    def track(self, at: int, inner: int, stop: int, depth: int) -> None:
        """Keep a track of pictures or sound; another goes as a whole."""
        parts = {kind: (content, close) for _, kind, content, close in self.boxes(inner, stop)}
        media = {
            kind: (content, close) for _, kind, content, close in self.boxes(*parts.get(b"mdia", (0, 0)))
        }
        head, handler = parts.get(b"tkhd"), media.get(b"hdlr")
        what = bytes(self.data[handler[0] + 8 : handler[0] + 12]) if handler is not None else b""
        if head is None or what not in {_VIDEO, _SOUND}:
            self.dropped = True
            self.blank(at, inner, stop)
            return
        self.tracks.add(self.number(head[0] + (20 if self.data[head[0]] == 1 else 12)))
        self.walk(b"trak", inner, stop, depth)
        inside = {
            kind: (content, close) for _, kind, content, close in self.boxes(*media.get(b"minf", (0, 0)))
        }
        tables = {
            kind: (content, close) for _, kind, content, close in self.boxes(*inside.get(b"stbl", (0, 0)))
        }
        if b"stsd" in tables:
            self.entries(what, *tables[b"stsd"])
        self.samples += self.chunks(tables)

    def entries(self, what: bytes, begin: int, end: int) -> None:
        """Of a sample description what sets a decoder up; the name of the encoder is a camera's, as likely as not."""
        for _, _, inner, stop in self.boxes(begin + 8, end):
            if what == _VIDEO:
                self.zero(inner + _NAME_AT, min(stop, inner + _NAME_AT + _NAME))
                lengths: tuple[int, ...] = (_PICTURE_ENTRY,)
            else:
                lengths = _SOUND_ENTRIES.get(self.number(inner + 8, 2), ())
            # The first version of sound is longer in QuickTime alone.
            begins = [inner + length for length in lengths if self.walks(inner + length, stop)]
            if not begins:
                raise _NoFilm
            for at, kind, content, close in self.boxes(begins[0], stop):
                if kind not in _SETUP:
                    self.blank(at, content, close)
                elif kind == b"wave":
                    self.walk(b"wave", content, close, _DEPTH_MAX)

    def walks(self, begin: int, end: int) -> bool:
        """Whether there are boxes from here to the end, or nothing."""
        try:
            return begin <= end and sum(1 for _ in self.boxes(begin, end)) >= 0
        except _NoFilm:
            return False

    def chunks(self, tables: Mapping[bytes, tuple[int, int]]) -> Spans:
        """Where a track's samples lie: chunk by chunk, with as many samples in each as the tables say."""
        if b"stz2" in tables:
            raise _NoFilm  # no phone writes sizes this way
        wide = b"co64" in tables
        offsets, sizes, runs = (tables.get(kind) for kind in (b"co64" if wide else b"stco", b"stsz", b"stsc"))
        if offsets is None or sizes is None or runs is None:
            raise _NoFilm
        count, step = self.table(offsets, at=4, step=8 if wide else 4), 8 if wide else 4
        every = self.number(sizes[0] + 4)
        total = self.number(sizes[0] + 8) if every else self.table(sizes, at=8, step=4)
        found: Spans = []
        run, sample, known = 0, 0, self.table(runs, at=4, step=12)
        for chunk in range(1, count + 1):
            while run + 1 < known and self.number(runs[0] + 8 + 12 * (run + 1)) <= chunk:
                run += 1
            some = self.number(runs[0] + 12 + 12 * run) if known else 0
            some = min(some, total - sample)
            if every:
                size = some * every
            else:
                first = sizes[0] + 12 + 4 * sample
                size = sum(self.number(first + 4 * at) for at in range(some))
            begin = self.number(offsets[0] + 8 + step * (chunk - 1), step)
            found.append((begin, begin + size))
            sample += some
        return found

    def table(self, box: tuple[int, int], *, at: int, step: int) -> int:
        """How many rows a table has, which all lie within its box."""
        count = self.number(box[0] + at)
        if count > _SAMPLES_MAX or box[0] + at + 4 + count * step > box[1]:
            raise _NoFilm
        return count

    def blank_data(self) -> None:
        """Zero the media data that belongs to no track that stays."""
        if not self.tracks:
            raise _NoFilm
        if self.fragments:
            # Which bytes of a film in fragments are whose is not followed: all of them must be of tracks that stay.
            if self.dropped or any(track not in self.tracks for track in self.fragments):
                raise _NoFilm
            return
        spans = iter(sorted(span for span in self.samples if span[1] > span[0]))
        begin, end = next(spans, _NONE)
        if (begin, end) == _NONE:
            raise _NoFilm
        for low, high in self.media:
            at = low
            while low <= begin < high:
                if end > high:
                    raise _NoFilm
                self.zero(at, begin)
                at = max(at, end)
                begin, end = next(spans, _NONE)
            self.zero(at, high)
        if (begin, end) != _NONE:
            raise _NoFilm  # samples where no media data is
