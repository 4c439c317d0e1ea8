# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The border: what is locked in, what crosses, and what happens when somebody lies about it."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from recourse.core.inspection import Confinement, Form, Inspection, Note, Reason, Verdict, picture_head
from recourse.gateways import inspector as border
from recourse.gateways.inspector import CagedInspector

SOURCES = Path(border.__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def caged() -> CagedInspector:
    inspector = CagedInspector()
    if not inspector.confinement.enough:
        pytest.skip(f"this system does not confine an inspector: {inspector.confinement}")
    return inspector


def png(size: tuple[int, int] = (40, 30), mode: str = "RGB", colour: object = "red", **more: object) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size, colour).save(kept, "PNG", **more)  # type: ignore[arg-type]
    return kept.getvalue()


def forms(made: Inspection) -> list[tuple[Form, int, int, int]]:
    return [(item.form, item.page, item.width, item.height) for item in made.pictures]


# --- the cage -------------------------------------------------------------------------------------------------------
# Each of these tries to get out of a process that locked itself in; each must fail with an error.
OUTSIDE = {
    "a file": "open('/etc/passwd')",
    "a new file": "open('left-behind', 'w')",
    "its own code": "open(recourse.__file__)",
    "the network": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "a socket at all": "socket.socket()",
    "a program": "os.execv('/bin/true', ['true'])",
    "a process": "os.fork()",
    "a signal": "os.kill(os.getppid(), 0)",
    "a folder": "os.listdir('/proc/self')",
    "memory without end": "bytearray(2 * 1024 ** 3)",
}


@pytest.mark.parametrize("what", OUTSIDE)
def test_nothing_outside_can_be_reached(caged: CagedInspector, what: str) -> None:
    program = (
        "import os, socket, recourse\n"
        "from recourse.processes.inspector.confinement import lock_in\n"
        "held = lock_in()\n"
        f"try:\n    {OUTSIDE[what]}\n"
        "except (OSError, MemoryError) as error:\n    os.write(1, type(error).__name__.encode())\n"
        "else:\n    os.write(1, b'OUT')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=SOURCES, timeout=60)
    assert done.stdout and done.stdout != b"OUT", (what, done.stderr[-300:])


def test_it_inherits_neither_environment_nor_open_files(
    caged: CagedInspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, object]] = []
    real = subprocess.Popen

    def noting(command: Sequence[str], **how: object) -> object:
        started.append(how)
        return real(command, **how)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", noting)
    monkeypatch.setenv("RECOURSE_SECRET", "hush")
    assert caged.inspect(png(), "image/png").verdict is Verdict.ok
    assert (
        started[0]["env"] == {}
        and started[0]["close_fds"] is True
        and started[0]["stderr"] == subprocess.DEVNULL
    )


def test_a_file_that_takes_too_long_is_stopped() -> None:
    slow = CagedInspector(seconds=0)
    slow.__dict__["confinement"] = Confinement(
        limits=True, no_new_privileges=True, namespaces=True, no_files=True, system_calls=True
    )
    assert slow.inspect(png(), "image/png").reason is Reason.too_slow


# --- what crosses ---------------------------------------------------------------------------------------------------
def test_a_picture_becomes_a_copy_and_a_small_one(caged: CagedInspector) -> None:
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", "王小明")
    made = caged.inspect(png((600, 400), pnginfo=about), "image/png")
    assert made.verdict is Verdict.ok and forms(made) == [
        (Form.copy, 0, 600, 400),
        (Form.thumbnail, 0, 240, 160),
    ]
    assert "王小明" not in str(made.findings) and all(
        "王小明".encode() not in item.data for item in made.pictures
    )
    assert set(made.findings) == {"likeness", "strips"}


@pytest.mark.parametrize(
    ("mode", "colour"),
    [("1", 1), ("L", 200), ("LA", (200, 128)), ("P", 3), ("RGBA", (0, 0, 0, 0)), ("I;16", 60000)],
)
def test_pictures_of_every_depth_are_seen_on_white(caged: CagedInspector, mode: str, colour: object) -> None:
    made = caged.inspect(png(mode=mode, colour=colour), "image/png")
    assert made.verdict is Verdict.ok
    if mode == "RGBA":
        shown = Image.open(io.BytesIO(made.pictures[0].data)).convert("RGB").getpixel((5, 5))
        assert shown == (255, 255, 255)


def test_a_moving_picture_shows_its_first_frame_and_says_so(caged: CagedInspector) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "white")]
    kept = io.BytesIO()
    frames[0].save(kept, "GIF", save_all=True, append_images=frames[1:])
    made = caged.inspect(kept.getvalue(), "image/gif")
    assert made.verdict is Verdict.ok and made.notes == (Note.moving,)


def test_forty_megapixels_are_the_end(caged: CagedInspector) -> None:
    made = caged.inspect(png((7000, 7000), mode="1", colour=1), "image/png")
    assert made.reason is Reason.too_many_pixels
    large = caged.inspect(png((6000, 5000), mode="1", colour=1), "image/png")
    assert large.verdict is Verdict.ok and Note.shrunk in large.notes
    assert large.pictures[0].width * large.pictures[0].height <= 12_000_000


def test_pages_are_pictures_and_end_at_the_cap(caged: CagedInspector) -> None:
    pages = [Image.new("RGB", (200, 280), colour) for colour in ("white", "red", "blue")] * 12
    kept = io.BytesIO()
    pages[0].save(kept, "PDF", save_all=True, append_images=pages[1:])
    made = caged.inspect(kept.getvalue(), "application/pdf")
    assert made.verdict is Verdict.ok and Note.pages_cut in made.notes
    numbers = [item.page for item in made.pictures if item.form is Form.page]
    assert numbers == list(range(1, len(numbers) + 1)) and 10 <= len(numbers) <= 30
    assert made.findings["pages"] == 36


def test_heic_needs_its_extra(caged: CagedInspector) -> None:
    made = caged.inspect(b"\0\0\0\x18ftypheic" + bytes(100), "image/heic")
    try:
        import pillow_heif
    except ImportError:
        assert made.reason is Reason.no_heic
        return
    assert made.reason is Reason.damaged
    kept = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "teal")).save(kept)
    assert forms(caged.inspect(kept.getvalue(), "image/heic"))[0] == (Form.copy, 0, 64, 48)


def test_recordings_are_never_opened(caged: CagedInspector) -> None:
    assert caged.inspect(b"\0\0\0\x18ftypmp42", "video/mp4").reason is Reason.recording


MAIL = """From: =?utf-8?B?5a6i5pyN?= <kefu@example.cn>
To: xiaoming@example.cn
Subject: =?gb2312?B?zcu/7g==?=
Date: Tue, 24 Nov 2026 10:00:00 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PGh0bWw+PHNjcmlwdD5zdGVhbCgpPC9zY3JpcHQ+PHA+5bey5Li65oKo55m76K6wPC9wPjwvaHRtbD4=
--b
Content-Type: application/pdf; name="a.pdf"
Content-Disposition: attachment; filename="../../a.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b--
"""


def test_a_mail_gives_headers_words_and_attachments_by_digest(caged: CagedInspector) -> None:
    found = caged.inspect(MAIL.encode(), "message/rfc822").findings
    assert found["mail"]["From"] == "客服 <kefu@example.cn>" and found["mail"]["Subject"] == "退款"
    assert found["text"] == "已为您登记"
    assert [(item["size"], len(item["digest"])) for item in found["attached"]] == [(5, 64)]


def test_a_long_list_of_people_ends_with_a_whole_one(caged: CagedInspector) -> None:
    people = ", ".join(f"person{n}@mailbox.example.cn" for n in range(60))
    mail = f"From: a@example.cn\nDate: Tue, 24 Nov 2026 10:00:00 +0800\nCc: {people}\n\nwords\n"
    shown = caged.inspect(mail.encode(), "message/rfc822").findings["mail"]["Cc"]
    assert 400 < len(shown) <= 500 and people.startswith(f"{shown},")


def test_a_saved_chat_page_is_read_without_its_scripts(caged: CagedInspector) -> None:
    page = "<html><head><title>x</title></head><body><script>alert(1)</script><div>客服：亲，您好</div><div>我：退款</div>"
    found = caged.inspect(page.encode("gb18030"), "text/html").findings
    assert found["text"] == "客服：亲，您好\n我：退款"


def test_words_lose_what_turns_their_direction(caged: CagedInspector) -> None:
    found = caged.inspect("退款\u202e款退\x07。".encode(), "text/plain").findings
    assert found["text"] == "退款款退。"
    assert caged.inspect(b"\xff\xff\x81", "text/plain").reason is Reason.not_text


# --- who lies -------------------------------------------------------------------------------------------------------
def said(monkeypatch: pytest.MonkeyPatch, *frames: bytes) -> Inspection:
    """What is made of frames that a taken-over inspector might send."""
    whole = b"".join(frames)
    # It takes the nine bytes it is sent first, or who sends them might find it gone.
    program = f"import sys; sys.stdin.buffer.read(9); sys.stdout.buffer.write(bytes.fromhex('{whole.hex()}'))"
    real = subprocess.Popen

    def lying(_command: Sequence[str], **how: object) -> object:
        return real([sys.executable, "-c", program], **how)  # type: ignore[call-overload]

    inspector = CagedInspector()
    inspector.__dict__["confinement"] = Confinement(
        limits=True, no_new_privileges=True, namespaces=True, no_files=True, system_calls=True
    )
    monkeypatch.setattr(subprocess, "Popen", lying)
    return inspector.inspect(b"x", "image/png")


def frame(letter: bytes, payload: bytes) -> bytes:
    return letter + len(payload).to_bytes(4, "big") + payload


GOOD_END = frame(b"E", b'{"verdict": "ok", "reason": "none", "notes": []}')
PICTURE = picture_head(Form.copy, 0, 2, 2) + bytes(12)
SMALL = picture_head(Form.thumbnail, 0, 1, 1) + bytes(3)
LIES = {
    "nothing": b"",
    "no end": frame(b"P", PICTURE),
    "a letter of its own": frame(b"X", b"{}"),
    "a length without bytes": b"P\xff\xff\xff\xff",
    "too few pixels": frame(b"P", PICTURE[:-1]),
    "too many pixels": frame(b"P", PICTURE + b"\0"),
    "a size of nothing": frame(b"P", picture_head(Form.copy, 0, 0, 9)),
    "a size beyond all": frame(b"P", picture_head(Form.copy, 0, 2**31, 2**31)),
    "a page without a number": frame(b"P", picture_head(Form.page, 0, 2, 2) + bytes(12)),
    "findings that are a list": frame(b"F", b"[]"),
    "a fraction": frame(b"F", b'{"a": 1.5}'),
    "no number": frame(b"F", b'{"a": NaN}'),
    "half a letter": frame(b"F", b'{"a": "\\ud800"}'),
    "depths": frame(b"F", b'{"a":' + b"[" * 50 + b"]" * 50 + b"}"),
    "depths without end": frame(b"F", b"[" * 30_000),
    "pictures without a small one": frame(b"P", PICTURE) + GOOD_END,
    "an unknown verdict": frame(b"E", b'{"verdict": "great"}'),
    "an unknown note": frame(b"E", b'{"verdict": "ok", "reason": "none", "notes": ["trust me"]}'),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_a_file_without_a_preview(monkeypatch: pytest.MonkeyPatch, lie: str) -> None:
    made = said(monkeypatch, LIES[lie])
    assert (made.verdict, made.reason, made.pictures) == (Verdict.no_preview, Reason.crashed, ())


def test_what_is_well_formed_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = said(
        monkeypatch, frame(b"P", PICTURE), frame(b"P", SMALL), frame(b"F", b'{"text": "hi"}'), GOOD_END
    )
    assert made.verdict is Verdict.ok and made.findings == {"text": "hi"}
    assert forms(made) == [(Form.copy, 0, 2, 2), (Form.thumbnail, 0, 1, 1)]


@pytest.mark.parametrize(("frames", "reason"), [(2, Reason.none), (3, Reason.crashed)])
def test_many_findings_are_not_more_than_one_may_be(
    monkeypatch: pytest.MonkeyPatch, frames: int, reason: Reason
) -> None:
    """Each frame within its limit, and no end of them: they would fill the worker's memory."""
    monkeypatch.setattr("recourse.gateways.inspector.FINDINGS_BYTES_MAX", 100)
    some = [frame(b"F", b'{"%d": "%s"}' % (at, b"x" * 40)) for at in range(frames)]
    assert said(monkeypatch, *some, GOOD_END).reason is reason


# --- who decodes ----------------------------------------------------------------------------------------------------
def test_the_web_process_loads_no_decoder() -> None:
    """The whole site is set up and answers; a page with exhibits is one of its pages."""
    program = (
        "import sys, recourse.config.wsgi\n"
        "from django.test import Client\n"
        "from django.urls import get_resolver\n"
        "get_resolver().url_patterns\n"
        "from recourse.webkit.world import world\n"
        "world()\n"
        "import recourse.webkit.exhibit_pages, recourse.api.service\n"
        "print([n for n in ('PIL', 'pypdfium2', 'pillow_heif') if sys.modules.get(n)])\n"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=120
    )
    assert done.stdout.strip().splitlines()[-1:] == ["[]"], done.stderr[-800:]
