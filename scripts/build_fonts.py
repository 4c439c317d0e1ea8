# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Build the two fonts of the dossier's PDF from Debian's fonts-noto-cjk (OFL): `python scripts/build_fonts.py`.

Needs fontTools, which is no dependency of ours: run it in an environment of its own. It takes some minutes, and is run
again only when the characters change. The digests it prints belong in NOTICE; a test holds them.

Regular carries every character a person may write: GBK, extension A, the rarer ideographs of names, signs. Bold is for
headings, which are our own words: GB 2312.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset

SYSTEM = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).resolve().parent.parent / "src" / "recourse" / "gateways" / "typst"
SIMPLIFIED_CHINESE = 2  # the face within the collection

# Beside the ideographs: Latin, Greek, Cyrillic, punctuation, currency, letter-like, numbers, arrows, mathematics,
# technical, enclosed, boxes, blocks, shapes, signs, CJK punctuation, kana, bopomofo, squared, compatibility, full width.
SIGNS = (
    (0x0020, 0x007E),
    (0x00A0, 0x017F),
    (0x0180, 0x03FF),
    (0x0400, 0x04FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x20CF),
    (0x2100, 0x23FF),
    (0x2460, 0x27BF),
    (0x2E80, 0x33FF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),
)
# Extension A, the ideographs, and those beyond the first plane (extensions B to G).
IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x3134F))


def gb2312() -> Iterator[int]:
    """The code points of GB 2312 and printable ASCII."""
    yield from range(0x20, 0x7F)
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            text = bytes((high, low)).decode("gb2312", errors="ignore")
            yield from map(ord, text)


def everything() -> Iterator[int]:
    """What the regular face keeps."""
    for first, last in (*SIGNS, *IDEOGRAPHS):
        yield from range(first, last + 1)


def build(collection: str, unicodes: Iterator[int], target: Path) -> list[int]:
    """One face with these characters and no others; those that it has."""
    options = subset.Options()
    options.font_number = SIMPLIFIED_CHINESE
    options.layout_features = ["ccmp", "kern", "locl", "halt"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.recalc_timestamp = False  # the same bytes each time
    font = subset.load_font(str(SYSTEM / collection), options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=unicodes)
    chosen.subset(font)
    subset.save_font(font, str(target), options)
    print(hashlib.sha256(target.read_bytes()).hexdigest(), target.stat().st_size, target.name)
    return sorted(font.getBestCmap())


def write_coverage(covered: list[int], target: Path) -> None:
    """The characters of the regular face as ranges in hex, one a line: what is outside is written out in words."""
    ranges: list[list[int]] = []
    for code in covered:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    target.write_text("".join(f"{first:X}-{last:X}\n" for first, last in ranges))


if __name__ == "__main__":
    kept = build("NotoSansCJK-Regular.ttc", everything(), TARGET / "NotoSansCJKsc-Regular.otf")
    build("NotoSansCJK-Bold.ttc", gb2312(), TARGET / "NotoSansCJKsc-Bold.otf")
    write_coverage(kept, TARGET / "coverage.txt")
