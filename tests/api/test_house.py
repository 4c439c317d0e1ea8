# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The house by programs: records pushed and read by checks, the register, counts, and links that are handed over."""

from typing import Any

import pytest
from django.test import Client

from recourse.store.models import HandOver, Record
from tests.api.program import Program, complaint, foreign_program, keys_of, program
from tests.store.house import House


def order(id: str = "KS0000000777", **changes: Any) -> dict[str, Any]:
    """An order as an operator pushes it."""
    return {"id": id, "title": "明前龙井250克", "amount": "99.00", "happened_on": "2026-09-01"} | changes


def push(mine: Program, *orders: dict[str, Any], **options: Any) -> Any:
    """Push orders."""
    sent = {"platform": "kuaishou-shop", "kind": "order", "records": list(orders)}
    return mine.post("records", sent, **options)


def test_a_pushed_order_stands_above_what_a_person_types(house: House, owner_program: Program) -> None:
    first = push(owner_program, order(respondent=house.merchant), key="p")
    assert (
        first.json() == {"taken": 1}
        and push(owner_program, order(respondent=house.merchant), key="p").content == first.content
    )
    sent = complaint(demands=[{"kind": "refund"}]) | {"vouched": True}
    number = owner_program.done("cases", sent)["number"]
    subject = owner_program.read(f"cases/{number}/file")["subject"]
    assert subject["proven"] is True and subject["amount"] == "99.00"
    assert push(owner_program, order(amount="88.00", refunded="8.00")).json() == {"taken": 1}
    row = Record.objects.get()
    assert (row.amount_fen, row.refunded_fen) == (8800, 800)


@pytest.mark.parametrize(
    ("change", "status", "key"),
    [
        ({"amount": "1,5"}, 400, "not_understood"),
        ({"happened_on": "2026-02-30"}, 422, "not_understood"),
        ({"respondent": "nobody"}, 422, "respondent_unknown"),
        ({"colour": "red"}, 400, "unknown_field"),
    ],
)
def test_a_record_that_is_none_is_refused(
    house: House, owner_program: Program, change: dict[str, Any], status: int, key: str
) -> None:
    answer = push(owner_program, order(**change))
    assert answer.status_code == status and keys_of(answer) == [key]
    assert Record.objects.count() == 0


def test_records_and_merchants_of_another_house_are_not_there(house: House, owner_program: Program) -> None:
    foreign = foreign_program(house)
    answer = push(foreign, order(respondent=house.merchant))
    assert answer.status_code == 422 and keys_of(answer) == ["respondent_unknown"]
    assert push(foreign, order()).status_code == 200
    assert push(owner_program, order(amount="1.00")).status_code == 200
    assert {row.operator: row.amount_fen for row in Record.objects.all()} == {"elsewhere": 9900, "local": 100}


def test_counts_are_those_of_the_desk_and_nothing_for_a_party(house: House, owner_program: Program) -> None:
    number = house.served()
    counts = owner_program.read("counts")
    assert counts["unassigned"] == 1 and counts["ceiling"] == 999
    assert owner_program.read("counts", acts_for=f"respondent:{house.merchant}")["unassigned"] == 0
    assert owner_program.read("cases", assigned="nobody")["cases"][0]["number"] == number


def test_a_merchant_hands_over_by_a_link_and_takes_it_back(house: House, owner_program: Program) -> None:
    number, other = house.served(), house.served()
    sent = {"number": number, "days": 3}
    made = owner_program.post("hand-overs", sent, acts_for="respondent", key="h")
    assert made.status_code == 201
    assert owner_program.post("hand-overs", sent, acts_for="respondent", key="h").content == made.content
    assert HandOver.objects.count() == 1
    place = made.json()["address"].partition("/r/l/")[2]
    colleague = Client()
    assert colleague.post(f"/r/l/{place}").status_code == 302
    assert colleague.get(f"/r/c/{number}").status_code == 200
    assert colleague.get(f"/r/c/{other}").status_code == 404
    named = f"respondent:{house.merchant}"
    link = owner_program.read("hand-overs", acts_for=named)["links"][0]
    assert link["number"] == number and link["uses"] and place not in str(link)
    owner_program.done(f"hand-overs/{link['id']}/revoke", acts_for=named)
    assert colleague.get(f"/r/c/{number}").status_code == 404
    again = owner_program.post(f"hand-overs/{link['id']}/revoke", acts_for=named)
    assert again.status_code == 404 and keys_of(again) == ["link_not_found"]
    refused = owner_program.post("hand-overs", {"days": 3}, acts_for="complainant:somebody")
    assert refused.status_code == 403
    assert owner_program.post("hand-overs", {"days": 2}, acts_for=named).status_code == 400
    blind = program(house, seat="", scopes=("parties:act",)).get("hand-overs", acts_for=named)
    assert blind.status_code == 403 and keys_of(blind) == ["scope_missing"]
