# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What a decoder gives: pixels, findings, or that there is no preview."""

import codecs
from dataclasses import dataclass
from typing import Any

from recourse.core.inspection import Form, Reason

# Codecs are found by name at first use, which would be too late once no file can be opened.
_CODECS = [
    codecs.lookup(name)
    for name in (
        *("ascii", "latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
        *(
            "gb2312",
            "gbk",
            "gb18030",
            "hz",
            "big5",
            "big5hkscs",
            "euc-jp",
            "shift_jis",
            "euc-kr",
            "utf-7",
            "idna",
        ),
        *("raw_unicode_escape", "unicode_escape", "charmap"),
    )
]


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as width × height × 3 bytes of RGB, rows from the top."""

    form: Form
    page: int
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Findings:
    """What else was seen: strings, whole numbers, lists and maps of them."""

    values: dict[str, Any]


class NoPreview(Exception):
    """There is nothing to see in this file, for one of the known reasons."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
