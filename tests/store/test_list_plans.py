# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL finds each list of the desk by an index, however rare what it is narrowed to."""

from datetime import timedelta

import pytest
from django.db import connection

from bench.plans import plans_of
from recourse.core.actor import Actor, Role, Via
from recourse.queries.desk_counts import desk_counts
from recourse.queries.desk_queue import Filters, desk_queue
from recourse.queries.find_cases import find_cases
from recourse.queries.my_cases import my_cases, my_seat
from recourse.queries.respondent_todo import respondent_todo
from recourse.store.models import CaseRow
from tests.store.house import OPERATOR, START, House

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

MANY = 20_000
RARE = {
    "case_open_stage": Filters(stage="appealed"),
    "case_open_rung": Filters(rung="court"),
    "case_open_severity": Filters(severity="heavy"),
    "case_open_platform": Filters(platform="lofter-draw"),
    "case_closed": Filters(closed=True),
    "case_agent": Filters(assigned="mine"),
}


@pytest.fixture
def many(house: House) -> House:
    """One case, and many rows like it; none of them is at a court, heavy, or closed."""
    house.served()
    fields = [field.column for field in CaseRow._meta.fields]
    changed = {
        "id": "md5(id || copy)",
        "complainant_id": "md5(complainant_id || copy)",
        "respondent_registered": "md5(respondent_registered || copy)",
        "number": "number || copy",
        "agent": "'somebody'",
        "severity": "'ordinary'",
        "next_due_at": "next_due_at + make_interval(mins => copy)",
    }
    values = ", ".join(changed.get(name, f'"{name}"') for name in fields)
    names = ", ".join(f'"{name}"' for name in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO store_case ({names}) SELECT {values} FROM store_case, generate_series(1, %s) AS copy",
            [MANY],
        )
        cursor.execute("ANALYZE store_case")
    return house


@pytest.mark.parametrize("index", RARE)
def test_a_rare_filter_is_found_by_its_index(many: House, index: str) -> None:
    actor = many.staff(Role.agent)
    (dated, *_) = plans_of(lambda: desk_queue(actor, filters=RARE[index], now=START))
    assert dated.whole == () and any(index in way for way in dated.ways), dated


def test_no_list_reads_the_whole_table(many: House) -> None:
    actor = many.staff(Role.agent)
    later = START + timedelta(days=30)
    lists = [
        *(lambda one=one: desk_queue(actor, filters=one, now=later) for one in (Filters(), *RARE.values())),
        *(
            lambda due=due: desk_queue(actor, filters=Filters(due=due), now=later)
            for due in ("today", "over")
        ),
        lambda: desk_counts(actor, now=later),
        lambda: find_cases(actor, words="茉莉"),
        lambda: my_cases("p" * 32),
        lambda: my_seat("p" * 32, "no such number"),
        lambda: many.world.cases.open(Actor("p" * 32, Role.complainant, OPERATOR, Via.portal), "none"),
        lambda: respondent_todo([many.respondent()]),
    ]
    for one in lists:
        assert [plan for plan in plans_of(one) if plan.whole] == []


def test_reading_everything_is_seen_as_such(many: House) -> None:
    """The check that the others rest on can fail."""
    wanted = CaseRow.objects.filter(operator=OPERATOR, title__contains="无此").order_by("title")
    (plan,) = plans_of(lambda: list(wanted))
    assert plan.whole == ("store_case",)
