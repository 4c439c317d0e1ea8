# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One transaction, or nothing: what a commit writes, and what it answers when somebody was first."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from recourse.actions.erase_case import erase_case
from recourse.actions.make_offer import make_offer
from recourse.actions.post_message import post_message
from recourse.actions.story import perform
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.case.commands import PostMessage
from recourse.core.case.decide import decide
from recourse.core.claim import Term
from recourse.core.port import Conflict, Key, Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import RemedyKind
from recourse.store.codec import CaseStopped
from recourse.store.commit import Entry
from recourse.store.models import CaseRow, EventRow, IdempotencyKey, Job, PrivateRow
from recourse.store.projection import COLUMNS, FIXED
from recourse.store.rebuild import rebuild, rebuilt
from tests.store.house import OPERATOR, START, House

SYSTEM = system(OPERATOR)


def opened(house: House, number: str) -> Any:
    """The case as the engine sees it."""
    found = house.world.cases.open(SYSTEM, number)
    assert found is not None
    return found


def message(house: House, number: str, text: str) -> Entry:
    """A message of the complainant, decided but not committed."""
    read, actor = opened(house, number), house.complainant(number)
    decided = decide(
        read.case, PostMessage(text), actor=actor, rules=read.rules, facts=read.facts, now=house.clock.now()
    )
    assert not isinstance(decided, Problems), decided
    return Entry(read, decided.case, decided.events, actor, house.clock.now())


def test_a_filed_case_reads_back_as_it_was_decided(house: House) -> None:
    number = house.file()
    read = opened(house, number)
    assert read.case.number == number
    assert read.case.complainant.name == "王小明"
    assert read.case.story.startswith("直播间买的茶叶")
    assert read.case.respondent.registered == house.merchant
    assert [item.version for item in read.history] == list(range(1, read.case.version + 1))
    assert read.history[0].at == START


def test_personal_fields_stand_in_no_plain_column_of_the_record(house: House) -> None:
    number = house.file()
    case_id = opened(house, number).case.id
    rows = EventRow.objects.filter(case_id=case_id).values_list("body", "commitments", "actor")
    record = "".join("".join(row) for row in rows)
    for personal in ("王小明", "xiaoming@example.cn", "碎末", "山间茶", "KS0000000001", "龙井"):
        assert personal not in record
    sealed = b"".join(bytes(f) for f in PrivateRow.objects.values_list("fields", flat=True))
    assert "王小明".encode() not in sealed


def test_the_row_follows_from_the_events_alone(house: House) -> None:
    number = house.served()
    case_id = opened(house, number).case.id
    live = CaseRow.objects.filter(pk=case_id).values(*COLUMNS).get()
    columns, _ = rebuilt(case_id)
    assert columns == live
    assert live["served_at"] is not None and live["next_due_at"] is not None
    assert rebuild(case_id) is False


def test_a_damaged_row_is_rebuilt_from_the_events(house: House) -> None:
    number = house.served()
    before = CaseRow.objects.filter(number=number).values(*COLUMNS).get()
    CaseRow.objects.filter(number=number).update(stage="closed", title="", next_due_at=None)
    assert rebuild(opened(house, number).case.id) is True
    assert CaseRow.objects.filter(number=number).values(*COLUMNS).get() == before


def test_no_event_changes_what_an_update_leaves_alone(house: House) -> None:
    number = house.served()
    first = CaseRow.objects.filter(number=number).values(*FIXED).get()
    house.clock.ahead(days=9)
    house.run_deadlines(number)
    perform(withdraw_case(house.world, actor=house.complainant(number), number=number, reason="不投了"))
    house.do(erase_case(house.world, actor=house.staff(Role.owner), number=number))
    columns, _ = rebuilt(CaseRow.objects.get(number=number).id)
    assert CaseRow.objects.filter(number=number).values(*COLUMNS).get() == columns
    assert {name: columns[name] for name in FIXED} == first


def test_who_writes_second_on_one_version_gets_a_conflict(house: House) -> None:
    number = house.served()
    first, second = message(house, number, "第一条"), message(house, number, "第二条")
    commit = house.world.cases.commit
    one = commit(first.opened, first.after, first.events, actor=first.actor, now=first.now, key=None)
    two = commit(second.opened, second.after, second.events, actor=second.actor, now=second.now, key=None)
    assert isinstance(one, Receipt)
    assert two == Conflict("version")
    assert [item.text for item in opened(house, number).case.messages] == ["第一条"]


def test_a_batch_keeps_what_is_good_when_one_case_lost(house: House) -> None:
    numbers = [house.served() for _ in range(3)]
    entries = [message(house, number, "批量") for number in numbers]
    perform(post_message(house.world, actor=house.complainant(numbers[1]), number=numbers[1], text="抢先"))
    results = house.world.cases.commit_many(entries)
    assert [isinstance(item, Receipt) for item in results] == [True, False, True]
    assert results[1] == Conflict("version")
    texts = [[m.text for m in opened(house, number).case.messages] for number in numbers]
    assert texts == [["批量"], ["抢先"], ["批量"]]


def test_a_batch_writes_the_same_as_single_commits(house: House) -> None:
    numbers = [house.served() for _ in range(4)]
    results = house.world.cases.commit_many([message(house, number, "同样") for number in numbers])
    for number, receipt in zip(numbers, results, strict=True):
        read = opened(house, number)
        assert isinstance(receipt, Receipt) and len(receipt.promises) == 1
        assert receipt == Receipt(number, read.case.version, read.head, promises=receipt.promises)
        columns, _ = rebuilt(read.case.id)
        assert CaseRow.objects.filter(number=number).values(*COLUMNS).get() == columns


def test_many_cases_open_as_each_would_alone(house: House) -> None:
    numbers = [house.served(), house.file(), house.served()]
    together = {item.case.number: item for item in house.world.cases.open_many(SYSTEM, numbers)}
    assert together == {number: opened(house, number) for number in numbers}


def test_opening_many_cases_costs_no_more_queries_than_opening_one(
    house: House, django_assert_max_num_queries: Any
) -> None:
    numbers = [house.served() for _ in range(6)]
    house.world.cases.open_many(SYSTEM, numbers)
    with django_assert_max_num_queries(9):
        house.world.cases.open_many(SYSTEM, numbers)


def test_the_same_key_gives_the_first_receipt_and_one_case(house: House) -> None:
    first = house.file(key="abc", order="KS1")
    second = house.file(key="abc", order="KS1")
    assert first == second
    assert CaseRow.objects.count() == 1
    assert IdempotencyKey.objects.count() == 1


def test_the_same_key_for_another_request_is_refused(house: House) -> None:
    actor = Actor("newcomer", Role.complainant, OPERATOR, Via.api)
    number = house.served()
    posted = perform(
        post_message(house.world, actor=house.complainant(number), number=number, text="一", key="k")
    )
    assert isinstance(posted, Receipt)
    other = perform(
        post_message(house.world, actor=house.complainant(number), number=number, text="二", key="k")
    )
    assert isinstance(other, Problems) and other.keys() == ("idempotency_key_reused",)
    assert house.world.cases.replay(actor, Key("k", "whatever")) is None


def test_a_key_that_is_being_used_right_now_is_a_conflict(house: House) -> None:
    number = house.served()
    actor = house.complainant(number)
    one, two = message(house, number, "一"), message(house, house.served(), "二")
    key = Key("same", "0" * 64)
    commit = house.world.cases.commit
    assert isinstance(commit(one.opened, one.after, one.events, actor=actor, now=one.now, key=key), Receipt)
    lost = commit(two.opened, two.after, two.events, actor=actor, now=two.now, key=key)
    assert lost == Conflict("key")


def test_a_taken_case_number_is_a_conflict(house: House) -> None:
    number = house.file()
    shelf = house.world.rules.current("kuaishou-shop")
    assert not isinstance(shelf, Problems)
    read = opened(house, number)
    again = Entry(None, read.case, [item.event for item in read.history], house.complainant(number), START)
    clash = house.world.cases.commit(None, again.after, again.events, actor=again.actor, now=START, key=None)
    assert clash == Conflict("number")
    assert CaseRow.objects.count() == 1


def test_effects_become_jobs_that_name_the_operator_and_nobody(house: House) -> None:
    number = house.file()
    house.prove(number)
    notice = Job.objects.get(kind="notice")
    assert notice.payload["number"] == number and notice.payload["operator"] == OPERATOR
    text = "".join(str(payload) for payload in Job.objects.values_list("payload", flat=True))
    assert "王小明" not in text and "@" not in text


def test_time_never_runs_backwards_within_a_case(house: House) -> None:
    number = house.served()
    house.clock.ahead(hours=-5)
    house.do(post_message(house.world, actor=house.complainant(number), number=number, text="时钟倒拨"))
    times = [item.at for item in opened(house, number).history]
    assert times == sorted(times)


def test_an_event_of_a_later_version_stops_its_case_and_no_other(house: House) -> None:
    stopped, fine = house.served(), house.served()
    row = CaseRow.objects.get(number=stopped)
    EventRow.objects.create(
        case_id=row.id, version=row.version + 1, type="CaseTeleported", at="2026-09-21T10:00:00+08:00",
        actor='{"id":"x","role":"system","operator":"local","via":"worker"}', body="{}", commitments="{}",
        previous=row.head, hash="0" * 64,
    )  # fmt: skip
    with pytest.raises(CaseStopped, match="CaseTeleported"):
        opened(house, stopped)
    assert opened(house, fine).case.number == fine


def test_due_cases_are_taken_once_and_come_back_when_a_worker_dies(house: House) -> None:
    numbers = [house.served() for _ in range(3)]
    house.clock.ahead(days=3)
    now = house.clock.now()
    first = house.world.cases.due(now, 2)
    second = house.world.cases.due(now, 10)
    assert len(first) == 2 and len(second) == 1
    assert {number for _, number in (*first, *second)} == set(numbers)
    assert house.world.cases.due(now, 10) == []
    later = now + timedelta(minutes=3)
    assert len(house.world.cases.due(later, 10)) == 3


def test_a_case_that_was_dealt_with_leaves_the_due_list(house: House) -> None:
    number = house.served()
    house.clock.ahead(days=3)
    assert [n for _, n in house.world.cases.due(house.clock.now(), 10)] == [number]
    house.run_deadlines(number)
    row = CaseRow.objects.get(number=number)
    assert row.sweep_lease is None
    assert row.next_due_at is None or row.next_due_at > house.clock.now()


def test_the_due_list_is_read_from_its_index(house: House) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT id FROM store_case WHERE next_due_at <= now() ORDER BY next_due_at LIMIT 9"
            )
        else:
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT id FROM store_case WHERE next_due_at <= '2026' ORDER BY next_due_at LIMIT 9"
            )
        plan = str(cursor.fetchall())
    assert "case_due" in plan


def settle(house: House, number: str) -> Any:
    """The merchant offers the refund and the complainant takes it."""
    from recourse.actions.accept_offer import accept_offer

    terms = (Term(RemedyKind.refund, 12900),)
    house.do(make_offer(house.world, actor=house.respondent(), number=number, terms=terms, text="退款"))
    offer = opened(house, number).case.open_offer
    return perform(accept_offer(house.world, actor=house.complainant(number), number=number, offer=offer.id))


def test_one_order_is_refunded_once_across_cases(house: House) -> None:
    one, two = house.served(order="KS777"), house.served(order="ks 777")
    assert isinstance(settle(house, one), Receipt)
    assert opened(house, two).facts.locked == {"value": one}
    settle(house, two)
    kinds = [type(item.event).__name__ for item in opened(house, two).history]
    assert "RemedyBarred" in kinds and "RemedyOrdered" not in kinds


def test_a_lock_taken_meanwhile_is_a_conflict(house: House) -> None:
    from recourse.core.case.commands import AcceptOffer

    one, two = house.served(order="KS778"), house.served(order="KS778")
    terms = (Term(RemedyKind.refund, 12900),)
    house.do(make_offer(house.world, actor=house.respondent(), number=two, terms=terms, text="退款"))
    read, actor = opened(house, two), house.complainant(two)
    command = AcceptOffer(read.case.open_offer.id)
    decided = decide(
        read.case, command, actor=actor, rules=read.rules, facts=read.facts, now=house.clock.now()
    )
    assert not isinstance(decided, Problems)
    settle(house, one)
    lost = house.world.cases.commit(
        read, decided.case, decided.events, actor=actor, now=house.clock.now(), key=None
    )
    assert lost == Conflict("entitlement")
    assert opened(house, two).case.version == read.case.version
