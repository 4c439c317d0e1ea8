# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How often an organiser's draws were complained of: counted over one operator's cases, by different people."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from recourse.actions.erase_case import erase_case
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import Role, system
from recourse.core.address import Address
from recourse.core.case.facts import Facts
from recourse.core.record import ImportedRecord
from recourse.core.repeat import Repeat
from recourse.store import people, register
from recourse.store.models import CaseRow
from recourse.store.rebuild import rebuild
from recourse.store.records import import_records
from recourse.store.register import Entry
from tests.store.house import OPERATOR, START, House

PLATFORM = "wechat-lottery"
RULE = "s1.th.repeat10"
DRAWS = [f"CJ{n:04d}" for n in range(12)]


@pytest.fixture
def organiser(house: House) -> str:
    """A registered organiser with twelve draws on record, and another one with one."""
    mail = (Address("mail", "organiser@example.cn"),)
    found = register.add_respondent(OPERATOR, PLATFORM, Entry("好运来优选", contacts=mail), now=START)
    other = register.add_respondent(OPERATOR, PLATFORM, Entry("别家"), now=START)
    records = [ImportedRecord("draw", id_, found) for id_ in DRAWS] + [
        ImportedRecord("draw", "CJ9999", other)
    ]
    import_records(OPERATOR, PLATFORM, records, now=START)
    return found


def complain(house: House, draw: str, person: str, *, proven: bool = True, **changes: Any) -> str:
    number = house.file(
        platform=PLATFORM,
        story="抽中了，说作废，不兑奖。",
        complainant={"name": "某人", "email": f"{person}@example.cn"},
        respondent={"name": "好运来优选"},
        record={"id": draw, "amount": "20.00"},
        problems=["s1.pt.voided_after_win"],
        demands=[{"kind": "deliver_prize"}],
        **changes,
    )
    if proven:
        # The code of the person's own contact, as the sign-in does it.
        people.prove(Address("mail", f"{person}@example.cn"), now=START)
        house.prove(number)
    return number


def facts(house: House, number: str) -> Facts:
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    return opened.facts


def told(house: House, number: str) -> tuple[Any, ...]:
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    return tuple(item.repeat for item in opened.case.repeats)


def test_ten_draws_by_ten_people_are_told_in_the_tenth_case(house: House, organiser: str) -> None:
    numbers = [complain(house, draw, f"person{n}") for n, draw in enumerate(DRAWS[:10])]
    assert [told(house, number) for number in numbers[:9]] == [()] * 9
    assert told(house, numbers[9]) == (Repeat(10, 12),)
    # Cases that stand below hear of it when they move on; a case that told it does not ask again.
    assert facts(house, numbers[0]).repeats == {RULE: Repeat(10, 12)}
    assert facts(house, numbers[9]).repeats == {}


def test_a_brigade_of_one_counts_once(house: House, organiser: str) -> None:
    numbers = [complain(house, draw, "brigade") for draw in DRAWS]
    assert facts(house, numbers[0]).repeats == {RULE: Repeat(1, 12)}
    assert all(told(house, number) == () for number in numbers)


def test_one_person_on_the_phone_is_one_person_though_every_call_is_a_newcomer(
    house: House, organiser: str
) -> None:
    numbers = [complain(house, draw, "caller", proven=False) for draw in DRAWS]
    for number in numbers:
        house.prove(number)  # vouched for each time, no code entered anywhere
    assert len(set(CaseRow.objects.values_list("complainant_id", flat=True))) == len(DRAWS)
    assert facts(house, numbers[0]).repeats == {RULE: Repeat(1, 12)}


def test_what_is_unproven_unrecorded_withdrawn_or_erased_does_not_count(house: House, organiser: str) -> None:
    first = complain(house, DRAWS[0], "one")
    complain(house, DRAWS[1], "two", proven=False)
    complain(house, "CJ-invented", "three")
    gone = complain(house, DRAWS[2], "four")
    house.do(withdraw_case(house.world, actor=house.complainant(gone), number=gone, reason="算了"))
    erased = complain(house, DRAWS[3], "five")
    house.do(erase_case(house.world, actor=house.staff(Role.owner), number=erased))
    assert facts(house, first).repeats == {RULE: Repeat(1, 12)}


def test_a_draw_of_somebody_else_counts_for_somebody_else(house: House, organiser: str) -> None:
    first = complain(house, DRAWS[0], "one")
    # The record says whose draw it is, whatever name was typed.
    other = complain(house, "CJ9999", "two")
    assert facts(house, first).repeats == {RULE: Repeat(1, 12)}
    assert facts(house, other).repeats == {RULE: Repeat(1, 1)}
    assert CaseRow.objects.get(number=other).respondent_registered != organiser


def test_another_operators_cases_are_not_counted(house: House, organiser: str) -> None:
    first = complain(house, DRAWS[0], "one")
    second = complain(house, DRAWS[1], "two")
    assert facts(house, first).repeats == {RULE: Repeat(2, 12)}
    CaseRow.objects.filter(number=second).update(operator="elsewhere")
    assert facts(house, first).repeats == {RULE: Repeat(1, 12)}


def test_a_platform_without_such_a_rule_asks_nothing(house: House) -> None:
    assert facts(house, house.served()).repeats == {}


def test_the_row_holds_a_digest_and_can_be_rebuilt(house: House, organiser: str) -> None:
    number = complain(house, DRAWS[0], "one")
    row = CaseRow.objects.get(number=number)
    assert len(row.complained_of) == 64 and DRAWS[0] not in row.complained_of
    assert not rebuild(row.id)


def test_cases_from_before_the_column_get_it_from_their_events(house: House, organiser: str) -> None:
    number, other = complain(house, DRAWS[0], "one"), complain(house, "CJ-invented", "two")
    before = dict(CaseRow.objects.values_list("number", "complained_of"))
    assert before[number] and not before[other]
    CaseRow.objects.update(complained_of="")
    import_module("recourse.store.migrations.0010_complained_of").forwards(apps, None)
    assert dict(CaseRow.objects.values_list("number", "complained_of")) == before
