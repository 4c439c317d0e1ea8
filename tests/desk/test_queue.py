# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The queue: by the clock, narrowed, searched, counted, page by page; and never another house's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recourse.core.actor import Role
from recourse.queries.desk_counts import Counts, desk_counts
from recourse.queries.desk_queue import Filters, desk_queue, end_of_day
from recourse.queries.find_cases import find_cases
from recourse.store import operators
from recourse.store.models import CaseRow
from tests.desk.desk_people import account, actor_of, assign, at_desk, told_case
from tests.store.house import House


def numbers(page: Any) -> list[str]:
    """The numbers of a page of the queue."""
    return [row.number for row in page.rows]


def test_only_staff_come_in(house: House, client: Any) -> None:
    for path in ("/desk/", "/desk/phone", "/desk/c/0000-0000-0000"):
        assert client.get(path)["Location"].startswith("/staff/login/")


def test_the_queue_goes_by_the_next_date_and_ends_with_what_has_none(house: House) -> None:
    late = house.served()
    undated = house.file()
    house.clock.ahead(hours=6)
    later = house.served()
    actor = actor_of(account(Role.agent))
    assert numbers(desk_queue(actor, filters=Filters(), now=house.clock.now())) == [late, later, undated]


def test_pages_follow_each_other_without_gap_or_double(house: House) -> None:
    made = [house.served() for _ in range(4)] + [house.file() for _ in range(3)]
    actor = actor_of(account(Role.agent))
    seen, after = [], ""
    for _ in range(10):
        page = desk_queue(actor, filters=Filters(), now=house.clock.now(), after=after, limit=2)
        seen += numbers(page)
        after = page.after
        if not after:
            break
    assert sorted(seen) == sorted(made) and len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    "after", ["nonsense", "W10=", "WyJkIiwieCIsInkiXQ==", "WzEsMiwzXQ==", "é", "A" * 400]
)
def test_a_broken_cursor_shows_the_first_page(house: House, after: str) -> None:
    number = house.served()
    actor = actor_of(account(Role.agent))
    page = desk_queue(actor, filters=Filters(), now=house.clock.now(), after=after)
    assert numbers(page) in ([number], [])
    assert at_desk(account(Role.agent, name="two")).get("/desk/", {"after": after}).status_code == 200


def test_filters_narrow(house: House) -> None:
    plain = house.served()
    heavy = house.served(record={"id": "KSX", "amount": "9000.00"})
    fresh = house.file()
    staff = account(Role.agent)
    assign(house, heavy, staff)
    actor, now = actor_of(staff), house.clock.now()

    def shown(**given: str) -> set[str]:
        return set(numbers(desk_queue(actor, filters=Filters(**given), now=now)))

    assert shown(severity="heavy") == {heavy}
    assert shown(assigned="mine") == {heavy}
    assert shown(assigned="nobody") == {plain, fresh}
    assert shown(stage="received") == {fresh}
    assert shown(rung="negotiate") == {plain, heavy}
    assert shown(platform="lofter-draw") == set()
    assert shown(due="over") == set()
    house.clock.ahead(days=3)
    now = house.clock.now()
    assert shown(due="over") == {plain, heavy}


def test_two_characters_find_a_case(house: House) -> None:
    number = told_case(house)
    house.file(story="一直没收到货，物流不动。", problems=["s3.pt.logistics"])
    desk = at_desk(account(Role.agent))
    page = desk.get("/desk/", {"q": "碎末"}).content.decode()
    assert number in page and page.count('class="queue__row') == 1
    assert "没搜到" in desk.get("/desk/", {"q": "鹦鹉"}).content.decode()
    for odd in ('"', "* OR 1", "\x00", "'" * 90, "AND NOT ("):
        assert desk.get("/desk/", {"q": odd}).status_code == 200


def test_another_house_sees_nothing(house: House) -> None:
    number = told_case(house)
    operators.ensure_operator(
        "elsewhere", name_zh="别处", name_en="Elsewhere", kind="platform", now=house.clock.now()
    )
    stranger = account(Role.owner, operator="elsewhere")
    desk = at_desk(stranger)
    assert number not in desk.get("/desk/").content.decode()
    assert number not in desk.get("/desk/", {"q": "茶叶"}).content.decode().replace("茶叶", "")
    assert numbers(find_cases(actor_of(stranger), words="茶叶")) == []
    for path in (f"/desk/c/{number}", f"/desk/c/{number}/exhibit/1"):
        assert desk.get(path).status_code == desk.get("/desk/c/0000-0000-0000").status_code == 404
    assert desk.post(f"/desk/c/{number}/do/note", {"text": "x"}).status_code == 404


def test_a_line_more_costs_no_query_more(house: House) -> None:
    desk = at_desk(account(Role.agent))
    house.served()
    desk.get("/desk/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            desk.get("/desk/")
        return len(found)

    before = queries()
    for _ in range(6):
        house.served()
    assert queries() == before <= 13


def test_the_auditor_sees_masked_names(house: House) -> None:
    number = told_case(house)
    page = at_desk(account(Role.auditor)).get("/desk/").content.decode()
    assert number in page and "欧阳明哲" not in page and "欧**" in page


def test_counts_stand_above_the_queue(house: House) -> None:
    house.served()
    CaseRow.objects.update(next_due_at=house.clock.now())
    house.clock.ahead(seconds=5)
    page = at_desk(account(Role.agent)).get("/desk/").content.decode()
    assert '<li class="stats__late"><a href="/desk/?due=over"><strong>1</strong>' in page


def test_each_count_is_what_its_filter_shows_and_no_other_houses(house: House) -> None:
    mine, late, due, _fresh = house.served(), house.served(), house.served(), house.file()
    staff = account(Role.agent)
    assign(house, mine, staff)
    now = house.clock.now()
    CaseRow.objects.filter(number=mine).update(next_due_at=end_of_day(now))
    CaseRow.objects.filter(number=due).update(next_due_at=now)
    CaseRow.objects.filter(number=late).update(next_due_at=now - timedelta(seconds=1))
    actor = actor_of(staff)

    def shown(**given: str) -> int:
        return len(desk_queue(actor, filters=Filters(**given), now=now).rows)

    counts = desk_counts(actor, now=now)
    assert counts == Counts(unassigned=3, mine=1, due_today=2, overdue=1)
    assert counts == Counts(
        unassigned=shown(assigned="nobody"),
        mine=shown(assigned="mine"),
        due_today=shown(due="today"),
        overdue=shown(due="over"),
    )
    stranger = replace(actor, operator="elsewhere")
    buyer = replace(actor, role=Role.complainant)
    assert desk_counts(stranger, now=now) == desk_counts(buyer, now=now) == Counts(0, 0, 0, 0)
