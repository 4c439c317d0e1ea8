# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Compares every shipped quote with the full texts of the law set, where that set has the instrument.

A quote may leave out words only at an ellipsis; its pieces must stand in the article in their order, character for
character apart from white space. Run: python -m tests.acceptance.law_quotes DATA
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from recourse.core.law import ELLIPSIS, Article
from recourse.core.problem import Problems
from recourse.gateways.law_files import load_law

FOLDER = "law-texts-zh"
# Files that hold an earlier text than ours, or another instrument of nearly the same name.
_OTHER_TEXTS = ("食品安全法(2021", "民事诉讼法(2021", "仲裁法(2017", "侵害消费者权益行为处罚办法(2015")
_ARTICLE = re.compile(r"^(第[零一二三四五六七八九十百千]+条)\s*(.*)$")
_RENAMED = {"反不正当竞争法(2019": "反不正当竞争法（2019年修正）", "反不正当竞争法(2025": "反不正当竞争法"}


@dataclass(frozen=True, slots=True)
class Row:
    """One shipped version: `found` None means that no full text was at hand."""

    article: Article
    found: bool | None


def compare(data: Path) -> list[Row]:
    """A row for every version that has a quote."""
    texts = full_texts(data / FOLDER)
    book = load_law()
    if isinstance(book, Problems):
        raise SystemExit("\n".join(f"{item.field}: {item.message.zh}" for item in book.items))
    return [
        Row(
            article,
            _stands_in(article.quote, texts.get(_bare(article.instrument.zh), {}).get(article.number)),
        )
        for versions in book.values()
        for article in versions
        if article.quote
    ]


def full_texts(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Instrument name -> number of the article -> its text without white space."""
    found: dict[str, dict[str, str]] = {}
    for path in folder.rglob("*.md"):
        if path.name.startswith(_OTHER_TEXTS) or path.name == "SOURCE.md":
            continue
        name = next((ours for start, ours in _RENAMED.items() if path.name.startswith(start)), "")
        name = name or re.sub(r"\(\d{4}-\d\d-\d\d\)$", "", path.stem)
        # The books of the Civil Code are separate files whose articles are numbered through.
        name = "民法典" if path.parent.name == "民法典" else name
        found.setdefault(_bare(name), {}).update(_articles(path.read_text(encoding="utf-8")))
    for line in (folder / "samr_rules_by_article.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name, number = row["title"].rsplit(" ", 1)
        if "已废止" not in name:
            found.setdefault(_bare(name), {})[number] = _squeezed(row["content"])
    return found


def _articles(text: str) -> Iterator[tuple[str, str]]:
    number, lines, seen = "", [""], set[str]()
    for line in text.splitlines():
        begun = _ARTICLE.match(line.replace("**", "").strip())
        if line.startswith("#") or (begun and begun[1] not in seen):
            if number:
                yield number, _squeezed("".join(lines))
            number, lines = (begun[1], [begun[2]]) if begun and not line.startswith("#") else ("", [""])
            seen.add(number)
        else:
            lines.append(line)
    if number:
        yield number, _squeezed("".join(lines))


def _stands_in(quote: str, text: str | None) -> bool | None:
    if text is None:
        return None
    at = 0
    for piece in quote.split(ELLIPSIS):
        at = text.find(_squeezed(piece), at)
        if at < 0:
            return False
        at += len(_squeezed(piece))
    return True


def _bare(name: str) -> str:
    name = name.removeprefix("中华人民共和国").removeprefix("最高人民法院关于").replace("中华人民共和国", "")
    return re.sub(r"[《》<>〈〉（）() ]", "", name)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u3000\u200b]|\*\*", "", text)


def main(data: Path) -> int:
    """Prints the table; 1 when a quote differs from its full text."""
    rows = compare(data)
    differing = [row.article for row in rows if row.found is False]
    equal = sum(row.found is True for row in rows)
    print(f"law quotes: {len(rows)} shipped, {equal} equal to a full text, {len(differing)} differ, "
          f"{len(rows) - equal - len(differing)} without a full text at hand")  # fmt: skip
    for article in differing:
        print(f"  differs: {article.id} {article.instrument.zh} {article.number}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
