# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The reader's main: load the models, lock in, read pictures until nobody sends any. Started by `gateways/ocr.py`."""

import io
import json
import os
import sys
from dataclasses import asdict
from typing import Any

# No further thread can be started once it is locked in; the libraries ask for this when they are imported.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import cv2
import numpy as np
from PIL import Image, ImageDraw, JpegImagePlugin
from rapidocr import RapidOCR

from recourse.core.inspection import SHOWN_PIXELS_MAX
from recourse.core.reading import CPU_SECONDS, MEMORY_BYTES, NOT_READ, answer
from recourse.core.region import Page
from recourse.core.screen import Line
from recourse.processes.inspector.confinement import lock_in

# Letters of a phone's screen stay readable at this width; a long screenshot is read in tiles that overlap.
_WIDTH, _TILE, _OVERLAP = 1600, 1600, 200
_BYTES_MAX = 64 * 1024 * 1024
_PLUGINS = (JpegImagePlugin,)
_ONE_THREAD = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def main() -> int:
    """Read pictures until the end of the input."""
    Image.MAX_IMAGE_PIXELS = SHOWN_PIXELS_MAX
    cv2.setNumThreads(1)
    engine = RapidOCR(params=_ONE_THREAD)
    _warm(engine)
    confinement = lock_in(cpu_seconds=CPU_SECONDS, memory=MEMORY_BYTES)
    _write(json.dumps(asdict(confinement)).encode())
    if not confinement.enough:
        return 1
    while head := sys.stdin.buffer.read(8):
        size = int.from_bytes(head, "big")
        data = sys.stdin.buffer.read(size) if size <= _BYTES_MAX else b""
        if len(data) != size:
            return 1
        try:
            said = answer(read(engine, data))
        except Exception:
            # A picture that breaks the reading is a picture that was not read; the next one is another matter.
            said = NOT_READ
        _write(said)
    return 0


def read(engine: Any, data: bytes) -> Page:
    """The lines of a JPEG of ours, in its own pixels, from the top."""
    image = Image.open(io.BytesIO(data), formats=("JPEG",)).convert("RGB")
    width, height = image.size
    small = image
    if width > _WIDTH:
        small = image.resize((_WIDTH, max(1, height * _WIDTH // width)), Image.Resampling.BOX)
    lines: list[Line] = []
    top = 0
    while True:
        bottom = min(small.height, top + _TILE)
        last = bottom == small.height
        tile = np.asarray(small.crop((0, top, small.width, bottom)))[:, :, ::-1]
        for line in _lines(engine(tile)):
            middle = line.top + line.height // 2
            # Whatever stands where two tiles overlap belongs to the one that has more of it around.
            if (top == 0 or middle >= _OVERLAP // 2) and (last or middle < _TILE - _OVERLAP // 2):
                lines.append(_placed(line, top, width, small.width))
        if last:
            return Page(0, width, height, tuple(sorted(lines, key=lambda item: (item.top, item.left))))
        top += _TILE - _OVERLAP


def _lines(found: Any) -> list[Line]:
    if found.txts is None:
        return []
    lines = []
    for text, score, box in zip(found.txts, found.scores, found.boxes, strict=True):
        left, top = (max(0, int(box[:, axis].min())) for axis in (0, 1))
        right, bottom = (int(box[:, axis].max()) + 1 for axis in (0, 1))
        lines.append(Line(text, left, top, right - left, bottom - top, round(score * 100)))
    return lines


def _placed(line: Line, top: int, width: int, small: int) -> Line:
    """A line of a tile in the pixels of the whole picture."""
    left, upper, across, down = (
        value * width // small for value in (line.left, line.top + top, line.width, line.height)
    )
    return Line(line.text, left, upper, across, down, line.confidence)


def _warm(engine: Any) -> None:
    """Read once before locking in: what loads itself late is then there."""
    image = Image.new("RGB", (320, 120), "white")
    ImageDraw.Draw(image).text((20, 20), "1234567890 ABC", fill="black", font_size=32)
    kept = io.BytesIO()
    image.save(kept, "JPEG")
    read(engine, kept.getvalue())


def _write(payload: bytes) -> None:
    view = memoryview(len(payload).to_bytes(4, "big") + payload)
    while view:
        view = view[os.write(_OUT, view) :]


if __name__ == "__main__":
    # Whatever a library prints must not mix with the answers.
    _OUT = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    raise SystemExit(main())
