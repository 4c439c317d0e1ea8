# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The law that we ship, and what the loader says of a damaged file."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from recourse.core.law import ELLIPSIS, Article, LawBook, in_force
from recourse.core.problem import Problems
from recourse.gateways.law_files import LAW_FOLDER, load_law

DIGESTS = Path(__file__).with_name("law_quotes.sha256")

GOOD = """\
instrument: {zh: 某法, en: Some Law}
mark: V1
source: a text
effective_from: 2020-01-01
articles:
  - id: x.1
    number: 第一条
    quote: 原文
    gloss: {zh: 白话, en: gloss}
"""


def shipped() -> LawBook:
    book = load_law()
    assert not isinstance(book, Problems), book
    return book


def versions() -> list[Article]:
    return [article for articles in shipped().values() for article in articles]


def digest_line(article: Article) -> str:
    mark = hashlib.sha256(article.quote.encode()).hexdigest()[:16]
    return f"{article.id} {article.number or '-'} {article.effective_from or '-'} {mark}"


def test_the_shipped_law_has_no_problem_and_every_article_is_whole() -> None:
    for article in versions():
        assert article.gloss.zh and article.gloss.en, article.id
        assert article.source, article.id
        assert article.number or not article.is_verified, article.id
        assert article.quote == article.quote.strip(), article.id


def test_no_quote_was_edited_unnoticed() -> None:
    """Whoever corrects a quote compares it with the official text and then renews the table.

    Renew: python -m tests.gateways.test_law_files
    """
    assert [digest_line(article) for article in versions()] == DIGESTS.read_text(
        encoding="utf-8"
    ).splitlines()


def test_a_verified_quote_is_chinese_and_marks_omissions_with_the_ellipsis_only() -> None:
    for article in versions():
        assert "..." not in article.quote and "<" not in article.quote, article.id
        if article.quote:
            assert re.search(r"[\u4e00-\u9fff]", article.quote), article.id
            assert article.quote.replace(ELLIPSIS, "").strip(), article.id


@pytest.mark.parametrize(
    ("citation", "on", "number", "words"),
    [
        ("sc121.23(5)", date(2026, 4, 14), "第二十一条", "四十五个工作日"),
        ("sc121.23(5)", date(2026, 4, 15), "第二十三条", "六十日"),
        ("aucl.11", date(2025, 10, 14), "第十条", "最高奖的金额超过五万元"),
        ("aucl.11", date(2025, 10, 15), "第十一条", "无正当理由变更"),
        ("aucl.27", date(2026, 1, 1), "第二十七条", "五万元以上五十万元以下"),
        ("cpl.55", date(2026, 9, 1), "第五十五条", "不足五百元的，为五百元"),
        ("sp.13", date(2026, 9, 1), "第十三条", "不得附加条件"),
        ("cc.499", date(2026, 9, 1), "第四百九十九条", "悬赏人"),
        ("psm.58", date(2026, 1, 1), "第五十八条", "二千元以下罚款"),
    ],
)
def test_well_known_articles(citation: str, on: date, number: str, words: str) -> None:
    article = in_force(shipped(), citation, on)
    assert article is not None
    assert article.number == number
    assert words in article.quote


def test_what_was_not_in_force_is_not_cited() -> None:
    assert in_force(shipped(), "pr.12", date(2026, 1, 31)) is None
    assert in_force(shipped(), "psm.58", date(2025, 12, 31)) is None


def test_the_blind_box_guidance_stays_unverified() -> None:
    for key, articles in shipped().items():
        if key.startswith("bb."):
            assert [article.mark for article in articles] == ["S"]
            assert not articles[0].is_verified


def test_a_kept_book_equals_the_read_one(tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.mkdir()
    (law / "x.yaml").write_text(GOOD, encoding="utf-8")
    first = load_law(law, cache=tmp_path / "cache")
    assert not isinstance(first, Problems)
    assert list((tmp_path / "cache").iterdir())
    assert load_law(law, cache=tmp_path / "cache") == first == load_law(law)
    assert first["x.1"][0].effective_from == date(2020, 1, 1)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(GOOD, encoding="utf-8")
    load_law(tmp_path)
    path.write_text(GOOD.replace("原文", "改后的原文"), encoding="utf-8")
    book = load_law(tmp_path)
    assert not isinstance(book, Problems)
    assert book["x.1"][0].quote == "改后的原文"


def test_all_problems_of_all_files_are_told_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("quote: 原文", "qoute: 原文"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        GOOD.replace("mark: V1", "mark: V9").replace("x.1", "X 1"), encoding="utf-8"
    )
    (tmp_path / "c.yaml").write_text("instrument: {zh: [", encoding="utf-8")
    (tmp_path / "d.yaml").write_text(
        GOOD + "  - id: x.1\n    gloss: {zh: 又一版, en: again}\n", encoding="utf-8"
    )
    found = load_law(tmp_path)
    assert isinstance(found, Problems)
    told = {(item.key, item.field.partition(" ")[0]) for item in found.items}
    assert ("unknown_key", "law/a.yaml:8") in told
    assert ("not_in_set", "law/b.yaml:2") in told
    assert ("bad_form", "law/b.yaml:6") in told
    assert ("yaml_syntax", "law/c.yaml:1") in told
    assert ("overlapping_versions", "x.1") in told


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    found = load_law(tmp_path)
    assert isinstance(found, Problems)
    assert found.keys() == ("no_law_files",)


def test_only_files_of_law_are_in_the_folder() -> None:
    assert {path.suffix for path in LAW_FOLDER.iterdir()} <= {".yaml", ".md"}


if __name__ == "__main__":
    DIGESTS.write_text("".join(f"{digest_line(article)}\n" for article in versions()), encoding="utf-8")
