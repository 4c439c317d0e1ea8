# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The typesetter: a program of its own that sets one document and ends. It alone decodes pictures and loads fonts.

It reads one JSON request from standard input and answers with one JSON line on standard output, see `pdf.py`, which
runs it. It has limits on memory and time, opens no file but its fonts, its template and the libraries, and imports
nothing of ours, so that it starts in a few hundredths of a second.
"""

import base64
import io
import json
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).resolve().parent / "typst"
# Above this a picture is made smaller: a page of paper shows no more, and a part of the dossier must hold some of them.
BYTES_MAX, SIDE_MAX, PIXELS_MAX = 1_500_000, 2600, 120_000_000
PART_BYTES_MAX = 10_000_000
# What a part needs beside its pictures: fonts, pages of text, and the structure around them.
_PART_REST = 700_000
_TALL = 1.45
_CPU_SECONDS, _MEMORY_BYTES = 120, 3 << 30
_STANDARD = ["a-2b"]


def main() -> None:
    """Serve the one request."""
    _confine()
    request = json.load(sys.stdin.buffer)
    answer = render(request) if request["do"] == "render" else typeset(request)
    json.dump(answer, sys.stdout)


def typeset(request: dict[str, Any]) -> dict[str, Any]:
    """Set `data` with `pictures` ({key, no, caption, bytes in base64}, in order).

    Answers {parts: [pdf in base64], part_pages, unreadable: [key]}: each part at most 10 MB, pages numbered on through all.
    """
    with ThreadPoolExecutor(2) as both:
        fitted = list(both.map(_fitted, request["pictures"]))
    shown = [item for item in fitted if item is not None]
    unreadable = [p["key"] for p, f in zip(request["pictures"], fitted, strict=True) if f is None]
    sheets = _sheets(shown)
    files = {item["file"]: item.pop("svg") for item in shown}
    setter = _Setter(request["data"], sheets, files, unreadable)
    parts = [_text(pdf) for pdf in setter.parts()]
    return {"parts": parts, "part_pages": setter.part_pages, "unreadable": unreadable}


def render(request: dict[str, Any]) -> dict[str, Any]:
    """One page of a document of ours as a picture: {pdf, page from 0, width in pixels} -> {image: JPEG, pages}."""
    import pypdfium2

    document = pypdfium2.PdfDocument(base64.b64decode(request["pdf"]))
    if not 0 <= request["page"] < len(document):
        return {"image": None, "pages": len(document)}
    page = document[request["page"]]
    image = page.render(scale=request["width"] / page.get_width()).to_pil()
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=85)
    return {"image": _text(out.getvalue()), "pages": len(document)}


class _Setter:
    """One document in one or several parts."""

    def __init__(
        self,
        data: dict[str, Any],
        sheets: list[list[dict[str, Any]]],
        files: dict[str, bytes],
        unreadable: list[str],
    ) -> None:
        import typst

        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(ASSETS)]
        )
        self._typst, self._fonts = typst, fonts
        self._template = (ASSETS / "dossier.typ").read_bytes()
        first: dict[str, int] = {}
        for at, sheet in enumerate(sheets):
            for cell in sheet:
                first.setdefault(str(cell["no"]), at)
        self._data = {**data, "first_sheet": first, "unreadable": unreadable, "sheets_total": len(sheets)}
        self._sheets, self._files = sheets, files
        self.pages = 0
        self.part_pages: list[int] = []

    def parts(self) -> list[bytes]:
        """The parts; a part that came out too big is halved and all are set again."""
        groups = self._groups()
        while True:
            made = [self._part(groups, at) for at in range(len(groups))]
            split: list[list[int]] = []
            for group, pdf in zip(groups, made, strict=True):
                half = len(group) // 2
                split += [group[:half], group[half:]] if len(pdf) > PART_BYTES_MAX and half else [group]
            if len(split) == len(groups):
                text = self.pages - len(self._sheets)
                self.part_pages = [len(group) + (0 if at else text) for at, group in enumerate(groups)]
                return made
            groups = split

    def _groups(self) -> list[list[int]]:
        """Which sheets go into which part, by the bytes of their pictures."""
        groups: list[list[int]] = [[]]
        room = PART_BYTES_MAX - _PART_REST
        left = room
        for at, sheet in enumerate(self._sheets):
            need = sum(cell["bytes"] for cell in sheet)
            if need > left and groups[-1]:
                groups.append([])
                left = room
            groups[-1].append(at)
            left -= need
        return groups

    def _part(self, groups: list[list[int]], at: int) -> bytes:
        before = groups[at][0] if groups[at] else 0
        chosen = [self._sheets[number] for number in groups[at]]
        data = {
            **self._data,
            "sheets": chosen,
            "part": at + 1,
            "parts": len(groups),
            "sheets_before": before,
            "text_pages": self.pages - len(self._sheets) if at else 0,
        }
        used = {cell["file"]: self._files[cell["file"]] for sheet in chosen for cell in sheet}
        given = {"main": self._template, **used}
        words = {"data": json.dumps(data, ensure_ascii=False)}
        options: dict[str, Any] = {
            "font_paths": self._fonts,
            "ignore_system_fonts": True,
            "sys_inputs": words,
        }
        pdf = self._typst.compile(given, format="pdf", pdf_standards=_STANDARD, pdf_tags=False, **options)
        if at == 0:
            found = json.loads(self._typst.query(given, "<pages>", field="value", one=True, **options))
            self.pages = int(found)
        return bytes(pdf)


def _sheets(pictures: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """One picture a page; two tall ones, as phones take them, side by side."""
    sheets: list[list[dict[str, Any]]] = []
    for item in pictures:
        last = sheets[-1] if sheets else []
        if len(last) == 1 and last[0]["tall"] and item["tall"]:
            last.append(item)
        else:
            sheets.append([item])
    return sheets


def _fitted(given: dict[str, Any]) -> dict[str, Any] | None:
    """The picture without what a camera writes into it, upright and no bigger than a page needs; None if unreadable."""
    from PIL import Image

    data = base64.b64decode(given["data"])
    try:
        image = Image.open(io.BytesIO(data))
        width, height = image.size
        if width * height > PIXELS_MAX:
            return None
        small = len(data) <= BYTES_MAX and max(width, height) <= SIDE_MAX
        if small and image.format == "JPEG" and image.getexif().get(0x0112, 1) == 1:
            # Copies come from an encoder of ours: looking at the head of one is enough, and costs nothing.
            data, kind = b"".join(_without_metadata(data)), "jpeg"
        else:
            data, kind, (width, height) = _redrawn(image)
    except Exception:
        # Whatever a damaged picture does to its decoder: its page says that it cannot be shown.
        return None
    name = f"{given['key']}.svg"
    words = base64.b64encode(data).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{words}"/></svg>'
    )
    return {
        "key": given["key"],
        "no": given["no"],
        "caption": given["caption"],
        "lines": given["lines"],
        "file": name,
        "bytes": len(data),
        "tall": height >= _TALL * width,
        "svg": svg.encode(),
    }


def _redrawn(image: Any) -> tuple[bytes, str, tuple[int, int]]:
    from PIL import ImageOps

    image.draft("RGB", (SIDE_MAX, SIDE_MAX))
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        from PIL import Image

        below = Image.new("RGBA", upright.size, "white")
        below.alpha_composite(upright.convert("RGBA"))
        upright = below
    upright = upright.convert("RGB")
    upright.thumbnail((SIDE_MAX, SIDE_MAX))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=80)
    return out.getvalue(), "jpeg", upright.size


def _without_metadata(data: bytes) -> Iterator[bytes]:
    """A JPEG file without its application segments and comments (place, device, owner); the picture is untouched.

    ITU-T T.81, annex B: markers from SOI to SOS; APP0 (JFIF) and APP14 (how colours are written) stay.
    """
    yield data[:2]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        marker = data[at + 1]
        if not (0xE0 < marker <= 0xEF and marker != 0xEE) and marker != 0xFE:
            yield data[at : at + length]
        at += length
    yield data[at:]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _confine() -> None:
    """Limits of this process. Where the system knows none, the caller's time limit is left."""
    warnings.simplefilter("error")
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main()
