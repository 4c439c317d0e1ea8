# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Photos and screenshots: turned upright, without metadata, as pixels; and what was seen of them on the way."""

import contextlib
import io
import itertools
import math
import warnings
from collections.abc import Iterator
from typing import Any

from PIL import (
    AvifImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from recourse.core.inspection import PIXELS_MAX, SHOWN_PIXELS_MAX, THUMBNAIL_SIDE, Form, Note, Reason
from recourse.core.likeness.picture import LIKENESS_SIDE
from recourse.core.likeness.strip import CELLS, ROWS_MAX, ROWS_WIDTH
from recourse.processes.inspector.raw import Findings, NoPreview, Pixels

try:
    from pillow_heif import register_heif_opener
except ImportError:
    register_heif_opener = None

# All that is opened is one of these, whatever else the library knows; naming them here imports them in time.
_PLUGINS = (
    AvifImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_SIDE_MAX = 30_000
_SOFTWARE_MAX = 120

Image.MAX_IMAGE_PIXELS = PIXELS_MAX
warnings.simplefilter("error", Image.DecompressionBombWarning)
Image.init()
if register_heif_opener is not None:
    register_heif_opener(thumbnails=False, decode_threads=1)


def decode(data: bytes, *, formats: tuple[str, ...] = _FORMATS) -> Iterator[Pixels | Findings | Note]:
    """The copy, the small picture and what was found; raises NoPreview."""
    image = open_picture(data, formats)
    found = _said(image)
    if getattr(image, "is_animated", False):
        image.seek(0)
        yield Note.moving
    if image.width * image.height > SHOWN_PIXELS_MAX:
        yield Note.shrunk
    upright = turn_upright(image)
    copy = _at_most(upright, SHOWN_PIXELS_MAX)
    yield pixels(copy, form=Form.copy)
    yield thumbnail(copy)
    yield Findings({**found, "likeness": _likeness(copy), "strips": _strips(copy)})


def decode_heic(data: bytes) -> Iterator[Pixels | Findings | Note]:
    """Photos of newer phones, where the extra is installed."""
    if register_heif_opener is None:
        raise NoPreview(Reason.no_heic)
    return decode(data, formats=("HEIF",))


def pixels(image: Image.Image, *, form: Form, page: int = 0) -> Pixels:
    """An RGB picture as it crosses the border."""
    return Pixels(form, page, image.width, image.height, image.tobytes())


def thumbnail(image: Image.Image) -> Pixels:
    """The small picture of a list; a long screenshot shows its upper part."""
    part = image.crop((0, 0, image.width, min(image.height, image.width * 2)))
    part.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE * 2))
    return pixels(part, form=Form.thumbnail)


def open_picture(data: bytes, formats: tuple[str, ...]) -> Image.Image:
    """A picture of one of these formats, not decoded yet; raises NoPreview."""
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise NoPreview(Reason.too_many_pixels) from None
    if image.format == "JPEG" and image.width * image.height > SHOWN_PIXELS_MAX:
        # The decoder itself can give a half or a quarter, which spares the memory of the whole.
        factor = math.sqrt(SHOWN_PIXELS_MAX / (image.width * image.height))
        image.draft("RGB", (math.ceil(image.width * factor), math.ceil(image.height * factor)))
    return image


def turn_upright(image: Image.Image) -> Image.Image:
    """Turned as its metadata says, then on white and in RGB: what is left has no metadata. Raises NoPreview."""
    try:
        image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise NoPreview(Reason.too_many_pixels) from None
    with contextlib.suppress(ValueError, TypeError, KeyError, SyntaxError, OSError, ZeroDivisionError):
        # Metadata that cannot be read turns nothing.
        image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "F":
        image = image.convert("L")
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        image = _at_most(image.convert("RGBA"), SHOWN_PIXELS_MAX)
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        image = ground
    return image.convert("RGB")


def _at_most(image: Image.Image, most: int) -> Image.Image:
    factor = min(1.0, math.sqrt(most / (image.width * image.height)), _SIDE_MAX / max(image.size))
    if factor == 1.0:
        return image
    size = (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
    return image.resize(size, Image.Resampling.BOX)


def _said(image: Image.Image) -> dict[str, Any]:
    """What the metadata says of program and moment. Where it was taken is never read out."""
    found: dict[str, Any] = {}
    try:
        exif = image.getexif()
        software = exif.get(ExifTags.Base.Software) or image.info.get("Software")
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(
            ExifTags.Base.DateTime
        )
    except Exception:
        return found
    if isinstance(software, str) and software.strip():
        found["software"] = _clean(software)
    if isinstance(taken, str) and len(taken) >= 19:
        found["taken_at"] = _clean(taken)[:19]
    return found


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:_SOFTWARE_MAX].strip()


def _likeness(image: Image.Image) -> str:
    """A difference hash: of each two neighbours in a tiny grey picture, which is the lighter. Hex, 256 bits."""
    side = LIKENESS_SIDE
    grey = image.convert("L").resize((side + 1, side), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(side):
        begin = row * (side + 1)
        for column in range(side):
            bits = bits << 1 | (grey[begin + column] < grey[begin + column + 1])
    return f"{bits:0{side * side // 4}x}"


def _strips(image: Image.Image) -> str:
    """A 64-bit signature of each strip of a screenshot brought to one width: where it gets lighter, from left to right.

    Hex, 16 digits a strip, from the top. Empty for what is no screenshot of a phone.
    """
    if image.width < 200 or image.height < image.width:
        return ""
    rows = round(image.height * ROWS_WIDTH / image.width)
    if rows > ROWS_MAX:
        return ""
    grey = image.convert("L").resize((CELLS + 1, rows), Image.Resampling.BOX).tobytes()
    found = []
    for row in range(rows):
        line = grey[row * (CELLS + 1) : (row + 1) * (CELLS + 1)]
        bits = 0
        for left, right in itertools.pairwise(line):
            bits = bits << 1 | (right > left + 5)
        found.append(f"{bits:016x}")
    return "".join(found)
