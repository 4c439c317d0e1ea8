# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Pictures: bombs of pixels, broken heads, HEIC boxes that lie, and files that are a picture and something else."""

import struct
import zlib
from collections.abc import Iterator

from tests.hostile.file import HostileFile, refused, taken

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
_SCRIPT = b"#!/bin/sh\nexec true\n"


def files() -> Iterator[HostileFile]:
    """All of this module."""
    yield from _pixel_bombs()
    yield from _polyglots()
    yield from _heic()
    yield from _huge_headers()
    yield from _truncated()


def png(width: int, height: int, *, data: bytes | None = None, extra: bytes = b"") -> bytes:
    """A grey picture of these measures; `data` are the packed rows, `extra` further chunks."""
    rows = zlib.compress(bytes(1), 9) if data is None else data
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + extra + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def small_png() -> bytes:
    """One grey pixel."""
    return png(1, 1, data=zlib.compress(b"\x00\x80"))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pixel_bombs() -> Iterator[HostileFile]:
    rows = zlib.compress(bytes(4 * 1024 * 1024), 9)
    for width, height in (
        (10_000, 10_000),
        (20_000, 20_000),
        (65_500, 65_500),
        (1, 2**31 - 1),
        (2**31 - 1, 1),
        (2**31 - 1,) * 2,
    ):
        yield taken(
            "pixel bomb", f"{width}x{height}.png", png(width, height, data=rows), "image/png", decodes="bomb"
        )
    for width, height in ((65_535, 65_535), (1, 65_535), (40_000, 40_000)):
        gif = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\x00\x00" + bytes(6) + b"," + bytes(4)
        gif += struct.pack("<HH", width, height) + b"\x00\x02\x02\x44\x01\x00;"
        yield taken("pixel bomb", f"{width}x{height}.gif", gif, "image/gif", decodes="bomb")
    for width, height in ((65_500, 65_500), (65_500, 1)):
        yield taken("pixel bomb", f"{width}x{height}.jpg", jpeg(width, height), "image/jpeg", decodes="bomb")
    for width, height in ((16_383, 16_383), (16_383, 1)):
        frame = b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", width, height) + bytes(64)
        webp = (
            b"RIFF" + struct.pack("<I", len(frame) + 12) + b"WEBPVP8 " + struct.pack("<I", len(frame)) + frame
        )
        yield taken("pixel bomb", f"{width}x{height}.webp", webp, "image/webp", decodes="bomb")
    frames = b"".join(
        _chunk(b"fcTL", struct.pack(">IIIIIHHBB", n, 9000, 9000, 0, 0, 1, 10, 0, 0)) for n in range(200)
    )
    moving = _chunk(b"acTL", struct.pack(">II", 200, 0)) + frames
    yield taken(
        "pixel bomb", "moving.png", png(9000, 9000, data=rows, extra=moving), "image/png", decodes="bomb"
    )
    words = zlib.compress(bytes(8 * 1024 * 1024), 9)
    for kind in (b"zTXt", b"iCCP", b"iTXt"):
        text = b"k\x00\x00" + words if kind != b"iTXt" else b"k\x00\x01\x00\x00\x00" + words
        bomb = png(1, 1, data=zlib.compress(b"\x00\x80"), extra=_chunk(kind, text))
        yield taken("pixel bomb", f"words-{kind.decode()}.png", bomb, "image/png", decodes="bomb")
    for name, content in _other_pictures().items():
        yield refused("pixel bomb", name, content)


def _other_pictures() -> dict[str, bytes]:
    """Kinds of picture that no phone makes: refused unread."""
    return {
        "huge.bmp": b"BM" + struct.pack("<IHHIIiiHH", 54, 0, 0, 54, 40, 2**30, 2**30, 1, 24) + bytes(24),
        "huge.tif": b"II*\x00\x08\x00\x00\x00" + bytes(100),
        "huge.psd": b"8BPS\x00\x01" + bytes(8) + struct.pack(">II", 30_000, 30_000) + bytes(60),
        "huge.ico": b"\x00\x00\x01\x00\x01\x00" + bytes(60),
        "huge.jp2": b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(60),
        "huge.sgi": b"\x01\xda\x01\x01\x00\x03" + bytes(60),
        "huge.xcf": b"gimp xcf file\x00" + bytes(60),
        "huge.dds": b"DDS |\x00\x00\x00" + bytes(120),
        "huge.jxl": b"\x00\x00\x00\x0cJXL \r\n\x87\n" + bytes(60),
        "huge.tga": bytes(2) + b"\x02" + bytes(9) + b"\xff\xff\xff\xff\x18\x00" + bytes(60),
    }


def jpeg(width: int, height: int, *, comment: bytes = b"") -> bytes:
    """The head of a JPEG of these measures, with a scan of nothing."""
    size = struct.pack(">HH", height, width)
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + said
        + b"\xff\xc0\x00\x0b\x08"
        + size
        + b"\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00\xff\xd9"
    )


def _polyglots() -> Iterator[HostileFile]:
    """Taken for what the head says; whoever serves it says nosniff, attachment, sandbox."""
    tails = {
        "page": _PAGE,
        "script": _SCRIPT,
        "zip": b"PK\x03\x04" + bytes(26) + b"PK\x05\x06" + bytes(18),
        "jar": b"PK\x03\x04\x14\x00"
        + bytes(20)
        + b"\x14\x00\x00\x00META-INF/MANIFEST.MF"
        + b"PK\x05\x06"
        + bytes(18),
        "pdf": b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
        "php": b"<?php system($_GET[0]); ?>",
        "exe": b"MZ" + bytes(62),
        "rar": b"Rar!\x1a\x07\x00" + bytes(20),
    }
    heads = {
        "png": (small_png(), "image/png"),
        "gif": (b"GIF89a/*" + bytes(12), "image/gif"),
        "jpg": (jpeg(1, 1, comment=b"*/=1;alert(1)/*"), "image/jpeg"),
        "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20), "image/webp"),
        "mp3": (b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(20), "audio/mpeg"),
        "wav": (b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20), "audio/x-wav"),
    }
    for ending, (head, media_type) in heads.items():
        for tail, content in tails.items():
            yield taken("polyglot", f"{ending}-and-{tail}.{ending}", head + content, media_type)
    for tail, content in tails.items():
        if tail not in {"page", "pdf", "php", "script"}:
            yield refused("polyglot", f"{tail}-first.png", content + small_png())


def _heic() -> Iterator[HostileFile]:
    def box(kind: bytes, data: bytes, *, size: int | None = None) -> bytes:
        return struct.pack(">I", len(data) + 8 if size is None else size) + kind + data

    head = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic")
    for brand in (b"heic", b"heix", b"mif1", b"msf1"):
        content = box(b"ftyp", brand + b"\x00\x00\x00\x00mif1heic") + box(b"meta", bytes(100))
        yield taken("heic", f"{brand.decode()}.heic", content, "image/heic")
    for number, meta in enumerate(
        (
            box(b"meta", bytes(4) + box(b"iloc", b"\xff" * 64)),
            box(
                b"meta",
                bytes(4) + box(b"iprp", box(b"ipco", box(b"ispe", bytes(4) + b"\x7f\xff\xff\xff" * 2))),
            ),
            box(b"meta", bytes(4) + box(b"iref", bytes(200), size=0x7FFFFFFF)),
            box(b"meta", bytes(4) + box(b"iinf", b"\x00\x00\x00\x00\xff\xff" + box(b"infe", b"iden" * 9))),
            box(b"meta", bytes(4) + box(b"iprp", box(b"ipma", b"\xff" * 300)) + b"mski"),
            box(b"meta", bytes(4), size=1),
            box(b"meta", bytes(4), size=0),
            box(b"meta", bytes(4) + box(b"meta", box(b"meta", box(b"meta", b"")))),
        )
    ):
        yield taken("heic", f"boxes-{number}.heic", head + meta, "image/heic")
    for size in (0, 1, 7, 0xFFFFFFFF):
        lying = struct.pack(">I", size) + b"ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)
        yield taken("heic", f"says-{size}.heic", lying, "image/heic")
    for brand in (b"avif", b"avis"):
        content = struct.pack(">I", 28) + b"ftyp" + brand + b"\x00\x00\x00\x00avifmif1miaf" + bytes(200)
        yield taken("heic", f"{brand.decode()}.avif", content, "image/avif")


def _huge_headers() -> Iterator[HostileFile]:
    for mib in (1, 2):
        text = b"k\x00" + b"x" * (mib * 1024 * 1024)
        yield taken("huge header", f"text-{mib}.png", png(1, 1, extra=_chunk(b"tEXt", text)), "image/png")
    many = b"".join(_chunk(b"tEXt", b"k\x00x") for _ in range(20_000))
    yield taken("huge header", "chunks.png", png(1, 1, extra=many), "image/png")
    said = struct.pack(">I", 0x7FFFFFFF) + b"tEXtk\x00x"
    yield taken("huge header", "says-all.png", _SIGNATURE + said + bytes(64), "image/png")
    comments = b"".join(b"\xff\xfe\xff\xff" + b"c" * 65_533 for _ in range(20))
    yield taken("huge header", "comments.jpg", b"\xff\xd8" + comments + b"\xff\xd9", "image/jpeg")
    for kind in (
        b"Exif\x00\x00MM\x00*",
        b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta",
        b"ICC_PROFILE\x00\xff\xff",
    ):
        head = b"\xff\xd8\xff\xe1\xff\xff" + kind + b"\xff" * (65_533 - len(kind)) + b"\xff\xd9"
        yield taken("huge header", f"{kind[:4].decode()}.jpg", head, "image/jpeg")
    yield taken("huge header", "tags.mp3", b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + bytes(100_000), "audio/mpeg")
    atoms = struct.pack(">I", 24) + b"ftypqt  \x00\x00\x00\x00qt  qt  " + b"\x00\x00\x00\x08free" * 50_000
    yield taken("huge header", "atoms.mov", atoms, "video/quicktime")
    yield taken(
        "huge header",
        "blocks.gif",
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00" + (b"!\xfe\xff" + b"c" * 255 + b"\x00") * 2000,
        "image/gif",
    )


def _truncated() -> Iterator[HostileFile]:
    whole = {
        "png": (png(64, 64, data=zlib.compress(bytes(64 * 65))), "image/png", 8),
        "jpg": (jpeg(64, 64), "image/jpeg", 3),
        "gif": (b"GIF89a\x40\x00\x40\x00\x80\x00\x00" + bytes(60) + b";", "image/gif", 6),
        "webp": (b"RIFF\x64\x00\x00\x00WEBPVP8 " + bytes(84), "image/webp", 16),
        "pdf": (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
            "application/pdf",
            5,
        ),
    }
    for ending, (content, media_type, least) in whole.items():
        for part in (least, least + 1, len(content) // 2, len(content) - 1):
            yield taken("truncated", f"{part}-bytes.{ending}", content[:part], media_type)
    yield refused("truncated", "nothing.png", b"", key="file_empty")
    yield refused("truncated", "1-byte.png", _SIGNATURE[:1])
    for least in (4, 7):
        yield taken("truncated", f"{least}-bytes.png", _SIGNATURE[:least], "image/png")
    for least in (1, 2):
        yield refused("truncated", f"{least}-bytes.jpg", b"\xff\xd8"[:least])
