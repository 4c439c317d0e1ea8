# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Hostile files of our own making, safe to hold: `every_file()` gives each with what must become of it at arrival.

Nothing here is read from anywhere: each file is made by a pure function, the same bytes every time. A file that is taken is
taken as bytes; what a sandbox may make of it is another question (`decodes` says what an honest decoder would find).
"""

from collections.abc import Iterator

from tests.hostile import archives, documents, names, pictures, texts
from tests.hostile.file import HostileFile

CLASSES = (
    "archive",
    "double extension",
    "eicar",
    "executable",
    "gzip bomb",
    "heic",
    "huge header",
    "odd name",
    "pdf",
    "pixel bomb",
    "polyglot",
    "right-to-left name",
    "svg",
    "truncated",
    "understated size",
    "wrong type",
    "xml bomb",
    "zip bomb",
)


def every_file() -> Iterator[HostileFile]:
    """All of them, by class and name; no two alike."""
    for module in (archives, documents, names, pictures, texts):
        yield from module.files()
