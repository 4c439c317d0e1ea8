# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Operators are walls: a thousand canaries of one house, and nobody of another house, person or program, sees one.

Each canary is a word that stands nowhere else: in names, contacts, stories, titles, records, notes, contact logs and
file names of cases, and in the register. The walk goes over every list, search, page, export and log there is.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from recourse.actions.add_note import add_note
from recourse.actions.file_complaint import file_complaint
from recourse.actions.log_contact import log_contact
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role, Via
from recourse.core.problem import Problems
from recourse.core.vocabulary import AttemptResult
from recourse.store.models import CaseRow, WebhookDelivery
from tests.api.program import FOREIGN, Program, foreign_program, program
from tests.desk.desk_people import account, at_desk
from tests.store.house import OPERATOR, House

CASES = 125
WORDS = 8  # canaries a case
PREFIX = "canary"


def word(case: int, place: int) -> str:
    """One canary."""
    return f"{PREFIX}{case:04d}x{place}"


@pytest.fixture
def full(house: House) -> House:
    """A house full of canaries, and a foreign one beside it with a case of its own."""
    staff = house.staff(Role.agent)
    for case in range(CASES):
        w = [word(case, place) for place in range(WORDS)]
        number = house.file(
            story=f"收到的茶叶是碎末，{w[0]}，客服一直说正在处理。",
            complainant={"name": w[1], "email": f"{w[2]}@example.cn"},
            respondent={"name": f"山间茶铺{w[3]}"},
            record={"id": f"ZZ{w[4]}", "title": w[5], "amount": "129.00", "received_on": "2026-09-19"},
        )
        house.do(add_note(house.world, actor=staff, number=number, text=w[6]))
        house.do(
            log_contact(
                house.world,
                actor=staff,
                number=number,
                at=house.clock.now(),
                channel="电话",
                result=AttemptResult.holding,
                answer=w[7],
            )
        )
    assert CASES * WORDS == 1000
    return house


def texts(answer: Any) -> str:
    """What an answer says."""
    return str(answer.content.decode("utf-8", "replace"))


def everything(mine: Program, numbers: list[str], asked: list[str]) -> Iterator[str]:
    """All that a program can get at: lists to their end, searches, files by number, logs, people, the house."""
    for closed in (False, True):
        after = ""
        while True:
            answer = mine.get("cases", limit=100, after=after, closed=closed)
            yield texts(answer)
            after = answer.json()["after"] or ""
            if not after:
                break
    for words in asked:
        yield texts(mine.get("cases/search", q=words, limit=100))
    for number in numbers:
        for path in ("", "/file", "/letters/official_complaint", "/exhibits/1"):
            yield texts(mine.get(f"cases/{number}{path}"))
        yield texts(mine.post(f"cases/{number}/message", {"text": "谁在"}))
    for path in ("colleagues", "webhooks/endpoints", "webhooks/deliveries", "token"):
        yield texts(mine.get(path))
    yield texts(mine.post("register", {"platform": "kuaishou-shop", "merchants": [{"name": "山间茶铺"}]}))


def canaries_in(parts: Iterator[str]) -> set[str]:
    """The canaries that were seen."""
    return {found for part in parts for found in re.findall(rf"{PREFIX}\d{{4}}x\d", part)}


def test_a_thousand_canaries_are_seen_at_home_and_nowhere_else(full: House) -> None:
    numbers = list(CaseRow.objects.filter(operator=OPERATOR).values_list("number", flat=True))
    mine, theirs = program(full), foreign_program(full)
    mine.done("webhooks/endpoints", {"url": "https://x.cn/hooks"})
    theirs.done("webhooks/endpoints", {"url": "https://y.cn/hooks"})
    home = {found for n in numbers for found in canaries_in(iter([texts(mine.get(f"cases/{n}/file"))]))}
    assert len(home) == 1000, "they are there to be seen"
    asked = [
        "茶叶",
        "碎末",
        "KS",
        PREFIX,
        *(word(case, place) for case in (0, 77, 124) for place in range(WORDS)),
    ]
    # A search tells what was asked for only when it found it.
    seen = canaries_in(everything(theirs, numbers, asked))
    assert seen == set()
    assert theirs.read("cases/search", q="茶叶")["cases"] == [] and theirs.read("cases")["cases"] == []
    assert len(mine.read("cases/search", q="茶叶", limit=100)["cases"]) == 100
    assert {row.operator for row in WebhookDelivery.objects.all()} <= {OPERATOR}
    assert all(
        word(n, p) not in row.body for row in WebhookDelivery.objects.all() for n in (0, 9) for p in (0, 1)
    )


def test_no_page_of_another_house_shows_a_canary(full: House) -> None:
    foreign_program(full)
    numbers = list(CaseRow.objects.values_list("number", flat=True)[:10])
    for role in (Role.agent, Role.neutral, Role.owner, Role.auditor):
        desk = at_desk(account(role, operator=FOREIGN))
        pages = [
            "/desk/",
            "/desk/?closed=1",
            "/desk/?q=茶叶",
            f"/desk/?q={PREFIX}",
            "/desk/programs",
            "/desk/phone",
        ]
        pages += [f"/desk/c/{number}" for number in numbers]
        said = "".join(re.sub(r'name="q" value="[^"]*"', "", texts(desk.get(page))) for page in pages)
        assert canaries_in(iter([said])) == set(), role


def test_a_person_of_one_house_is_nobody_in_another(full: House) -> None:
    theirs = foreign_program(full)
    person = full.complainant(CaseRow.objects.values_list("number", flat=True)[0]).id
    named = f"complainant:{person}"
    assert theirs.read("cases", acts_for=named)["cases"] == []
    assert theirs.get("cases", acts_for=f"respondent:{full.merchant}").status_code == 404
    portal = Client()
    session = portal.session
    session["portal"] = {"person": "nobody"}
    session.save()
    portal.cookies["session"] = session.session_key
    assert canaries_in(iter([texts(portal.get("/cases"))])) == set()


def test_filing_in_another_house_finds_no_merchant_and_no_record_of_this_one(full: House) -> None:
    foreign_program(full)
    actor = Actor("newcomer", Role.complainant, FOREIGN, Via.api)
    filed = perform(file_complaint(full.world, actor=actor, complaint=full.complaint()))
    assert not isinstance(filed, Problems)
    row = CaseRow.objects.get(number=filed.number)
    assert row.respondent_registered == "" and row.operator == FOREIGN
