# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Search: two Chinese characters find exactly the cases that say them, on both engines."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from recourse.core.actor import Actor, Role, system
from recourse.core.redaction import reads_names, seen_by
from recourse.queries.find_cases import find_cases
from recourse.store import access, search
from tests.store.house import OPERATOR, House

SYSTEM = system(OPERATOR)


def found(query: str) -> list[str]:
    """The stories that a query finds, in the order of filing."""
    rows = search.matching(access.visible(SYSTEM), query, by_name=True).order_by("filed_at", "id")
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
        assert [row.number for row in search.matching(access.visible(SYSTEM), query, by_name=True)] == [
            number
        ], query


def test_a_long_story_is_found_by_its_end(house: House) -> None:
    house.file(story="长" * 3000 + "结尾的茉莉花")
    assert len(found("茉莉花")) == 1


def test_words_are_what_a_person_would_call_words() -> None:
    assert search.words("退款100元，Order-No：ＫＳ１") == "退 款 100 元 order no ks1"
    assert search.words("\x00a\x00b") == "a b"
    assert search.words("，。！") == ""


def test_nobody_finds_by_a_name_that_they_see_masked(house: House) -> None:
    number = house.served(complainant={"name": "欧阳春 Alice", "email": "o@example.cn"}, story="茶叶是碎末")
    merchant, agent = house.respondent(), house.staff(Role.agent)

    def hits(actor: Actor, words: str) -> list[str]:
        return [row.number for row in find_cases(actor, words=words).rows]

    for name in ("欧阳春", "欧", "alice", "名欧", "名alice", "名 欧 名 阳", "欧阳春 茶叶", "春 alice"):
        assert hits(merchant, name) == [], name
    for words in ("茶叶", number):
        assert hits(merchant, words) == [number], words
    for name in ("欧阳春", "阳", "ALICE", "茶叶 欧阳", "春 alice"):
        assert hits(agent, name) == [number], name
    assert hits(agent, "名欧") == hits(agent, "名alice") == []


@pytest.mark.parametrize("role", Role)
def test_who_may_find_by_a_name_may_read_it(house: House, role: Role) -> None:
    (read,) = access.read_cases(SYSTEM, [house.file()])
    whole = seen_by(read.case, role).complainant.name == read.case.complainant.name
    assert reads_names(role) is whole


def test_an_index_of_before_moves_its_names(house: House) -> None:
    """As the migration finds it: the name stands unmarked, behind the number."""
    number = house.served(complainant={"name": "欧阳春", "email": "o@example.cn"}, story="茶叶是碎末")
    (read,) = access.read_cases(SYSTEM, [number])
    now = search.search_text(read.case)
    before = [search.words(item) for item in search.found_by(read.case)]
    text = f" {search._BREAK} ".join([before[0], before[-1], *before[1:-1]])
    search.drop(read.case.id)
    search.put(read.case.id, text)
    assert len(find_cases(house.respondent(), words="欧阳春").rows) == 1
    migration = import_module("recourse.store.migrations.0018_names_found_by_few")
    for _ in range(2):  # a second time changes nothing
        migration.mark_names(apps, SimpleNamespace(connection=connection))
    assert find_cases(house.respondent(), words="欧阳春").rows == []
    assert len(find_cases(house.staff(Role.agent), words="欧阳春 茶叶").rows) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM store_search WHERE case_id = %s", [read.case.id])
        kept = cursor.fetchone()[0]
        search.drop(read.case.id)
        search.put(read.case.id, now)
        cursor.execute("SELECT words FROM store_search WHERE case_id = %s", [read.case.id])
        assert kept == cursor.fetchone()[0]
