# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The inspector from outside: start it for one file, read its frames, believe none of them, make pictures of pixels.

Nothing of a stranger's file is decoded here. What comes back is pixels of a stated size and strings, both checked; the
pictures are encoded here, so that no byte of the original reaches a reader.
"""

import io
import json
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, BinaryIO

from recourse.core.inspection import (
    FINDINGS_BYTES_MAX,
    FRAME_MAX,
    PAGES_MAX,
    PICTURE_HEAD,
    WALL_SECONDS,
    Confinement,
    Form,
    Inspection,
    Note,
    Picture,
    Reason,
    Verdict,
    nothing,
    read_confinement,
    read_picture_head,
)
from recourse.core.screen import Region
from recourse.gateways.cage import start_caged

_PROGRAM = "recourse.processes.inspector"
_RECORDINGS = ("audio/", "video/")
_PICTURES_MAX = PAGES_MAX + 2
_LIMITS = {b"C": 4096, b"P": FRAME_MAX, b"F": FINDINGS_BYTES_MAX, b"E": 4096}
_QUALITY = 86
_DEPTH_MAX = 6
# No kind at all is enough to learn how well this system confines.
_NO_KIND = "none/none"


@dataclass(slots=True)
class _Told:
    """What the frames said so far."""

    confinement: Confinement = field(default_factory=Confinement)
    pictures: list[Picture] = field(default_factory=list)
    findings: dict[str, Any] = field(default_factory=dict)
    end: dict[str, Any] | None = None


class _Nonsense(Exception):
    """A frame that no inspector of ours sends."""


class CagedInspector:
    """`Inspector`: one confined process for each file."""

    def __init__(self, *, seconds: int = WALL_SECONDS) -> None:
        self._seconds = seconds

    @cached_property
    def confinement(self) -> Confinement:
        """What holds an inspector on this system, tried once."""
        return self._run(b"", _NO_KIND)[0].confinement

    def inspect(self, data: bytes, media_type: str) -> Inspection:
        """What can be seen of a file; never raises for what is in it."""
        if media_type.startswith(_RECORDINGS):
            return nothing(Reason.recording)
        if not self.confinement.enough:
            return nothing(Reason.off)
        return self._look(data, media_type)

    def mask(self, data: bytes, regions: Sequence[Region]) -> Inspection:
        """A JPEG of ours with these regions black, and its small picture."""
        if not self.confinement.enough:
            return nothing(Reason.off)
        places = [[item.left, item.top, item.right, item.bottom] for item in regions]
        return self._look(data, "image/jpeg", json.dumps(places))

    def _look(self, data: bytes, *arguments: str) -> Inspection:
        told, killed, usage = self._run(data, *arguments)
        made = _inspection(told, killed=killed)
        return replace(made, cpu_ms=round((usage.ru_utime + usage.ru_stime) * 1000), peak_kib=usage.ru_maxrss)

    def _run(self, data: bytes, *arguments: str) -> tuple[_Told, bool, Any]:
        """(what it said, whether it was stopped, what it used)."""
        process = start_caged(_PROGRAM, *arguments)
        assert process.stdin is not None and process.stdout is not None
        told, late = _Told(), threading.Event()

        def stop() -> None:
            late.set()
            _kill(process.pid)

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            with process.stdin, process.stdout:
                # It answers with one small frame before it reads; pipes hold that, so nobody waits for the other.
                with suppress(BrokenPipeError):
                    process.stdin.write(len(data).to_bytes(8, "big") + data)
                    process.stdin.flush()
                _listen(process.stdout, told)
        except (_Nonsense, BrokenPipeError):
            told.end = None
        finally:
            timer.cancel()
            timer.join()
            _kill(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        return told, late.is_set() or process.returncode == -signal.SIGXCPU, usage


def _kill(pid: int) -> None:
    """Popen's own way to kill asks for the exit first, and then what the process used is lost."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _listen(pipe: BinaryIO, told: _Told) -> None:
    """Take frames until the end; raises _Nonsense for anything that is none of ours."""
    found = 0
    for letter, payload in _frames(pipe):
        if letter == b"F":
            found += len(payload)
            if found > FINDINGS_BYTES_MAX:
                raise _Nonsense
        if letter == b"C":
            told.confinement = read_confinement(_plain(payload))
        elif letter == b"P":
            told.pictures.append(_picture(payload))
            if len(told.pictures) > _PICTURES_MAX:
                raise _Nonsense
        elif letter == b"F":
            told.findings.update(_plain(payload))
        else:
            told.end = _plain(payload)
            return


def _frames(pipe: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    while head := pipe.read(5):
        size = int.from_bytes(head[1:], "big")
        if len(head) != 5 or size > _LIMITS.get(head[:1], -1):
            raise _Nonsense
        payload = pipe.read(size)
        if len(payload) != size:
            raise _Nonsense
        yield head[:1], payload


def _picture(payload: bytes) -> Picture:
    """Encode the pixels of a frame as JPEG; a page or a copy of few colours stays readable at this quality."""
    head = read_picture_head(payload)
    if head is None:
        raise _Nonsense
    form, page, width, height = head
    return Picture(
        form, page, width, height, "image/jpeg", encode_jpeg(width, height, payload[PICTURE_HEAD:])
    )


def encode_jpeg(width: int, height: int, rgb: bytes) -> bytes:
    """A JPEG of raw RGB pixels, without any metadata. Only the encoder is used here, on pixels whose size is checked."""
    from PIL import Image

    kept = io.BytesIO()
    Image.frombytes("RGB", (width, height), rgb).save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()


def _plain(payload: bytes) -> dict[str, Any]:
    """A map of strings, whole numbers, lists and maps; anything else is nonsense."""
    try:
        value = json.loads(payload, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _Nonsense from None
    if not isinstance(value, dict) or not _is_plain(value, _DEPTH_MAX):
        raise _Nonsense
    return value


def _refuse(_text: str) -> None:
    raise _Nonsense


def _is_plain(value: Any, depth: int) -> bool:
    if depth == 0:
        return False
    if isinstance(value, dict):
        return all(_is_plain(item, depth - 1) for item in value.values())
    if isinstance(value, list):
        return all(_is_plain(item, depth - 1) for item in value)
    if isinstance(value, str):
        # A lone half of a surrogate pair is no text that any store takes.
        return not any("\ud800" <= c <= "\udfff" for c in value)
    return isinstance(value, bool | int) and abs(value) < 2**53


def _inspection(told: _Told, *, killed: bool) -> Inspection:
    if killed:
        return nothing(Reason.too_slow)
    if told.end is None:
        return nothing(Reason.crashed)
    try:
        verdict, reason = Verdict(told.end.get("verdict")), Reason(told.end.get("reason"))
        notes = tuple(Note(name) for name in told.end.get("notes", ()))
    except (ValueError, TypeError):
        return nothing(Reason.crashed)
    if verdict is not Verdict.ok:
        return nothing(reason)
    if told.pictures and not any(item.form is Form.thumbnail for item in told.pictures):
        return nothing(Reason.crashed)
    return Inspection(verdict, reason, notes, tuple(told.pictures), told.findings)
