# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds that exclude each other, done at once: exactly one has its effect, on both engines.

Each racer waits at a barrier before each step of its story, so that all have read before anybody writes.
"""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from recourse.actions.accept_offer import accept_offer
from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.actions.make_offer import make_offer
from recourse.actions.post_message import post_message
from recourse.actions.run_deadlines import run_deadlines, sweep
from recourse.actions.story import perform
from recourse.actions.take_back_offer import take_back_offer
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.claim import Term
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import RemedyKind
from recourse.store import chain, codes, people, rate_limit
from recourse.store.models import CaseRow, Entitlement, Person, Refiled
from tests.store.house import OPERATOR, START, House

SYSTEM = system(OPERATOR)
ROUNDS = 8
REFUND = (Term(RemedyKind.refund, 12900),)


def race(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all deeds at once, each in a thread with a connection of its own; their results in order."""
    barrier = threading.Barrier(len(deeds))
    results: list[Any] = [None] * len(deeds)

    def run(index: int) -> None:
        try:
            barrier.wait(timeout=20)
            results[index] = deeds[index]()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [item for item in results if isinstance(item, Exception)], results
    return results


def together(stories: Sequence[Any]) -> list[Any]:
    """Run stories step by step in step: nobody takes the next step before everybody has taken this one."""
    barrier = threading.Barrier(len(stories))

    def paced(story: Any) -> Any:
        result: Any = None
        try:
            step = next(story)
            while True:
                # A racer that has finished breaks the barrier; the others then run on freely.
                with suppress(threading.BrokenBarrierError):
                    barrier.wait(timeout=5)
                result = step()
                step = story.send(result)
        except StopIteration as done:
            barrier.abort()
            return done.value

    return race([partial(paced, story) for story in stories])


def events(house: House, number: str) -> Counter[str]:
    """How often each kind of event happened; the chain must hold whatever the race did."""
    read = house.world.cases.open(SYSTEM, number)
    assert read is not None
    assert chain.broken_at(SYSTEM, number) is None
    assert [item.version for item in read.history] == list(range(1, read.case.version + 1))
    return Counter(type(item.event).__name__ for item in read.history)


def offered(house: House, **changes: Any) -> tuple[str, str]:
    """A served case with the merchant's offer on the table: its number and the offer's id."""
    number = house.served(**changes)
    house.do(make_offer(house.world, actor=house.respondent(), number=number, terms=REFUND, text="退款"))
    read = house.world.cases.open(SYSTEM, number)
    assert read is not None and read.case.open_offer is not None
    return number, read.case.open_offer.id


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_settling_twice_settles_once(house: House, _round: int) -> None:
    number, offer = offered(house)
    actor = house.complainant(number)
    results = together([accept_offer(house.world, actor=actor, number=number, offer=offer) for _ in range(4)])
    assert sum(isinstance(item, Receipt) for item in results) == 1
    found = events(house, number)
    assert (found["SettlementReached"], found["RemedyOrdered"]) == (1, 1)
    assert Entitlement.objects.count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_accepting_and_withdrawing_at_once_do_exactly_one(house: House, _round: int) -> None:
    number, offer = offered(house)
    actor = house.complainant(number)
    accepted, withdrawn = together(
        [
            accept_offer(house.world, actor=actor, number=number, offer=offer),
            withdraw_case(house.world, actor=actor, number=number, reason="不投了"),
        ]
    )
    found = events(house, number)
    both_in_turn = found["SettlementReached"] == 1 and found["CaseWithdrawn"] == 1
    # Whoever settled may still withdraw afterwards if the rules say so; never the other way round.
    if both_in_turn:
        read = house.world.cases.open(SYSTEM, number)
        assert read is not None
        order = [type(item.event).__name__ for item in read.history]
        assert order.index("SettlementReached") < order.index("CaseWithdrawn")
    else:
        assert isinstance(accepted, Receipt) is not isinstance(withdrawn, Receipt)
        assert found["SettlementReached"] + found["CaseWithdrawn"] == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_accepting_an_offer_that_is_being_taken_back_does_exactly_one(house: House, _round: int) -> None:
    number, offer = offered(house)
    results = together(
        [
            accept_offer(house.world, actor=house.complainant(number), number=number, offer=offer),
            take_back_offer(house.world, actor=house.respondent(), number=number, offer=offer),
        ]
    )
    assert sum(isinstance(item, Receipt) for item in results) == 1
    assert events(house, number)["OfferAnswered"] == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_cases_on_one_order_order_one_remedy(house: House, _round: int) -> None:
    cases = [offered(house, order="KSTWICE") for _ in range(2)]
    together(
        [
            accept_offer(house.world, actor=house.complainant(number), number=number, offer=offer)
            for number, offer in cases
        ]
    )
    found = [events(house, number) for number, _ in cases]
    assert sum(item["RemedyOrdered"] for item in found) == 1
    assert sum(item["RemedyBarred"] for item in found) == 1
    assert Entitlement.objects.filter(released_at__isnull=True).count() == 1
    # Nobody is stuck: the case that came second knows where the value went.
    assert all(item["SettlementReached"] == 1 for item in found)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_workers_on_one_deadline_carry_it_out_once(house: House, _round: int) -> None:
    number = house.served()
    house.clock.ahead(days=3)
    together([run_deadlines(house.world, number=number, operator=OPERATOR) for _ in range(2)])
    read = house.world.cases.open(SYSTEM, number)
    assert read is not None
    missed = [item.event.id for item in read.history if getattr(item.event, "how", "") == "missed"]  # type: ignore[attr-defined]
    assert len(missed) == len(set(missed)) == 1
    events(house, number)


def test_two_sweeps_share_the_due_cases(house: House) -> None:
    numbers = [house.served() for _ in range(6)]
    house.clock.ahead(days=3)
    looked_at = race([lambda: perform(sweep(house.world, limit=3)) for _ in range(4)])
    while looked_at_again := perform(sweep(house.world, limit=10)):
        looked_at.append(looked_at_again)
    for number in numbers:
        read = house.world.cases.open(SYSTEM, number)
        assert read is not None
        missed = [item for item in read.history if getattr(item.event, "how", "") == "missed"]
        assert len(missed) == 1, number
    assert not CaseRow.objects.filter(next_due_at__lte=house.clock.now()).exists()


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_one_key_from_many_clicks_files_one_case(house: House, _round: int) -> None:
    numbers = race([lambda: house.file(key="click", order="KSCLICK") for _ in range(6)])
    assert len(set(numbers)) == 1
    assert CaseRow.objects.count() == 1


def test_everybody_is_heard_when_all_talk_at_once(house: House) -> None:
    number = house.served()
    actor = house.complainant(number)

    def say(text: str) -> Any:
        while not isinstance(
            done := perform(post_message(house.world, actor=actor, number=number, text=text, key=text)),
            Receipt,
        ):
            assert done.keys() == ("busy",)
        return done

    race([partial(say, f"第{index}句") for index in range(8)])
    read = house.world.cases.open(SYSTEM, number)
    assert read is not None
    assert sorted(item.text for item in read.case.messages) == sorted(f"第{index}句" for index in range(8))
    events(house, number)


def test_one_code_signs_in_once_however_many_try(house: House) -> None:
    complaint = house.complaint()
    ticket = codes.start(complaint.contact, purpose="sign_in", code="123456", now=START)
    assert isinstance(ticket, str)
    tries = [lambda: codes.check(ticket, "123456", purpose="sign_in", now=START)] * 4
    assert race(tries).count(complaint.contact) == 1


def test_guesses_in_parallel_are_all_counted(house: House) -> None:
    ticket = codes.start(house.complaint().contact, purpose="sign_in", code="123456", now=START)
    assert isinstance(ticket, str)
    race([lambda: codes.check(ticket, "000000", purpose="sign_in", now=START)] * 8)
    assert codes.check(ticket, "123456", purpose="sign_in", now=START) != house.complaint().contact


def test_a_contact_proven_twice_at_once_is_one_person(house: House) -> None:
    contact = house.complaint().contact
    persons = race([lambda: people.prove(contact, now=START)] * 4)
    assert len(set(persons)) == 1
    assert Person.objects.filter(merged_into="").count() >= 1


def test_a_limit_holds_however_many_come_at_once(house: House) -> None:
    tries = [lambda: rate_limit.allow("door", times=3, per=timedelta(hours=1), now=START)] * 8
    assert race(tries).count(True) == 3


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_matter_filed_again_many_times_at_once_keeps_to_its_limit(house: House, _round: int) -> None:
    first = house.file()
    read = house.world.cases.open(SYSTEM, first)
    assert read is not None
    limit = read.rules.playbook.refiling.times_max
    actor = Actor("newcomer", Role.complainant, OPERATOR, Via.portal)

    def again() -> Any:
        refiling = Refiling(first, "新的理由", ())
        return file_complaint(house.world, actor=actor, complaint=house.complaint(), refiling=refiling)

    results = together([again() for _ in range(limit + 2)])
    filed = [item for item in results if isinstance(item, Receipt)]
    refused = [item.keys() for item in results if isinstance(item, Problems)]
    assert len(filed) == limit and refused == [("refiled_too_often",)] * 2, results
    rows = Refiled.objects.filter(operator=OPERATOR, matter=first).order_by("ordinal")
    assert list(rows.values_list("ordinal", flat=True)) == list(range(1, limit + 1))
