# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The gate: who sees what, and that absent and forbidden answer alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recourse.actions.post_message import post_message
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.address import Address
from recourse.core.case.commands import PostMessage
from recourse.core.case.decide import Decided, decide
from recourse.core.port import Conflict
from recourse.store import access, chain, hand_over, people, register, search
from recourse.store.models import CaseRow, HandOver
from recourse.store.register import Entry
from tests.store.house import OPERATOR, PLATFORM, House

STRANGERS = [
    Actor("somebody", Role.complainant, OPERATOR, Via.portal),
    # Nobody is merged into a nameless person, though most people are merged into nobody.
    Actor("", Role.complainant, OPERATOR, Via.portal),
    Actor("somebody", Role.respondent, OPERATOR, Via.portal),
    *(Actor("staff", role, "elsewhere", Via.desk) for role in Role),
]


def sees(actor: Actor) -> set[str]:
    """The numbers this actor's lists show."""
    return set(access.visible(actor).values_list("number", flat=True))


@pytest.mark.parametrize("actor", STRANGERS, ids=lambda actor: f"{actor.role}-{actor.operator}")
def test_a_stranger_gets_of_a_case_what_everybody_gets_of_none(house: House, actor: Actor) -> None:
    number = house.served()
    for asked in (number, "0000-0000-0000"):
        assert house.world.cases.open(actor, asked) is None
        assert access.read_case(actor, asked) is None
        assert chain.read_links(actor, asked) is None
        assert chain.read_private(actor, asked) is None
        assert house.world.cases.open_many(actor, [asked]) == []
    assert sees(actor) == set()
    assert not search.matching(access.visible(actor), "茶叶", by_name=True).exists()


def test_forbidden_costs_the_same_queries_as_absent(house: House, django_assert_num_queries: object) -> None:
    number = house.served()
    stranger = STRANGERS[0]
    with django_assert_num_queries(1):  # type: ignore[operator]
        house.world.cases.open(stranger, number)
    with django_assert_num_queries(1):  # type: ignore[operator]
        house.world.cases.open(stranger, "0000-0000-0000")


def test_a_complainant_sees_their_own_case_alone(house: House) -> None:
    mine, other = house.file(), house.file(complainant={"name": "李四", "email": "lisi@example.cn"})
    assert sees(house.complainant(mine)) == {mine}
    assert house.world.cases.open(house.complainant(mine), other) is None


def test_typing_somebody_elses_contact_opens_none_of_their_cases(house: House) -> None:
    theirs = house.file()
    people.prove(Address("mail", "xiaoming@example.cn"), now=house.clock.now())
    intruder = house.file()
    assert sees(house.complainant(intruder)) == {intruder}
    assert house.world.cases.open(house.complainant(intruder), theirs) is None


def test_a_proven_contact_brings_all_its_cases_together(house: House) -> None:
    numbers = {house.file() for _ in range(3)}
    house.file(complainant={"name": "李四", "email": "lisi@example.cn"})
    person = people.prove(Address("mail", "xiaoming@example.cn"), now=house.clock.now())
    assert sees(people.complainant(person, operator=OPERATOR, via=Via.portal)) == numbers


def test_a_respondent_sees_a_case_only_once_it_was_served(house: House) -> None:
    number = house.file()
    assert sees(house.respondent()) == set()
    house.prove(number)
    assert house.world.cases.open(house.respondent(), number) is None
    served = house.served()
    assert sees(house.respondent()) == {served}


def test_a_respondent_does_not_see_the_cases_of_another_one(house: House) -> None:
    entry = Entry(name="别家店", contacts=(Address("mail", "other@example.cn"),))
    register.add_respondent(OPERATOR, PLATFORM, entry, now=house.clock.now())
    ((contact, name),) = register.seats_for(OPERATOR, Address("mail", "other@example.cn"))
    house.served()
    assert name == "别家店"
    assert sees(Actor(contact, Role.respondent, OPERATOR, Via.portal)) == set()


@pytest.mark.parametrize("role", [Role.agent, Role.neutral, Role.owner, Role.auditor])
def test_staff_see_all_of_their_operator_and_nothing_of_another(house: House, role: Role) -> None:
    number = house.served()
    assert sees(house.staff(role)) == {number}
    assert sees(house.staff(role, operator="elsewhere")) == set()


def test_a_canary_of_another_operator_is_never_seen(house: House) -> None:
    number = house.served(story="金丝雀在这里唱歌")
    CaseRow.objects.filter(number=number).update(operator="elsewhere")
    for role in Role:
        actor = Actor("anybody", role, OPERATOR, Via.api)
        assert sees(actor) == set()
        assert not search.matching(access.visible(actor), "金丝雀", by_name=True).exists()
    assert sees(system("elsewhere")) == {number}


def test_a_hand_over_link_opens_what_it_says_until_it_is_revoked(house: House) -> None:
    one, two = house.served(), house.served()
    now = house.clock.now()
    giver = house.respondent()
    token = hand_over.give(giver, number=one, now=now)
    assert token is not None
    # The link's end is measured by the database's clock; it was given just now by ours.
    colleague = hand_over.enter(token, now=now, via=Via.portal)
    assert colleague is not None
    HandOver.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert sees(colleague) == {one}
    assert hand_over.give(colleague, number="", now=now) is None
    hand_over.note_use(colleague, what="answered", now=now)
    (entry,) = hand_over.given(giver)
    assert [what for _, what in entry.uses] == ["entered", "answered"]
    assert hand_over.revoke(colleague, entry.id, now=now) is False
    assert hand_over.revoke(giver, entry.id, now=now) is True
    assert sees(colleague) == set()
    assert hand_over.enter(token, now=now, via=Via.portal) is None
    assert two in sees(giver)


def test_a_hand_over_link_ends_by_itself(house: House) -> None:
    house.served()
    token = hand_over.give(house.respondent(), number="", now=house.clock.now())
    assert token is not None
    late = house.clock.now() + timedelta(days=15)
    assert hand_over.enter(token, now=late, via=Via.portal) is None
    assert hand_over.enter("unknown", now=house.clock.now(), via=Via.portal) is None


def test_an_event_that_comes_in_while_a_case_is_read_belongs_to_the_next_version(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.served()
    actor = house.complainant(number)
    read_events = access.read_events

    def somebody_was_quicker(keys):
        monkeypatch.setattr(access, "read_events", read_events)
        house.do(post_message(house.world, actor=actor, number=number, text="抢先一句"))
        return read_events(keys)

    monkeypatch.setattr(access, "read_events", somebody_was_quicker)
    late = house.world.cases.open(actor, number)
    assert late is not None and not late.case.messages
    decided = decide(
        late.case,
        PostMessage("晚了一步"),
        actor=actor,
        rules=late.rules,
        facts=late.facts,
        now=house.clock.now(),
    )
    assert isinstance(decided, Decided)
    lost = house.world.cases.commit(
        late, decided.case, decided.events, actor=actor, now=house.clock.now(), key=None
    )
    assert lost == Conflict("version")
    assert chain.broken_at(system(OPERATOR), number) is None
