# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Money is an integer number of fen inside and a yuan string such as "1314.00" at every door."""

import re
from typing import NewType

Fen = NewType("Fen", int)

# A court claim above this is not a consumer dispute we can carry; it also keeps sums far below 2^53.
FEN_MAX = 10_000_000_000_00
# Commas part thousands and nothing else: in "12,3" nobody can tell a slip from a decimal comma.
_YUAN = re.compile(r"(?P<yuan>\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.(?P<fen>\d{1,2}))?")


def parse_yuan(text: str) -> Fen | None:
    """Read "1314", "1314.5" or "1,314.00" (also ¥ and 元); None when it is not a sum of money."""
    plain = text.strip().removeprefix("¥").removeprefix("￥").removesuffix("元").replace("，", ",")
    match = _YUAN.fullmatch(plain.strip())
    if match is None:
        return None
    fen = int(match["yuan"].replace(",", "")) * 100 + int((match["fen"] or "0").ljust(2, "0"))
    return Fen(fen) if fen <= FEN_MAX else None


def format_yuan(fen: int) -> str:
    """Write fen as a yuan string with two decimals: 131400 -> "1314.00"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
