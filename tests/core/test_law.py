# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Versions of an article are chosen by the date of the act."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.core.law import (
    Article,
    ArticleEntry,
    Instrument,
    article_number,
    articles_of,
    bare_id,
    bind,
    in_force,
    law_on,
    unknown_citations,
)
from recourse.core.text import Text


def article(key: str = "x.1", *, begun: date | None, ended: date | None = None, mark: str = "V1") -> Article:
    return Article(
        key,
        Text("某法", "Some Law"),
        "第一条",
        "原文",
        Text("白话", "gloss"),
        begun,
        ended,
        mark,
        "a text",
    )


OLD = article(begun=date(2020, 1, 1), ended=date(2026, 4, 15))
NEW = article(begun=date(2026, 4, 15))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), OLD),
        (date(2026, 4, 14), OLD),
        (date(2026, 4, 15), NEW),
        (date(2030, 1, 1), NEW),
    ],
)
def test_the_version_of_the_day_governs(on: date, expected: Article | None) -> None:
    book, problems = bind([NEW, OLD])
    assert problems == ()
    assert book["x.1"] == (OLD, NEW)
    assert in_force(book, "x.1", on) is expected


@given(
    st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    st.dates(date(2018, 1, 1), date(2030, 1, 1)),
)
def test_exactly_one_of_two_adjoining_versions_is_in_force(on: date, change: date) -> None:
    first = article(begun=None, ended=change)
    second = article(begun=change)
    assert [first.is_in_force(on), second.is_in_force(on)].count(True) == 1
    book, problems = bind([second, first])
    assert problems == ()
    assert in_force(book, "x.1", on) is (second if on >= change else first)


@pytest.mark.parametrize("ended", [None, date(2026, 4, 16)])
def test_two_versions_on_one_day_are_a_problem(ended: date | None) -> None:
    _, problems = bind([article(begun=date(2020, 1, 1), ended=ended), NEW])
    assert [item.key for item in problems] == ["overlapping_versions"]
    assert problems[0].field == "x.1"


def test_a_gap_between_versions_is_allowed_and_nothing_governs_it() -> None:
    gap = article(begun=date(2020, 1, 1), ended=date(2026, 4, 15) - timedelta(days=10))
    book, problems = bind([gap, NEW])
    assert problems == ()
    assert in_force(book, "x.1", date(2026, 4, 10)) is None


@pytest.mark.parametrize("citation", ["sc121.16", "sc121.16(2)", "sc121.16（2）", " sc121.16(2) "])
def test_a_citation_may_name_a_paragraph(citation: str) -> None:
    assert bare_id(citation) == "sc121.16"


def test_unknown_citations_are_told_all_at_once_with_the_nearest() -> None:
    book, _ = bind([article("cpl.24", begun=None), article("cpl.25", begun=None)])
    problems = unknown_citations(book, [("a", "cpl.24(1)"), ("b", "cpl.26"), ("c", "zzzzzz.99")])
    assert [(item.key, item.field) for item in problems] == [
        ("unknown_law", "b"),
        ("unknown_law", "c"),
    ]
    assert "cpl.2" in problems[0].do.zh
    assert "law/" in problems[1].do.zh


def test_a_day_has_only_what_is_in_force() -> None:
    book, _ = bind([OLD, NEW, article("y.1", begun=date(2027, 1, 1))])
    assert law_on(book, date(2026, 4, 14)) == {"x.1": OLD}
    assert set(law_on(book, date(2027, 1, 1))) == {"x.1", "y.1"}


def test_articles_take_dates_and_mark_from_their_instrument_unless_they_say_otherwise() -> None:
    instrument = Instrument(
        instrument=Text("某法", "Some Law"),
        mark="V1",
        source="a text",
        order="第1号",
        effective_from=date(2020, 1, 1),
        articles=(
            ArticleEntry("x.1", Text("白话", "gloss"), number="第一条"),
            ArticleEntry("x.2", Text("白话", "gloss"), mark="S", effective_from=date(2021, 1, 1)),
        ),
    )
    first, second = articles_of(instrument)
    assert (first.mark, first.is_verified, first.effective_from, first.order) == (
        "V1",
        True,
        date(2020, 1, 1),
        "第1号",
    )
    assert (second.mark, second.is_verified, second.effective_from) == (
        "S",
        False,
        date(2021, 1, 1),
    )


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("第十条", "art. 10"),
        ("第二十三条", "art. 23"),
        ("第一百零三条", "art. 103"),
        ("第五百八十二条", "art. 582"),
        ("第一千一百九十五条", "art. 1195"),
        ("第三十条、第三十一条", "art. 30, art. 31"),
        ("", ""),
    ],
)
def test_the_number_of_an_article_reads_in_english(zh: str, en: str) -> None:
    assert article_number(replace(article(begun=None), number=zh)) == Text(zh, en)
