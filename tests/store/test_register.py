# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Register, records and checks: who answers for a shop, and what imported records say."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from recourse.core.actor import Role, Via, system
from recourse.core.address import Address
from recourse.core.calendar import CHINA
from recourse.core.deadline.service import ServiceHours
from recourse.core.record import ImportedRecord
from recourse.store import facts, hand_over, operators, register
from recourse.store.access import read_case
from recourse.store.records import import_records
from recourse.store.register import Entry
from tests.store.house import MERCHANT_MAIL, OPERATOR, PLATFORM, START, House


def find(house: House, name: str, record: str = "") -> Any:
    """Whom the register answers with."""
    return house.world.register.find(OPERATOR, PLATFORM, name, record)


def test_a_respondent_is_found_by_record_then_name_then_prefix(house: House) -> None:
    other = register.add_respondent(
        OPERATOR, PLATFORM, Entry(name="别家店", order_prefixes=("KS99",)), now=START
    )
    imported = ImportedRecord(kind="order", id="KS1", respondent=other)
    import_records(OPERATOR, PLATFORM, [imported], now=START)
    assert find(house, "山间茶铺", "KS1")[0] == other
    assert find(house, " 山间 茶铺 ") == (house.merchant, "山间茶业有限公司", False)
    assert find(house, "山间茶业有限公司")[0] == house.merchant
    assert find(house, "不认识", "KS55")[0] == house.merchant
    assert find(house, "不认识", "ks 9955")[0] == other
    assert find(house, "不认识", "XX1") is None
    assert find(house, "", "") is None


def test_operators_are_walls_for_the_register_too(house: House) -> None:
    assert house.world.register.find("elsewhere", PLATFORM, "山间茶铺", "KS1") is None
    assert house.world.register.contact("elsewhere", house.merchant_contact) is None
    assert register.seats_for("elsewhere", MERCHANT_MAIL) == []


def test_defaults_bind_only_whom_accepted_them(house: House) -> None:
    entry = Entry(name="山间茶铺", accepts_defaults=True)
    later = START + timedelta(days=1)
    register.add_respondent(OPERATOR, PLATFORM, entry, now=later)
    assert find(house, "山间茶铺")[2] is False
    house.clock.ahead(days=1)
    assert find(house, "山间茶铺")[2] is True
    register.add_respondent(OPERATOR, PLATFORM, Entry(name="山间茶铺"), now=later)
    assert find(house, "山间茶铺")[2] is False


def test_a_bounced_contact_is_used_no_more_until_it_is_registered_anew(house: House) -> None:
    world = house.world
    assert world.register.contact(OPERATOR, house.merchant_contact) == ("mail", MERCHANT_MAIL.value)
    world.register.bounced(OPERATOR, house.merchant_contact)
    assert world.register.contact(OPERATOR, house.merchant_contact) is None
    assert register.seats_for(OPERATOR, MERCHANT_MAIL) == []
    number = house.file()
    opened = world.cases.open(system(OPERATOR), number)
    assert opened is not None and opened.facts.contacts == ()
    entry = Entry(name="山间茶铺", contacts=(MERCHANT_MAIL,))
    register.add_respondent(OPERATOR, PLATFORM, entry, now=START)
    opened = world.cases.open(system(OPERATOR), number)
    assert opened is not None and opened.facts.contacts == (house.merchant_contact,)


def test_a_contact_that_left_the_list_opens_nothing_any_more(house: House) -> None:
    number = house.served()
    link = hand_over.give(house.respondent(), number="", now=datetime.now(CHINA), life=timedelta(days=3))
    assert link is not None
    colleague = hand_over.enter(link, now=datetime.now(CHINA), via=Via.portal)
    assert colleague is not None
    seats = [house.respondent(), colleague]
    assert all(read_case(seat, number) is not None for seat in seats)
    newcomer = Address("mail", "new@merchant.example.cn")
    register.add_respondent(OPERATOR, PLATFORM, Entry(name="山间茶铺", contacts=(newcomer,)), now=START)
    assert house.world.register.contact(OPERATOR, house.merchant_contact) is None
    assert register.seats_for(OPERATOR, MERCHANT_MAIL) == []
    assert [read_case(seat, number) for seat in seats] == [None, None]
    assert len(register.seats_for(OPERATOR, newcomer)) == 1
    register.add_respondent(OPERATOR, PLATFORM, Entry(name="山间茶铺"), now=START)
    assert len(register.seats_for(OPERATOR, newcomer)) == 1, "an entry without contacts leaves them alone"


def test_contacts_come_best_first(house: House) -> None:
    phone = Address("sms", "+8613800138000")
    entry = Entry(name="山间茶铺", contacts=(phone, MERCHANT_MAIL))
    register.add_respondent(OPERATOR, PLATFORM, entry, now=START)
    opened = house.world.cases.open(system(OPERATOR), house.file())
    ((first, _),) = register.seats_for(OPERATOR, phone)
    assert opened is not None and opened.facts.contacts == (first, house.merchant_contact)


def test_a_setting_has_history_and_a_platform_its_own(house: House) -> None:
    later = START + timedelta(days=1)
    operators.set_operated_rungs(OPERATOR, PLATFORM, [], valid_from=later, by="owner")
    assert operators.operated_rungs(OPERATOR, PLATFORM, on=START) == (
        "negotiate",
        "operator_support",
        "platform_decision",
    )
    assert operators.operated_rungs(OPERATOR, PLATFORM, on=later) == ()
    assert operators.operated_rungs(OPERATOR, "lofter-draw", on=later) != ()
    assert operators.operated_rungs("elsewhere", PLATFORM, on=later) == ()
    assert [value for _, value, _ in operators.history(OPERATOR, f"operated:{PLATFORM}")] == [[]]


def test_service_hours_are_a_setting(house: House) -> None:
    assert house.world.register.service_hours(OPERATOR) is None
    hours = ServiceHours(time(9), time(18), every_day=True)
    operators.set_service_hours(OPERATOR, hours, valid_from=START, by="owner")
    assert house.world.register.service_hours(OPERATOR) == hours
    later = START + timedelta(days=1)
    operators.set_service_hours(OPERATOR, None, valid_from=later, by="owner")
    assert operators.service_hours(OPERATOR, on=START) == hours
    assert operators.service_hours(OPERATOR, on=later) is None


def test_staff_stand_in_one_operator_with_one_role(house: House) -> None:
    account = operators.add_staff(
        "mei", operator=OPERATOR, role=Role.neutral, display_name="梅", password="x" * 12
    )
    other = operators.add_staff("lan", operator=OPERATOR, role=Role.neutral, display_name="兰", password=None)
    actor = operators.staff_actor(account, via=Via.desk)
    assert (actor.role, actor.operator) == (Role.neutral, OPERATOR)
    assert operators.staff_names(OPERATOR) == {account.public_id: "梅", other.public_id: "兰"}
    assert operators.staff_ids(OPERATOR, role=Role.neutral, other_than=[account.public_id]) == [
        other.public_id
    ]
    assert account.check_password("x" * 12) and not other.has_usable_password()


def test_a_record_comes_back_as_it_was_imported_and_follows_the_newest(house: House) -> None:
    record = ImportedRecord(
        kind="order",
        id="KS7",
        title="茶",
        amount_fen=12900,
        happened_on=date(2026, 9, 1),
        received_on=date(2026, 9, 5),
    )
    assert import_records(OPERATOR, PLATFORM, [record], now=START) == 1
    found = house.world.register.record(OPERATOR, PLATFORM, "KS7")
    assert found is not None
    assert (found["amount_fen"], found["happened_on"], found["received_on"]) == (
        12900,
        date(2026, 9, 1),
        date(2026, 9, 5),
    )
    import_records(OPERATOR, PLATFORM, [ImportedRecord(kind="order", id="KS7", amount_fen=1)], now=START)
    again = house.world.register.record(OPERATOR, PLATFORM, "KS7")
    assert again is not None and again["amount_fen"] == 1
    assert house.world.register.record("elsewhere", PLATFORM, "KS7") is None
    assert house.world.register.record(OPERATOR, PLATFORM, "") is None


def results(house: House, **record: Any) -> dict[str, bool]:
    """What every check says of one complaint over an order of that shape."""
    import_records(
        OPERATOR, PLATFORM, [ImportedRecord(**({"kind": "order", "id": "KS7"} | record))], now=START
    )
    opened = house.world.cases.open(system(OPERATOR), house.file(order="KS7"))
    assert opened is not None
    asked = [facts._asked(opened.case, now=house.clock.now())]
    return {name: bool(passed) for _, name, passed in facts._run(sorted(facts.check_texts()), asked)}


@pytest.mark.parametrize(
    ("check", "record", "holds"),
    [
        ("order_exists", {}, True),
        ("order_exists", {"id": "KS8"}, False),
        ("order_exists", {"kind": "draw"}, False),
        ("draw_exists", {"kind": "draw"}, True),
        ("draw_exists", {}, False),
        ("card_exists", {"kind": "card"}, True),
        ("points_account_exists", {"kind": "points"}, True),
        ("inside_return_window", {"received_on": date(2026, 9, 21)}, True),
        ("inside_return_window", {"received_on": date(2026, 9, 14)}, True),
        ("inside_return_window", {"received_on": date(2026, 9, 13)}, False),
        ("inside_return_window", {}, False),
        ("promised_date_passed", {"promised_on": date(2026, 9, 20)}, True),
        ("promised_date_passed", {"promised_on": date(2026, 9, 21)}, False),
        ("promised_date_passed", {"promised_on": date(2026, 9, 1), "received_on": date(2026, 9, 2)}, False),
        ("promised_date_passed", {}, False),
        ("not_delivered", {}, True),
        ("not_delivered", {"received_on": date(2026, 9, 2)}, False),
        ("not_refunded", {}, True),
        ("not_refunded", {"refunded_fen": 1}, False),
    ],
)
def test_a_check_holds_exactly_when_it_says(
    house: House, check: str, record: dict[str, Any], holds: bool
) -> None:
    assert results(house, **record)[check] is holds


def test_every_check_is_plain_integer_sql_that_every_engine_runs() -> None:
    for name, text in facts.check_texts().items():
        lowered = text.lower()
        assert "order by" in lowered, name
        for word in ("interval", "regexp", "similar to", "/", "now(", "current_", "::", "julianday"):
            assert word not in lowered, f"{name} uses {word}"


def test_without_imported_records_nothing_is_known(house: House) -> None:
    opened = house.world.cases.open(system(OPERATOR), house.file())
    assert opened is not None and opened.facts.checks == {} and opened.facts.paid_fen is None


def test_with_records_the_checks_of_the_problem_are_known(house: House) -> None:
    record = ImportedRecord(kind="order", id="KS7", amount_fen=13900, received_on=date(2026, 9, 19))
    import_records(OPERATOR, PLATFORM, [record], now=START)
    known = house.world.cases.open(system(OPERATOR), house.file(order="KS7"))
    unknown = house.world.cases.open(system(OPERATOR), house.file(order="KS8"))
    assert known is not None and unknown is not None
    assert known.facts.checks == {"order_exists": True, "inside_return_window": True}
    assert known.facts.paid_fen == 13900 and known.case.subject.proven
    assert unknown.facts.checks == {"order_exists": False, "inside_return_window": False}


@pytest.mark.parametrize(
    ("record", "overdue"),
    [
        ({"promised_on": date(2026, 9, 20)}, True),
        ({"promised_on": date(2026, 9, 21)}, False),
        ({"promised_on": date(2026, 9, 1), "received_on": date(2026, 9, 2)}, False),
    ],
)
def test_an_imported_draw_says_whether_its_prize_is_overdue(
    house: House, record: dict[str, Any], overdue: bool
) -> None:
    import_records(OPERATOR, "lofter-draw", [ImportedRecord(kind="draw", id="LF7", **record)], now=START)
    number = house.file(
        platform="lofter-draw",
        record={"id": "LF7"},
        problems=["s0.pt.overdue"],
        demands=[{"kind": "deliver_prize"}],
    )
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    assert opened.facts.checks == {
        "draw_exists": True,
        "not_delivered": "received_on" not in record,
        "promised_date_passed": overdue,
    }
