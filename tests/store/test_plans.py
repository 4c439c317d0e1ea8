# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The reads behind every page go by an index: what they cost follows what they show, not what there is."""

import pytest
from django.db import connection
from django.db.models import QuerySet

from recourse.core.actor import Actor, Role, Via, system
from recourse.queries.my_cases import _SEAT, _mine
from recourse.store.access import visible
from recourse.store.matters import _MATTER
from recourse.store.models import CaseRow, RegisterContact
from recourse.store.repeats import _KNOWN, _PAIRS
from tests.store.house import OPERATOR, House

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def plan(query: str, values: tuple[object, ...]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}", values)
        return [str(row[3]) for row in cursor.fetchall()]


def plan_of(rows: "QuerySet[CaseRow]") -> list[str]:
    return plan(*rows.query.sql_with_params())


def reads_everything(steps: list[str]) -> list[str]:
    # An index made for one query reads the whole table first.
    return [step for step in steps if step.startswith("SCAN store_") or "AUTOMATIC" in step]


def test_a_persons_seat_and_list_are_found_by_index() -> None:
    assert reads_everything(plan(_SEAT, ("n", "p", "p"))) == []
    assert reads_everything(plan_of(_mine("p").order_by("-filed_at", "id")[:200])) == []


def test_the_gate_opens_by_index_for_every_seat(house: House) -> None:
    contact = RegisterContact.objects.get(public_id=house.merchant_contact)
    seats = (
        Actor("p", Role.complainant, OPERATOR, Via.portal),
        Actor(contact.public_id, Role.respondent, OPERATOR, Via.portal),
        Actor("a", Role.agent, OPERATOR, Via.desk),
        system(OPERATOR),
    )
    for actor in seats:
        assert reads_everything(plan_of(visible(actor).filter(number__in=["n"]))) == [], actor.role
        assert reads_everything(plan_of(visible(actor).order_by("next_due_at", "id")[:50])) == [], actor.role


def test_due_cases_are_found_by_index(house: House) -> None:
    due = CaseRow.objects.filter(next_due_at__lte=house.clock.now()).order_by("next_due_at", "id")[:200]
    assert reads_everything(plan_of(due)) == []


def test_the_cases_of_a_matter_are_found_by_index() -> None:
    steps = plan(_MATTER, ("n", OPERATOR, OPERATOR))
    assert reads_everything(steps) == []
    assert any("case_refiled" in step for step in steps), steps


def test_how_often_an_organiser_was_complained_of_is_counted_by_index() -> None:
    steps = plan(_PAIRS, (OPERATOR, "wechat-lottery", "r", "c"))
    assert reads_everything(steps) == []
    assert any("case_complained_of" in step for step in steps), steps
    known = plan(_KNOWN.format("%s", "%s", "%s", "%s"), (OPERATOR, "wechat-lottery", "draw", "r"))
    assert any("record_respondent" in step for step in known), known
