# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Archives, bombs and programs: refused by their heads, however they are called."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from recourse.gateways.media_type import XLSX
from tests.hostile.file import HostileFile, refused, taken

_DATE = (2026, 11, 25, 0, 0, 0)
_PROGRAMS = {
    "setup.exe": b"MZ\x90\x00\x03" + bytes(60),
    "run.elf": b"\x7fELF\x02\x01\x01" + bytes(60),
    "app.macho": b"\xcf\xfa\xed\xfe\x07\x00\x00\x01" + bytes(60),
    "Main.class": b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(60),
    "classes.dex": b"dex\n035\x00" + bytes(60),
    "module.wasm": b"\x00asm\x01\x00\x00\x00" + bytes(60),
    "old.com": b"\xe9\x00\x01" + bytes(60),
    "link.lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60),
    "help.chm": b"ITSF\x03\x00\x00\x00" + bytes(60),
    "old.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
    "disk.iso": bytes(32769) + b"CD001\x01" + bytes(100),
    "font.ttf": b"\x00\x01\x00\x00\x00\x0c" + bytes(60),
    "film.swf": b"FWS\x0a" + struct.pack("<I", 100) + bytes(60),
    "base.sqlite": b"SQLite format 3\x00" + bytes(60),
    "dump.pcap": b"\xd4\xc3\xb2\xa1\x02\x00\x04\x00" + bytes(60),
    "key.p12": b"\x30\x82\x09\x00\x02\x01\x03" + bytes(60),
}
_ARCHIVES = {
    "a.rar": b"Rar!\x1a\x07\x01\x00" + bytes(60),
    "a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(60),
    "a.tar": b"x" + bytes(256) + b"ustar\x0000" + bytes(248),
    "a.bz2": b"BZh91AY&SY" + bytes(60),
    "a.xz": b"\xfd7zXZ\x00" + bytes(60),
    "a.zst": b"\x28\xb5\x2f\xfd" + bytes(60),
    "a.lz4": b"\x04\x22\x4d\x18" + bytes(60),
    "a.cab": b"MSCF\x00\x00\x00\x00" + bytes(60),
    "a.ar": b"!<arch>\ndebian-binary   " + bytes(60),
    "a.cpio": b"\xc7\x71" + bytes(60),
}
_INSIDE = (
    "../../etc/cron.d/x",
    "/etc/passwd",
    "..\\..\\boot.ini",
    "C:\\x.dll",
    "a" * 4000,
    "\u202egpj.exe",
    "nul",
)


def files() -> Iterator[HostileFile]:
    """All of this module."""
    for name, content in _PROGRAMS.items():
        yield refused("executable", name, content)
    for name, content in _ARCHIVES.items():
        yield refused("archive", name, content)
    for number, name in enumerate(_INSIDE):
        yield refused("archive", f"slip-{number}.zip", _zip({name: b"x"}))
    yield refused("archive", "link.zip", _link())
    yield refused("archive", "many.zip", _zip({f"{n:05d}": b"" for n in range(3000)}))
    yield refused("archive", "encrypted.zip", _flagged(_zip({"x": b"secret"})))
    yield refused("archive", "empty.zip", b"PK\x05\x06" + bytes(18))
    yield refused("archive", "spanned.zip", b"PK\x07\x08" + _zip({"x": b"1"}))
    yield from _zip_bombs()
    yield from _gzip_bombs()
    yield from _understated()


def _zip_bombs() -> Iterator[HostileFile]:
    zeros = bytes(4 * 1024 * 1024)
    yield refused("zip bomb", "1027-to-1.zip", _zip({"zeros": zeros}))
    for depth in range(1, 7):
        inner = {"zeros": zeros[: 1024 * 1024]}
        content = _zip(inner)
        for _ in range(depth):
            content = _zip({f"{n}.zip": content for n in range(3)})
        yield refused("zip bomb", f"nested-{depth}.zip", content)
    for number in (2, 16, 64):
        yield refused("zip bomb", f"overlapping-{number}.zip", _overlapping(number))
    for number, part in enumerate(
        ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/media/image1.png", "xl/vbaProject.bin")
    ):
        book = _zip({"[Content_Types].xml": b"<Types/>", "xl/styles.xml": b"<s/>", part: zeros})
        yield taken("zip bomb", f"bill-{number}.xlsx", book, XLSX, decodes="bomb")
    yield refused(
        "zip bomb", "letter.docx", _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": zeros})
    )
    yield refused("zip bomb", "app.apk", _zip({"AndroidManifest.xml": b"\x03\x00", "classes.dex": zeros}))
    yield refused("zip bomb", "tool.jar", _zip({"META-INF/MANIFEST.MF": b"Main-Class: X", "X.class": zeros}))


def _gzip_bombs() -> Iterator[HostileFile]:
    for mib in (1, 4, 16):
        once = gzip.compress(bytes(mib * 1024 * 1024), mtime=0)
        yield refused("gzip bomb", f"{mib}-mib.gz", once)
        yield refused("gzip bomb", f"{mib}-mib-twice.gz", gzip.compress(once, mtime=0))
        yield refused("gzip bomb", f"{mib}-mib.zlib", zlib.compress(bytes(mib * 1024 * 1024), 9))
    yield refused(
        "gzip bomb",
        "picture.svgz",
        gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 9000, mtime=0),
    )


def _understated() -> Iterator[HostileFile]:
    """Archives whose head says ten bytes and whose inside has millions, and their like."""
    body = _zip({"zeros": bytes(1024 * 1024)})
    for said in (0, 1, 10, 0xFFFFFFFF):
        central = body.rindex(b"PK\x01\x02")
        content = bytearray(body)
        content[22:26] = struct.pack("<I", said)
        content[central + 24 : central + 28] = struct.pack("<I", said)
        yield refused("understated size", f"says-{said}.zip", bytes(content))
    book = bytearray(_zip({"[Content_Types].xml": bytes(1024 * 1024), "xl/workbook.xml": b"<w/>"}))
    book[22:26] = struct.pack("<I", 10)
    yield taken("understated size", "says-10.xlsx", bytes(book), XLSX, decodes="bomb")
    packed = bytearray(gzip.compress(bytes(1024 * 1024), mtime=0))
    for said in (0, 10):
        packed[-4:] = struct.pack("<I", said)
        yield refused("understated size", f"says-{said}.gz", bytes(packed))
    for said in (0, 8, 0x7FFFFFFF):
        wave = b"RIFF" + struct.pack("<I", said) + b"WAVEfmt " + struct.pack("<I", 16) + bytes(4000)
        yield taken("understated size", f"says-{said}.wav", wave, "audio/x-wav")
        webp = b"RIFF" + struct.pack("<I", said) + b"WEBPVP8 " + struct.pack("<I", said) + bytes(4000)
        yield taken("understated size", f"says-{said}.webp", webp, "image/webp")
        film = (
            struct.pack(">I", 24)
            + b"ftypmp42\x00\x00\x00\x00isommp42"
            + struct.pack(">I", said)
            + b"mdat"
            + bytes(900)
        )
        yield taken("understated size", f"says-{said}.mp4", film, "video/mp4")


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo("x", _DATE)
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link", _DATE)
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def _flagged(archive: bytes) -> bytes:
    content = bytearray(archive)
    content[6] |= 1
    return bytes(content)


def _overlapping(number: int) -> bytes:
    """Many names for one member: the central directory points at the same bytes again and again."""
    single = _zip({"zeros": bytes(1024 * 1024)})
    at = single.index(b"PK\x01\x02")
    end = single.index(b"PK\x05\x06")
    central = single[at:end] * number
    head = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, number, number, len(central), at, 0)
    return single[:at] + central + head
