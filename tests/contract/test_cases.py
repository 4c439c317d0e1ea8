# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case book: the gate, the one door, what excludes what, and who is due."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from recourse.actions.accept_offer import accept_offer
from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.erase_case import erase_case
from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.actions.make_offer import make_offer
from recourse.actions.post_message import post_message
from recourse.actions.story import perform
from recourse.actions.withdraw_case import withdraw_case
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.case.commands import AcceptOffer, PostMessage, RunDeadlines
from recourse.core.case.decide import decide
from recourse.core.claim import Term
from recourse.core.evidence import GENESIS
from recourse.core.port import Conflict, Key, Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind, RemedyKind
from recourse.store.commit import Entry
from tests.contract.conftest import Ground
from tests.store.house import OPERATOR, START, House

SYSTEM = system(OPERATOR)
REFUND = (Term(RemedyKind.refund, 12_900),)


def entry(house: House, number: str, command: Any, actor: Actor, *, key: Key | None = None) -> Entry:
    """A command decided on the case as it is now, not committed yet."""
    opened = house.world.cases.open(actor, number)
    assert opened is not None
    now = house.clock.now()
    decided = decide(opened.case, command, actor=actor, rules=opened.rules, facts=opened.facts, now=now)
    assert not isinstance(decided, Problems), decided
    return Entry(opened, decided.case, decided.events, actor, now, key)


def commit(house: House, one: Entry) -> Receipt | Conflict:
    """Commit one entry."""
    return house.world.cases.commit(
        one.opened, one.after, one.events, actor=one.actor, now=one.now, key=one.key
    )


def message(house: House, number: str, text: str, *, key: str = "") -> Entry:
    """A message of the complainant."""
    sealed = Key(key, f"say {text}") if key else None
    return entry(house, number, PostMessage(text), house.complainant(number), key=sealed)


def case_of(house: House, number: str) -> Any:
    """The case as the engine sees it."""
    opened = house.world.cases.open(SYSTEM, number)
    assert opened is not None
    return opened


def test_a_new_case_has_every_event_from_the_first_and_a_head(house: House) -> None:
    opened = case_of(house, house.file())
    assert [item.version for item in opened.history] == list(range(1, opened.case.version + 1))
    assert opened.history[0].at == START
    assert len(opened.head) == len(GENESIS) and opened.head != GENESIS
    assert opened.case.respondent.registered == house.merchant


def test_who_writes_second_on_one_version_loses_and_leaves_nothing(house: House) -> None:
    number = house.served()
    first, second = message(house, number, "一"), message(house, number, "二")
    assert isinstance(commit(house, first), Receipt)
    assert commit(house, second) == Conflict("version")
    assert [item.text for item in case_of(house, number).case.messages] == ["一"]


def test_a_number_is_given_once(house: House) -> None:
    number = house.file()
    opened = case_of(house, number)
    filed = opened.history[0].event
    again = replace(filed, id="0" * 32)
    case = replace(opened.case, id="0" * 32, version=1)
    done = house.world.cases.commit(None, case, (again,), actor=SYSTEM, now=house.clock.now(), key=None)
    assert done == Conflict("number")


def test_who_counted_a_matter_before_somebody_else_filed_it_again_counts_anew(house: House) -> None:
    first = house.file()
    newcomer = Actor("f" * 32, Role.complainant, OPERATOR, Via.portal)
    refiling = Refiling(first, "新的理由", ())

    def again() -> Any:
        return file_complaint(house.world, actor=newcomer, complaint=house.complaint(), refiling=refiling)

    story = again()
    step = next(story)
    while getattr(step, "func", None) != house.world.cases.commit:
        step = story.send(step())
    second = house.do(again()).number
    lost = step()
    assert lost == Conflict("matter")
    step = story.send(lost)
    filed = None
    while filed is None:
        try:
            step = story.send(step())
        except StopIteration as done:
            filed = done.value
    assert isinstance(filed, Receipt)
    assert set(house.world.cases.matter(OPERATOR, first)) == {first, second, filed.number}
    assert case_of(house, filed.number).case.refilings == 2


def test_one_key_is_one_effect_and_one_answer(house: House) -> None:
    number = house.served()
    one, other = message(house, number, "一", key="k"), message(house, number, "一", key="k")
    first = commit(house, one)
    assert isinstance(first, Receipt)
    # The second was decided before the first was there: the version tells, and reading again tells the rest.
    assert isinstance(commit(house, other), Conflict)
    actor = house.complainant(number)
    replayed = house.world.cases.replay(actor, Key("k", "say 一"))
    assert replayed == replace(first, replayed=True)
    assert commit(house, message(house, number, "一", key="k")) == Conflict("key")
    refused = house.world.cases.replay(actor, Key("k", "say 二"))
    assert isinstance(refused, Problems) and refused.keys() == ("idempotency_key_reused",)
    assert house.world.cases.replay(house.respondent(), Key("k", "say 一")) is None


def test_two_cases_on_one_order_give_its_value_once(house: House) -> None:
    numbers = [house.served(order="KSTWICE"), house.served(order=" kstwice")]
    for number in numbers:
        house.do(make_offer(house.world, actor=house.respondent(), number=number, terms=REFUND, text="退"))
    one, two = (entry(house, n, AcceptOffer("o1"), house.complainant(n)) for n in numbers)
    assert isinstance(commit(house, one), Receipt)
    assert commit(house, two) == Conflict("entitlement")
    assert case_of(house, numbers[1]).facts.locked == {"value": numbers[0]}
    house.do(accept_offer(house.world, actor=house.complainant(numbers[1]), number=numbers[1], offer="o1"))
    assert case_of(house, numbers[1]).case.closed_because == "remedied_elsewhere"


def test_a_batch_keeps_what_is_good_when_one_lost(house: House) -> None:
    numbers = [house.served() for _ in range(3)]
    entries = [message(house, number, "批") for number in numbers]
    assert isinstance(commit(house, message(house, numbers[1], "先")), Receipt)
    results = house.world.cases.commit_many(entries)
    assert [isinstance(item, Receipt) for item in results] == [True, False, True]
    assert results[1] == Conflict("version")
    assert house.world.cases.commit_many([]) == []


def test_time_never_runs_backwards_within_a_case(house: House) -> None:
    number = house.served()
    house.clock.ahead(days=1)
    commit(house, message(house, number, "后"))
    house.clock.ahead(days=-1)
    commit(house, message(house, number, "先"))
    last, before = case_of(house, number).history[-1], case_of(house, number).history[-2]
    assert last.at == before.at == START + timedelta(days=1)


def test_the_gate_lets_nobody_in_who_has_no_business_here(house: House) -> None:
    filed, served = house.file(), house.served()
    cases = house.world.cases
    other = Actor("agent1", Role.agent, "elsewhere", Via.desk)
    stranger = Actor("f" * 32, Role.complainant, OPERATOR, Via.portal)
    impostor = Actor("f" * 32, Role.respondent, OPERATOR, Via.portal)
    for actor in (other, stranger, impostor, replace(house.respondent(), operator="elsewhere")):
        assert cases.open(actor, served) is None
    assert cases.open(house.respondent(), served) is not None
    assert cases.open(house.respondent(), filed) is None, "nobody sees a complaint before it is served"
    assert cases.open(house.complainant(filed), filed) is not None
    assert cases.open(house.complainant(filed), served) is None
    assert cases.open(house.staff(Role.auditor), filed) is not None
    assert cases.open(SYSTEM, "0000-0000-0000") is None
    assert [one.case.number for one in cases.open_many(house.respondent(), [filed, served])] == [served]


def test_facts_are_looked_up_for_every_opening(house: House) -> None:
    number = house.file()
    assert case_of(house, number).facts.contacts == (house.merchant_contact,)
    assert case_of(house, number).facts.checks == {}, "nothing was imported: nothing is known"
    assert case_of(house, number).facts.paid_fen is None
    assert case_of(house, number).facts.calendar is not None
    house.world.register.bounced(OPERATOR, house.merchant_contact)  # type: ignore[attr-defined]
    assert case_of(house, number).facts.contacts == ()
    assert house.world.register.contact(OPERATOR, house.merchant_contact) is None  # type: ignore[attr-defined]


def test_a_matter_is_everything_that_was_filed_again_from_it(house: House) -> None:
    number = house.file()
    assert house.world.cases.matter(OPERATOR, number) == (number,)
    assert house.world.cases.matter(OPERATOR, "nothing") == ("nothing",)


def test_due_cases_are_on_lease_until_somebody_writes(house: House) -> None:
    early, late = house.served(), None
    house.clock.ahead(hours=1)
    late = house.served()
    cases = house.world.cases
    assert cases.due(house.clock.now(), 10) == []
    house.clock.ahead(hours=48)
    now = house.clock.now()
    assert list(cases.due(now, 1)) == [(OPERATOR, early)]
    assert list(cases.due(now, 10)) == [(OPERATOR, late)]
    assert list(cases.due(now, 10)) == []
    assert sorted(cases.due(now + timedelta(minutes=3), 10)) == sorted([(OPERATOR, early), (OPERATOR, late)])
    # Whoever writes ends the lease; a case that is due no more is not handed out again.
    house.clock.at = now
    assert isinstance(commit(house, entry(house, early, RunDeadlines(), SYSTEM)), Receipt)
    assert early not in {number for _, number in cases.due(now + timedelta(minutes=3), 10)}


def test_open_cases_come_in_pages_by_id(ground: Ground) -> None:
    house = ground.house
    numbers = {house.served() for _ in range(3)}
    closed = house.served()
    perform(withdraw_case(house.world, actor=house.complainant(closed), number=closed, reason="不投了"))
    first = ground.open_cases(after="", limit=2)
    rest = ground.open_cases(after=first[-1][0], limit=9)
    assert len(first) == 2 and {number for _, number, _ in [*first, *rest]} == numbers
    assert [id_ for id_, _, _ in [*first, *rest]] == sorted(id_ for id_, _, _ in [*first, *rest])


def test_an_erased_case_reads_without_what_was_personal(house: House) -> None:
    number = house.served()
    perform(post_message(house.world, actor=house.complainant(number), number=number, text="私事"))
    assert isinstance(perform(erase_case(house.world, actor=house.staff(), number=number)), Receipt)
    case = case_of(house, number).case
    assert case.erased and case.closed
    assert (case.complainant.name, case.complainant.contact, case.story, case.subject.id) == ("", "", "", "")
    assert [item.text for item in case.messages] == [""]


def test_bytes_come_back_until_they_are_deleted(house: House) -> None:
    number, blobs = house.served(), house.world.blobs
    done = add_exhibit(
        house.world,
        actor=house.complainant(number),
        number=number,
        kind=EvidenceKind.chat_export,
        chunks=["客服：".encode(), "正在处理".encode()],
        name="聊天.txt",
    )
    assert isinstance(perform(done), Receipt)
    exhibit = case_of(house, number).case.exhibits[0]
    assert blobs.get(exhibit.blob) == "客服：正在处理".encode()
    assert (exhibit.size, exhibit.media_type) == (len("客服：正在处理".encode()), "text/plain")
    blobs.delete(exhibit.blob)
    blobs.delete(exhibit.blob)
    assert blobs.get(exhibit.blob) is None
    refused = blobs.put([b"\x00\x01\x02"], name="x.exe")
    assert isinstance(refused, Problems)
