# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Inspection: what an inspector in a cage of its own made of one exhibit, and why there is nothing where there is nothing.

Only raw pixels and plain text cross the border between the process that decodes and everybody else; this module says
how. A frame is one letter, a length of four bytes (big-endian) and that many bytes:

- `C` confinement, JSON: the layers that really hold.
- `P` a picture: form (1 byte), page (2), width (4), height (4), then width × height × 3 bytes of RGB.
- `F` findings, JSON: strings and whole numbers alone.
- `E` the end, JSON: verdict, reason, notes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from recourse.core.text import Text

# Raised whenever the same file would be shown differently; exhibits inspected by an older one are inspected again.
MADE_BY = 2
PIXELS_MAX = 40_000_000  # of a picture as handed in; above it nothing is decoded
SHOWN_PIXELS_MAX = 12_000_000  # of the copy: a long screenshot stays readable
THUMBNAIL_SIDE = 240
PAGE_WIDTH = 1240  # A4 at 150 dpi
PAGES_MAX = 30
PAGE_PIXELS_MAX = 4_000_000
TEXT_MAX = 200_000  # characters
FINDINGS_BYTES_MAX = 4 * 1024 * 1024
CPU_SECONDS = 8
WALL_SECONDS = 20
MEMORY_BYTES = 1024 * 1024 * 1024


class Form(StrEnum):
    """What was made: the whole picture again without its metadata, a small one, or one page of a document."""

    copy = "copy"
    thumbnail = "thumbnail"
    page = "page"


FORMS = tuple(Form)  # the byte on the wire is the place in this row


class Verdict(StrEnum):
    """Whether there is something to see."""

    ok = "ok"
    no_preview = "no_preview"


class Reason(StrEnum):
    """Why there is nothing to see."""

    none = "none"
    recording = "recording"
    uncleaned = "uncleaned"
    no_heic = "no_heic"
    damaged = "damaged"
    too_many_pixels = "too_many_pixels"
    locked = "locked"
    too_slow = "too_slow"
    too_heavy = "too_heavy"
    crashed = "crashed"
    not_text = "not_text"
    unknown_kind = "unknown_kind"
    gone = "gone"
    off = "off"


REASONS: Mapping[Reason, Text] = {
    Reason.none: Text("可以预览。", "There is a preview."),
    Reason.recording: Text("录音录像不做预览，原件已封存。", "Recordings get no preview; the original is sealed."),
    Reason.uncleaned: Text(
        "录音录像不做预览，原件已封存。这个文件里夹带的信息（如拍摄位置）去不干净，所以对方拿不到；可以用手机转成MP4再交一份。",
        "Recordings get no preview; the original is sealed. What else this file says, such as where it was taken, cannot be taken out, so the other side does not get it. Convert it to MP4 and add that.",
    ),
    Reason.no_heic: Text(
        "这台服务器没装HEIC组件，不能预览；原件已封存。可以另交一份JPG。",
        "This server lacks the HEIC part, so there is no preview; the original is sealed. A JPG can be added.",
    ),
    Reason.damaged: Text(
        "文件不完整或已损坏，打不开；原件照样封存。可以重新导出再交一份。",
        "The file is incomplete or damaged and does not open; the original is sealed as it is. Export it again.",
    ),
    Reason.too_many_pixels: Text(
        "图片尺寸太大（超过4000万像素），不做预览；原件已封存。可以裁小再交一份。",
        "The picture is too large (over 40 megapixels) to preview; the original is sealed. Add a smaller one.",
    ),
    Reason.locked: Text(
        "文件加了密码，打不开；原件已封存。请另交一份不加密的。",
        "The file is locked with a password; the original is sealed. Add one without a password.",
    ),
    Reason.too_slow: Text(
        "打开太费时间，已停下；原件已封存。可以用截图代替。",
        "Opening it took too long and was stopped; the original is sealed. Screenshots can be added.",
    ),
    Reason.too_heavy: Text(
        "打开太占内存，已停下；原件已封存。可以用截图代替。",
        "Opening it took too much memory and was stopped; the original is sealed. Screenshots can be added.",
    ),
    Reason.crashed: Text(
        "打开时出错，已停下；原件已封存。可以用截图代替。",
        "Opening it failed and was stopped; the original is sealed. Screenshots can be added.",
    ),
    Reason.not_text: Text(
        "看不出文字编码，不能显示；原件已封存。请另存为UTF-8再交一份。",
        "The encoding of this text is not understood; the original is sealed. Save it as UTF-8 and add it.",
    ),
    Reason.unknown_kind: Text("这种文件不做预览；原件已封存。", "Files of this kind get no preview; the original is sealed."),
    Reason.gone: Text("原件已删除或已损坏，没有可预览的。", "The original was erased or is damaged: nothing to preview."),
    Reason.off: Text(
        "这台服务器不能把打开文件的程序关进隔离区，预览已关闭；原件已封存。",
        "This server cannot confine the program that opens files, so previews are off; the original is sealed.",
    ),
}  # fmt: skip


class Note(StrEnum):
    """What a reader must know of a preview that shows less than the file."""

    pages_cut = "pages_cut"
    pages_missing = "pages_missing"
    moving = "moving"
    shrunk = "shrunk"
    text_cut = "text_cut"


NOTES: Mapping[Note, Text] = {
    Note.pages_cut: Text("页数太多，只显示前面的页。", "Too many pages: only the first ones are shown."),
    Note.pages_missing: Text("有的页打不开，没有显示。", "Some pages did not open and are not shown."),
    Note.moving: Text("这是动图，只显示第一帧。", "This picture moves; only its first frame is shown."),
    Note.shrunk: Text("图片很大，显示的是缩小的副本。", "The picture is large; a smaller copy is shown."),
    Note.text_cut: Text("文字很长，只显示开头。", "The text is long; only its beginning is shown."),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One encoded picture. `page` counts from 1; 0 for copy and thumbnail. Sizes are pixels."""

    form: Form
    page: int
    width: int
    height: int
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds an inspector. Without limits, and without the network and the files taken away, nothing is decoded."""

    limits: bool = False
    no_new_privileges: bool = False
    namespaces: bool = False
    no_files: bool = False
    system_calls: bool = False

    @property
    def enough(self) -> bool:
        """Whether a stranger's file may be opened: bounded, no way to more rights, no network, no files."""
        no_network = self.namespaces or self.system_calls
        no_files = self.no_files or self.system_calls
        return self.limits and self.no_new_privileges and no_network and no_files


def read_confinement(said: Mapping[str, Any]) -> Confinement:
    """What a locked program says of what holds it; whatever it does not plainly say does not hold."""
    return Confinement(**{item.name: said.get(item.name) is True for item in fields(Confinement)})


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that came back for one file. `findings` hold strings, whole numbers, lists and maps of them."""

    verdict: Verdict
    reason: Reason = Reason.none
    notes: tuple[Note, ...] = ()
    pictures: tuple[Picture, ...] = ()
    findings: Mapping[str, Any] = field(default_factory=dict)
    cpu_ms: int = 0
    peak_kib: int = 0


def nothing(reason: Reason) -> Inspection:
    """There is nothing to see, and this is why."""
    return Inspection(Verdict.no_preview, reason)


def picture_head(form: Form, page: int, width: int, height: int) -> bytes:
    """The eleven bytes before the pixels of a picture."""
    return (
        FORMS.index(form).to_bytes(1, "big")
        + page.to_bytes(2, "big")
        + width.to_bytes(4, "big")
        + height.to_bytes(4, "big")
    )


PICTURE_HEAD = 11


def read_picture_head(payload: bytes) -> tuple[Form, int, int, int] | None:
    """(form, page, width, height) of a picture frame; None when the numbers are no picture of ours or do not fit."""
    if len(payload) < PICTURE_HEAD or payload[0] >= len(FORMS):
        return None
    form, page = FORMS[payload[0]], int.from_bytes(payload[1:3], "big")
    width, height = int.from_bytes(payload[3:7], "big"), int.from_bytes(payload[7:11], "big")
    if width < 1 or height < 1 or width * height > SHOWN_PIXELS_MAX:
        return None
    if len(payload) != PICTURE_HEAD + width * height * 3:
        return None
    if (form is Form.page) != (page > 0) or page > PAGES_MAX:
        return None
    return form, page, width, height


FRAME_MAX = PICTURE_HEAD + SHOWN_PIXELS_MAX * 3
