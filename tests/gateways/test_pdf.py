# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The typesetter: no sign goes missing, the same input gives the same bytes, and no part is over 10 MB."""

import io
import random
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from recourse.gateways.pdf import Picture, font_coverage, page_image, typeset

PART_MAX = 10_000_000


def document(**changes: Any) -> dict[str, Any]:
    """The least that can be set."""
    return {
        "lang": "zh", "number": "1234-5678-9012", "title": "消费纠纷材料", "header": "说法", "operator": "本站",
        "edition": "投诉人版", "headline": "茶叶", "filed_at": "2026年9月21日", "standing": "现状", "as_of": "2026年9月22日",
        "date": [2026, 9, 22], "chain": {"version": 7, "head": ["0" * 16] * 4},
        "verify": {"url": "https://odr.example.cn/verify", "qr": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "said": ""},
        "first": {
            "parties": [{"role": "投诉人", "rows": [["姓名", "王小明"], ["地址", None]]}, {"role": "被投诉人", "rows": [["名称", None]]}],
            "demand": [["退款", "129.00元"]], "total": None, "subject": [["订单号", "KS1"]], "story": "碎末", "story_cut": False,
            "before": [], "before_more": 0, "living": {"question": "", "answer": None},
            "elsewhere": {"question": "", "answer": None, "known": []}, "evidence": "没有",
        },
        "story": "碎末", "answers": [], "chronicle": [], "claims": [], "problems": [], "conditions": [], "accounts": [],
        "points": {"note": "", "a": "甲", "b": "乙", "rows": []}, "exhibits": [], "texts": [], "contacts": [], "filings": [],
        "outcome": {"lines": [], "agreement": None, "decisions": [], "remedies": []},
        "proof": {"steps": [], "proven": [], "unproven": []},
    } | changes  # fmt: skip


def text_of(pdf: bytes) -> list[str]:
    """The words of each page, without places to break."""
    found = pypdfium2.PdfDocument(pdf)
    return [re.sub("[\u200b\ufffe\r]", "", page.get_textpage().get_text_range()) for page in found]


def picture(no: int, *, side: int = 1000, seed: int = 0, quality: int = 95) -> Picture:
    """A picture that does not compress: about 800 kB at 1000 pixels a side."""
    noise = random.Random(no * 1000 + seed).randbytes(side * side * 3)
    kept = io.BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(kept, "JPEG", quality=quality)
    return Picture(f"e{no}", no, (f"证{no}",), kept.getvalue())


def test_every_character_of_the_font_can_be_set() -> None:
    covered = font_coverage()
    chars = [chr(c) for a, b in zip(covered.first, covered.last, strict=True) for c in range(a, b + 1)]
    assert len(chars) > 33_000
    lines = ["".join(chars[at : at + 60]) for at in range(0, len(chars), 60)]
    paper = typeset(document(story="\n".join(lines)), [])
    # PDF/A refuses a document with a glyph that is not there, so what came out shows them all.
    assert paper.pages > 10


def hostile() -> Iterator[str]:
    """Strings that break type: made here, of every kind the lists of such strings have."""
    yield from (
        "#strong[x] *a* $x$ `c` <label> @ref //c /* c */ \\u{41} #panic()",
        '{{data}} #import "x"',
        "</text><svg>",
    )
    yield from ("‮gnp.exe", "a\u0000b\u0007c\u001b[31m", "\ufeff\ufffe\uffff", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘")
    yield from ("👩‍👩‍👧‍👧 🇨🇳 👍🏿", "בְּרֵאשִׁית بسم", "ด้้้้้็็็็็้้้้้", "𝕏 𝔘𝔫𝔦 ⅷ ㎡ ① 〇 卍", "\U000e0001\U000e0041\U0010ffff")
    yield from ("A" * 3000, "很" * 3000, "http://" + "a.b/" * 500, "\n" * 200, " \t\u3000" * 50, "ﷺ﷽" * 20)
    dice = random.Random(20261124)
    for _ in range(60):
        yield "".join(chr(c) for _ in range(40) if not 0xD800 <= (c := dice.randrange(0x110000)) <= 0xDFFF)


def test_hostile_strings_are_set_and_stay_readable() -> None:
    strings = list(hostile())
    rows = [{"at": "9月21日", "who": s[:40], "title": s[:400], "body": s[:400]} for s in strings]
    first = document()["first"] | {"story": strings[3], "subject": [["单号", s[:60]] for s in strings[:6]]}
    paper = typeset(document(story="\n".join(strings), chronicle=rows, first=first, headline=strings[0]), [])
    words = "".join(text_of(paper.parts[0])).replace("\n", "")
    assert "#strong[x] *a* $x$" in words, "markup is words"
    assert "〔U+202E RIGHT-TO-LEFT OVERRIDE〕gnp.exe" in words
    assert "〔U+1F469 WOMAN〕" in words and "〔U+0007〕" in words


def test_the_same_input_gives_the_same_bytes() -> None:
    one, other = (typeset(document(), [picture(1, side=200)]) for _ in range(2))
    assert one == other
    assert b"pdfaid:part>2" in one.parts[0] and b"pdfaid:conformance>B" in one.parts[0]


def test_a_long_document_is_split_and_counted_on() -> None:
    exhibits = [
        {"no": no, "name": "照片", "source": "", "proves": "", "at": "", "size": "", "form": "", "digest": None,
         "reason": "", "file": f"{no}.jpg", "shown": True}
        for no in range(1, 41)
    ]  # fmt: skip
    paper = typeset(document(exhibits=exhibits), [picture(no) for no in range(1, 41)])
    assert len(paper.parts) > 2 and max(map(len, paper.parts)) <= PART_MAX
    pages = [page for part in paper.parts for page in text_of(part)]
    assert len(pages) == paper.pages == sum(paper.part_pages)
    for at, page in enumerate(pages, start=1):
        assert f"第{at}页，共{paper.pages}页" in page.replace(" ", "")
    last = text_of(paper.parts[-1])
    count = len(paper.parts)
    assert all(f"第{count}部分，共{count}部分" in page.replace(" ", "") for page in last)
    # The list of evidence, in part one, gives pages that lie in other parts.
    listed = "".join(text_of(paper.parts[0])[: paper.pages - 40]).replace(" ", "")
    assert f"第{paper.pages}页" in listed
    assert paper.place(paper.pages) == (count - 1, paper.part_pages[-1] - 1)
    assert paper.place(paper.pages + 1) is None


def test_a_picture_that_cannot_be_read_is_named_and_the_rest_is_set() -> None:
    paper = typeset(document(), [picture(1, side=50), Picture("e2", 2, ("证2",), b"\xff\xd8 no picture")])
    assert paper.unreadable == ("e2",)
    assert paper.pages >= 3


def test_a_camera_s_words_do_not_reach_the_page() -> None:
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    Image.new("RGB", (60, 90), "teal").save(kept, "JPEG", exif=exif)
    paper = typeset(document(), [Picture("e1", 1, ("证1",), kept.getvalue())])
    assert b"CANARY-CAMERA" in kept.getvalue() and b"CANARY-CAMERA" not in paper.parts[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_can_be_seen_as_a_picture(lang: str) -> None:
    paper = typeset(document(lang=lang), [])
    image = page_image(paper.parts[0], page=0, width=800)
    assert image is not None
    seen = Image.open(io.BytesIO(image))
    assert seen.format == "JPEG" and seen.size[0] == 800
    assert page_image(paper.parts[0], page=99, width=800) is None
