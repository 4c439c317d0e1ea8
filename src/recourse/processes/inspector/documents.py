# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""PDF: each page as pixels. Scripts, links, attached files and forms that send stay where they are."""

import time
from collections.abc import Iterator

import pypdfium2
from PIL import Image

from recourse.core.inspection import (
    CPU_SECONDS,
    PAGE_PIXELS_MAX,
    PAGE_WIDTH,
    PAGES_MAX,
    Form,
    Note,
    Reason,
)
from recourse.processes.inspector.pictures import pixels, thumbnail
from recourse.processes.inspector.raw import Findings, NoPreview, Pixels

# What is left of the limit is for the page under way.
_ENOUGH_SECONDS = CPU_SECONDS * 5 // 8


def decode(data: bytes) -> Iterator[Pixels | Findings | Note]:
    """The first pages, at most as many as the limits allow; raises NoPreview."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise NoPreview(Reason.locked if locked else Reason.damaged) from None
    count, shown, missing = len(document), 0, False
    for index in range(min(count, PAGES_MAX)):
        if time.process_time() > _ENOUGH_SECONDS and shown:
            break
        try:
            image = _page(document, index)
        except (pypdfium2.PdfiumError, ValueError):
            missing = True
            continue
        yield pixels(image, form=Form.page, page=index + 1)
        if not shown:
            yield thumbnail(image)
        shown += 1
    if not shown:
        raise NoPreview(Reason.damaged)
    if missing:
        yield Note.pages_missing
    if (shown < count and not missing) or count > PAGES_MAX:
        yield Note.pages_cut
    yield Findings({"pages": count, **_said(document)})


def _page(document: pypdfium2.PdfDocument, index: int) -> Image.Image:
    page = document[index]
    width, height = page.get_size()
    if not (0 < width < 20_000 and 0 < height < 20_000):
        raise ValueError("a page without a size")
    scale = min(PAGE_WIDTH / width, (PAGE_PIXELS_MAX / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    image = bitmap.to_pil().convert("RGB")
    page.close()
    if image.width * image.height > PAGE_PIXELS_MAX * 2:
        raise ValueError("a page larger than asked for")
    return image


def _said(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """The program that made it, as the file says."""
    try:
        told = document.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        return {}
    name = told.get("Creator") or told.get("Producer") or ""
    clean = "".join(c for c in name if c.isprintable())[:120].strip()
    return {"software": clean} if clean else {}
