# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What kind of file this is, decided by its bytes and never by its name; what is not on the list is refused."""

import codecs
import re

import filetype

from recourse.core.problem import Problems, refuse

MIB = 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Pictures, recordings and documents that a phone makes or a platform exports, with the most bytes one file may have.
# All are kept as bytes; none is opened here.
ALLOWED = {
    "image/jpeg": 20 * MIB,
    "image/png": 20 * MIB,
    "image/webp": 20 * MIB,
    "image/gif": 20 * MIB,
    "image/heic": 20 * MIB,
    "image/avif": 20 * MIB,
    "application/pdf": 20 * MIB,
    "text/plain": 20 * MIB,  # notes, chat exports, bills as CSV
    "text/html": 20 * MIB,  # chat exports; never shown by a browser in our name
    "message/rfc822": 50 * MIB,
    XLSX: 20 * MIB,
    "audio/mpeg": 50 * MIB,
    "audio/mp4": 50 * MIB,
    "audio/aac": 50 * MIB,
    "audio/amr": 50 * MIB,
    "audio/ogg": 50 * MIB,
    "audio/x-wav": 50 * MIB,
    "audio/silk": 50 * MIB,  # voice messages of WeChat
    "video/mp4": 200 * MIB,
    "video/quicktime": 200 * MIB,
    "video/webm": 200 * MIB,
    "video/3gpp": 200 * MIB,
}
# What a browser may be told that it is; everything else travels as bytes.
SHOWN_AS = frozenset({kind for kind in ALLOWED if kind.partition("/")[0] in {"image", "audio", "video"}}) | {
    "application/pdf",
    "text/plain",
}
HEAD_BYTES = 8192
# What the box of a film says of itself where it is no film: Apple's sound is "M4A ", its pictures are "heic".
_BRANDS = {
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
}
_ALSO = {
    "audio/m4a": "audio/mp4",
    "audio/wav": "audio/x-wav",
    "image/heif": "image/heic",
    "image/apng": "image/png",
}
_SILK = (b"#!SILK_V3", b"\x02#!SILK_V3")
_FIELD = re.compile(r"([!-9;-~]+):")
# A comment may stand before it, as some programs write where a page was saved from.
_PAGE = re.compile(
    r"(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def media_type(head: bytes) -> str | Problems:
    """The media type of a file by its first 8 KiB, or why it is not taken."""
    if not head:
        return refuse(
            "file_empty",
            field="file",
            zh="这个文件是空的。",
            en="This file is empty.",
            do_zh="请重新选择文件，或重新拍一张。",
            do_en="Choose the file again, or take the picture again.",
        )
    found = _by_magic(head) or _late_pdf(head) or _as_words(head)
    return found if found in ALLOWED else _refused()


def too_big(kind: str) -> Problems:
    """The refusal of a file over its limit."""
    limit = ALLOWED[kind] // MIB
    return refuse(
        "file_too_big",
        field="file",
        zh=f"文件太大：这类文件最多{limit} MB。",
        en=f"The file is too big: at most {limit} MB for this kind.",
        do_zh="视频可以剪短或分段，图片可以用截图代替原图。",
        do_en="Cut a video into parts, or hand in a screenshot instead of the original picture.",
    )


def _by_magic(head: bytes) -> str | None:
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    if head[4:8] == b"ftyp" and head[8:11] == b"3gp":
        return "video/3gpp"
    if head.startswith(_SILK):
        return "audio/silk"
    if head.startswith(b"PK\x03\x04"):
        return _office(head)
    found: str | None = filetype.guess_mime(head)
    if found is None:
        return None
    return _ALSO.get(found, found)


def _late_pdf(head: bytes) -> str | None:
    """Readers open a PDF whose mark stands anywhere in the first kilobyte, so it is one."""
    return "application/pdf" if b"%PDF" in head[:1024] else None


def _office(head: bytes) -> str:
    """A workbook begins with its list of contents, which names its parts; any other archive is refused."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    books = name in {b"[Content_Types].xml", b"_rels/.rels", b"docProps/app.xml"} and b"xl/" in head
    return XLSX if books else "application/zip"


def _as_words(head: bytes) -> str | None:
    """Text in UTF-8 or GB 18030: plain, a page, or a mail. Other markup is refused, whatever it calls itself."""
    for encoding in ("utf-8", "gb18030"):
        try:
            # The cut after 8 KiB may lie within a character; a whole file may not end within one.
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD_BYTES)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            return None
        begin = text.lstrip("\ufeff \t\r\n")
        if begin.startswith("<"):
            return "text/html" if _PAGE.match(begin) else None
        return "message/rfc822" if _is_mail(begin) else "text/plain"
    return None


def _is_mail(text: str) -> bool:
    """RFC 5322, section 2.2: fields at the head, a sender and a date among them (section 3.6)."""
    fields = set()
    for line in text.splitlines():
        found = _FIELD.match(line)
        if found:
            fields.add(found[1].lower())
        elif not line or not line.startswith((" ", "\t")):
            break
    return {"from", "date"} <= fields and len(fields) >= 3


def _refused() -> Problems:
    return refuse(
        "file_type_refused",
        field="file",
        zh="这种文件不收。",
        en="Files of this kind are not taken.",
        do_zh="请交图片（jpg、png、webp、heic、gif）、PDF、录像（mp4、mov）、录音（mp3、m4a、amr、wav）、聊天记录（txt、html）、"
        "账单（csv、xlsx）或邮件（eml）；压缩包请解开再交，别的请截图或导出为PDF。",
        do_en="Hand in a picture (jpg, png, webp, heic, gif), PDF, video (mp4, mov), sound (mp3, m4a, amr, wav), a chat "
        "export (txt, html), a bill (csv, xlsx) or a mail (eml); unpack an archive first, and for anything else take a "
        "screenshot or export it as PDF.",
    )
