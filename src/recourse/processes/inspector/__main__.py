# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The inspector's main: lock in, read one file, say what is in it. Started by `gateways/inspector.py`."""

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from recourse.core.inspection import Note, Reason, Verdict, picture_head
from recourse.processes.inspector.confinement import lock_in
from recourse.processes.inspector.raw import Findings, NoPreview, Pixels

Decoder = Callable[[bytes], Iterator[Pixels | Findings | Note]]

# Each module imports what it needs when it is imported itself, because afterwards nothing can be opened.
_DECODERS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"),
        ("recourse.processes.inspector.pictures", "decode"),
    ),
    "image/heic": ("recourse.processes.inspector.pictures", "decode_heic"),
    "application/pdf": ("recourse.processes.inspector.documents", "decode"),
    **dict.fromkeys(
        ("text/plain", "text/csv", "text/html", "message/rfc822"),
        ("recourse.processes.inspector.papers", "decode"),
    ),
}


def main(media_type: str, masks: str = "") -> int:
    """Inspect the file on standard input; with `masks`, a JSON list of regions, draw a picture of ours again."""
    decoder = _decoder(media_type, masks)
    confinement = lock_in()
    _write(b"C", _plain(asdict(confinement)))
    if not confinement.enough:
        return _end(Verdict.no_preview, Reason.off)
    size = int.from_bytes(sys.stdin.buffer.read(8), "big")
    data = sys.stdin.buffer.read(size)
    if decoder is None or len(data) != size:
        return _end(Verdict.no_preview, Reason.unknown_kind if decoder is None else Reason.gone)
    try:
        notes = _send(decoder(data))
    except NoPreview as told:
        return _end(Verdict.no_preview, told.reason)
    except MemoryError:
        return _end(Verdict.no_preview, Reason.too_heavy)
    except Exception:
        # A file that breaks a decoder in a way nobody thought of is a damaged file.
        return _end(Verdict.no_preview, Reason.damaged)
    return _end(Verdict.ok, Reason.none, notes)


def _decoder(media_type: str, masks: str) -> Decoder | None:
    if masks:
        return importlib.import_module("recourse.processes.inspector.masked").masking(masks)
    if media_type not in _DECODERS:
        return None
    module, name = _DECODERS[media_type]
    return getattr(importlib.import_module(module), name)


def _send(made: Iterator[Pixels | Findings | Note]) -> tuple[Note, ...]:
    notes: list[Note] = []
    for item in made:
        if isinstance(item, Pixels):
            _write(b"P", picture_head(item.form, item.page, item.width, item.height), item.data)
        elif isinstance(item, Findings):
            _write(b"F", _plain(item.values))
        else:
            notes.append(item)
    return tuple(notes)


def _end(verdict: Verdict, reason: Reason, notes: tuple[Note, ...] = ()) -> int:
    _write(
        b"E", _plain({"verdict": verdict.value, "reason": reason.value, "notes": [n.value for n in notes]})
    )
    return 0


def _plain(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


def _write(letter: bytes, *parts: bytes) -> None:
    """Through the descriptor itself: a frame may be large, and nothing of it is copied."""
    size = sum(len(part) for part in parts)
    for part in (letter + size.to_bytes(4, "big"), *parts):
        view = memoryview(part)
        while view:
            view = view[os.write(1, view) :]


if __name__ == "__main__":
    # Whatever a library prints must not mix with the frames.
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    raise SystemExit(main(*sys.argv[1:3]) if len(sys.argv) > 1 else main(""))
