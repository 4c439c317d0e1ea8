# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Search: two Chinese characters find exactly the cases that say them, on both engines."""

import pytest

from recourse.core.actor import system
from recourse.store import access, search
from tests.store.house import OPERATOR, House

SYSTEM = system(OPERATOR)


def found(query: str) -> list[str]:
    """The stories that a query finds, in the order of filing."""
    rows = search.matching(access.visible(SYSTEM), query).order_by("filed_at", "id")
    read = {
        item.case.number: item.case.story for item in access.read_cases(SYSTEM, [row.number for row in rows])
    }
    return sorted(read.values())


@pytest.fixture
def stories(house: House) -> None:
    """Three complaints."""
    house.file(story="商家不给退款，茶叶是碎末", respondent={"name": "山间茶铺"})
    house.file(story="退了货，款没有到账", respondent={"name": "手机专营店"}, order="P2")
    house.file(story="Bought an iPhone15, got a brick", respondent={"name": "𠮷野家具"}, order="P3")


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("退款", 1),  # 退了货，款 holds both characters, but not side by side
        ("茶叶", 1),
        ("退 款", 2),  # two words: both must be there, anywhere
        ("退款 茶叶", 1),
        ("退款 iphone15", 0),
        ("IPHONE15", 1),
        ("iphone", 0),
        ("ｉｐｈｏｎｅ１５", 1),
        ("𠮷野", 1),
        ("专营店", 1),
        ("款茶", 1),  # punctuation is no word: 退款，茶叶
        ("克商家", 0),  # but the title 明前龙井250克 does not run on into the story 商家不给退款
        ("", 0),
        ("，。！", 0),
        ('退款" OR "茶', 0),
        ("退款*", 1),
        ("'); DROP TABLE store_case; --", 0),
        ("100%", 0),
    ],
)
@pytest.mark.parametrize(("few", "gathered"), [(500, 8000), (0, 8000), (-1, -1)])
def test_a_query_finds_exactly_what_says_it(
    query: str, count: int, few: int, gathered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One case is few, many or most: each of the three ways finds the same.
    monkeypatch.setattr(search, "_FEW_MAX", few)
    monkeypatch.setattr(search, "_GATHERED_MAX", gathered)
    assert len(found(query)) == count


@pytest.mark.usefixtures("stories")
def test_a_case_is_found_by_number_name_and_order(house: House) -> None:
    number = house.file(order="KS-2026/0099", complainant={"name": "欧阳春", "email": "o@example.cn"})
    for query in (number, "欧阳春", "KS-2026/0099", "ks 2026"):
        assert [row.number for row in search.matching(access.visible(SYSTEM), query)] == [number], query


def test_a_long_story_is_found_by_its_end(house: House) -> None:
    house.file(story="长" * 3000 + "结尾的茉莉花")
    assert len(found("茉莉花")) == 1


def test_words_are_what_a_person_would_call_words() -> None:
    assert search.words("退款100元，Order-No：ＫＳ１") == "退 款 100 元 order no ks1"
    assert search.words("\x00a\x00b") == "a b"
    assert search.words("，。！") == ""
