# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Names that lie: the type is read from the bytes, and the name is never believed."""

from collections.abc import Iterator

from tests.hostile.file import HostileFile, refused, taken
from tests.hostile.pictures import small_png

_EXE = b"MZ\x90\x00" + bytes(60)
_ENDINGS = (
    "exe",
    "scr",
    "bat",
    "cmd",
    "com",
    "js",
    "vbs",
    "hta",
    "jar",
    "apk",
    "php",
    "jsp",
    "lnk",
    "ps1",
    "svg",
    "html",
)
_ODD = (
    "../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/shadow", "C:\\x.png", "\\\\127.0.0.1\\share\\x.png", "con.png",
    "nul", "a\x00.png", "a\r\nSet-Cookie: x=1.png", "<img src=x onerror=alert(1)>.png", "'; DROP TABLE x;--.png", "%2e%2e%2fx.png",
    "=cmd|' /C calc'!A0.png", "x" * 5000 + ".png", "\ud7ff\U0001f4a3.png", "．．／x.png", ".htaccess", "-rf", "~", "x.png/",
    "x.png ", " .png", "x.PNG", "${jndi:ldap://127.0.0.1/x}.png", "{{7*7}}.png", "\u200b.png",
)  # fmt: skip
_TYPES = {
    "exe": _EXE,
    "elf": b"\x7fELF" + bytes(60),
    "zip": b"PK\x03\x04" + bytes(60),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "php": b"<?php phpinfo();",
    "xml": b"<?xml version='1.0'?><x/>",
    "noise": bytes(range(256)) * 4,
    "utf-16": "<html>".encode("utf-16"),
    "gzip": b"\x1f\x8b\x08" + bytes(60),
}


def files() -> Iterator[HostileFile]:
    """All of this module."""
    for ending in _ENDINGS:
        yield taken("double extension", f"photo.png.{ending}", small_png(), "image/png", decodes="yes")
        yield refused("double extension", f"photo.{ending}.png", _EXE + ending.encode())
        yield taken("right-to-left name", f"photo\u202egnp.{ending}", small_png(), "image/png", decodes="yes")
        yield refused("right-to-left name", f"invoice\u202e{ending[::-1]}.pdf", _EXE + ending.encode() * 2)
    for number, name in enumerate(_ODD):
        picture = small_png() + bytes([number])
        yield taken("odd name", name, picture, "image/png", decodes="yes")
    for said in ("png", "jpg", "pdf", "mp4", "txt"):
        for really, content in _TYPES.items():
            yield refused("wrong type", f"{really}-as.{said}", content)
    for said in ("pdf", "mp4", "txt", "exe", "html"):
        yield taken("wrong type", f"picture-as.{said}", small_png(), "image/png", decodes="yes")
