# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What kind of file this is, decided by its bytes and never by its name; what is not on the list is refused."""

import codecs
import re

import filetype

from recourse.core.problem import Problems, refuse

MIB = 1024 * 1024
# Pictures, recordings and documents that a phone makes, with the most bytes one file may have.
ALLOWED = {
    "image/jpeg": 20 * MIB,
    "image/png": 20 * MIB,
    "image/webp": 20 * MIB,
    "image/gif": 20 * MIB,
    "image/heic": 20 * MIB,
    "application/pdf": 20 * MIB,
    "text/plain": 2 * MIB,
    "audio/mpeg": 50 * MIB,
    "audio/mp4": 50 * MIB,
    "audio/amr": 50 * MIB,
    "audio/x-wav": 50 * MIB,
    "video/mp4": 200 * MIB,
    "video/quicktime": 200 * MIB,
}
HEAD_BYTES = 8192
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
    found = _by_magic(head) or _as_text(head)
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
    # Apple writes m4a as "M4A " in the brand, which says sound although the box is that of a film.
    if head[4:8] == b"ftyp" and head[8:12] in {b"M4A ", b"M4B "}:
        return "audio/mp4"
    found: str | None = filetype.guess_mime(head)
    if found is None:
        return None
    return {"audio/m4a": "audio/mp4", "audio/wav": "audio/x-wav", "image/heif": "image/heic"}.get(
        found, found
    )


def _as_text(head: bytes) -> str | None:
    """Plain text in UTF-8 or GB 18030. Markup is no plain text, whatever it calls itself."""
    for encoding in ("utf-8", "gb18030"):
        try:
            # The cut after 8 KiB may lie within a character; a whole file may not end within one.
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD_BYTES)
        except UnicodeDecodeError:
            continue
        marked = text.lstrip("\ufeff \t\r\n").startswith("<")
        return None if marked or _CONTROL.search(text) else "text/plain"
    return None


def _refused() -> Problems:
    return refuse(
        "file_type_refused",
        field="file",
        zh="这种文件不收。",
        en="Files of this kind are not taken.",
        do_zh="请交图片（jpg、png、webp、heic、gif）、PDF、录像（mp4、mov）、录音（mp3、m4a、amr、wav）或纯文本；别的请截图或导出为PDF。",
        do_en="Hand in a picture (jpg, png, webp, heic, gif), PDF, video (mp4, mov), sound (mp3, m4a, amr, wav) or "
        "plain text; for anything else take a screenshot or export it as PDF.",
    )
