# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Everybody who could knock at a case: its own people, other people of the same house, and those of another one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.test import Client

from recourse.actions.add_exhibit import add_exhibit
from recourse.core.actor import Role, Via
from recourse.core.address import Address
from recourse.core.vocabulary import EvidenceKind
from recourse.store import hand_over, operators, register
from recourse.store.models import RegisterContact
from recourse.store.register import Entry
from tests.desk.desk_people import PNG, SECRETS, account, at_desk, told_case
from tests.previews import look_at
from tests.store.house import OPERATOR, PLATFORM, START, House

# The story of the case that everybody knocks at; no page shows it to whom it is not for.
STORY = "金丝雀讲的经过：茶叶收到是碎末。"
CANARIES = (STORY, SECRETS["name"], SECRETS["contact"], SECRETS["note"], SECRETS["log"])
FOREIGN = "elsewhere"


Enter = Callable[[], Client]


@dataclass
class Everybody:
    """The case's number, a second case of the same merchant, and how each seat comes in."""

    house: House
    number: str
    other: str
    link: str  # the token of a hand-over of the second case
    seats: Mapping[str, Enter]

    def browser(self, seat: str) -> Client:
        """A fresh browser in this seat: what one request does to its session, the next one does not feel."""
        return self.seats[seat]()

    def version(self) -> int:
        """How many events the case has: it grows with whatever is done."""
        opened = self.house.world.cases.open(self.house.staff(), self.number)
        assert opened is not None
        return opened.case.version


def gather(house: House) -> Everybody:
    """Set up both houses and seat everybody."""
    number = told_case(house, story=STORY)
    for no in (2, 3):
        chat = {"kind": EvidenceKind.chat_export, "chunks": [PNG], "name": f"{no}.png"}
        house.do(add_exhibit(house.world, actor=house.complainant(number), number=number, **chat))
    for no in (1, 2, 3):
        look_at(house, number, no)
    other = house.served(complainant={"name": "别人", "email": "other@example.cn"})
    operators.ensure_operator(FOREIGN, name_zh="别处", name_en="Elsewhere", kind="platform", now=START)
    link = hand_over.give(house.respondent(), number=other, now=house.clock.now(), life=timedelta(days=3))
    assert link is not None
    colleague = hand_over.enter(link, now=house.clock.now(), via=Via.portal)
    assert colleague is not None
    seats: dict[str, Enter] = {
        "anonymous": Client,
        "complainant": _person(house.complainant(number).id),
        "other complainant": _person(house.complainant(other).id),
        "merchant": _seated(house.merchant_contact, OPERATOR),
        "colleague for the other case": _seated(colleague.id, OPERATOR),
        "other merchant": _seated(_merchant(OPERATOR), OPERATOR),
        "foreign merchant": _seated(_merchant(FOREIGN), FOREIGN),
    }
    for role in (Role.agent, Role.neutral, Role.owner, Role.auditor):
        seats[role.value] = partial(at_desk, account(role))
        seats[f"foreign {role.value}"] = partial(at_desk, account(role, operator=FOREIGN))
    return Everybody(house, number, other, link, seats)


def _person(id: str) -> Enter:
    return partial(_with_session, "portal", {"person": id})


def _seated(contact: str, operator: str) -> Enter:
    seats = [{"id": contact, "operator": operator, "name": "某店"}]
    return partial(_with_session, "respondent", {"seats": seats, "by_link": False})


def _with_session(place: str, value: Any) -> Client:
    client = Client()
    session = client.session
    session[place] = value
    session.save()
    client.cookies["session"] = session.session_key
    return client


def _merchant(operator: str) -> str:
    """A merchant that has nothing to do with the case; its contact."""
    entry = Entry(name="隔壁店", contacts=(Address("mail", "next@door.example.cn"),))
    merchant = register.add_respondent(operator, PLATFORM, entry, now=START)
    return RegisterContact.objects.get(respondent__public_id=merchant).public_id
