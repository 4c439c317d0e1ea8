# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A closed complaint is filed again: with something new, and only as often as the playbook lets it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.core.actor import system
from recourse.core.case.state import Case
from tests.portal.person import PNG, SCREENS, Person
from tests.store.house import OPERATOR

AGAIN = "带着新证据或新理由再投诉"
ONCE, TWICE = PNG + b"1", PNG + b"2"


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def picture(data: bytes) -> dict[str, Any]:
    """The evidence screen with this picture."""
    return {"file-photo": [SimpleUploadedFile("碎末.png", data, "image/png")]}


def closed(person: Person, **changes: dict[str, Any]) -> str:
    """A case that its complainant withdrew."""
    number = person.filed(**changes)
    withdraw(person, number)
    return number


def withdraw(person: Person, number: str) -> None:
    """Let a case end."""
    answer = person.post(f"/c/{number}/do/withdraw", {"key": number, "reason": ""})
    assert answer.status_code == 302, text(answer)


def refiled(person: Person, number: str, **changes: dict[str, Any]) -> Any:
    """File it again from its page through every screen; the last answer."""
    assert AGAIN in text(person.get(f"/c/{number}"))
    assert person.post(f"/c/{number}/refile")["Location"].startswith("/file/")
    return sent(person, **changes)


def sent(person: Person, **changes: dict[str, Any]) -> Any:
    """Fill in every screen of the draft; the last answer."""
    answer: Any = None
    for screen in SCREENS:
        answer = person.fill(screen, **changes.get(screen, {}))
    return answer


def taken(person: Person, answer: Any) -> str:
    """The number of a filing that went through, its contact proven."""
    assert answer.status_code == 302, text(answer)
    number = str(answer["Location"].rsplit("/", 1)[-1])
    if answer["Location"].startswith("/filed/"):
        person.prove(number)
    return number


def case_of(person: Person, number: str) -> Case:
    """The case as the engine sees it."""
    opened = person.house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    return opened.case


GROUND = {"review": {"new_ground": "商家后来承认发错了货"}}


def test_the_limit_counts_every_filing_of_the_matter_from_whichever_it_comes(person: Person) -> None:
    first = closed(person)
    second = taken(person, refiled(person, first, **GROUND))
    withdraw(person, second)
    # From the first again, as from the second, it would be the third filing of one matter.
    third = taken(person, refiled(person, first, **GROUND))
    withdraw(person, third)
    assert [(c.refiled_from, c.refilings) for c in (case_of(person, second), case_of(person, third))] == [
        (first, 1),
        (first, 2),
    ]
    for number in (first, second, third):
        assert AGAIN not in text(person.get(f"/c/{number}"))
        answer = person.post(f"/c/{number}/refile")
        assert answer.status_code == 422 and "最多再投诉2次" in text(answer)


def test_a_draft_that_was_begun_before_the_limit_is_refused_when_it_is_sent(person: Person) -> None:
    first = closed(person)
    withdraw(person, taken(person, refiled(person, first, **GROUND)))
    assert person.post(f"/c/{first}/refile").status_code == 302
    elsewhere = Person(person.house, Client())
    elsewhere.sign_in()
    taken(elsewhere, refiled(elsewhere, first, **GROUND))
    answer = sent(person, **GROUND)
    assert answer.status_code == 422 and "最多再投诉2次" in text(answer)


def test_a_picture_of_the_matter_is_not_new_evidence(person: Person) -> None:
    first = closed(person, evidence=picture(ONCE))
    assert [len(item.digest) for item in case_of(person, first).exhibits] == [64]
    answer = refiled(person, first, evidence=picture(ONCE))
    assert answer.status_code == 422 and "再次投诉需要新的证据或新的理由" in text(answer)
    # The refused draft still holds the old picture; a second one beside it is new.
    second = taken(person, sent(person, evidence=picture(TWICE)))
    withdraw(person, second)
    # What was new to the second filing is old to the third, even from the first.
    answer = refiled(person, first, evidence=picture(TWICE))
    assert answer.status_code == 422 and "再次投诉需要新的证据或新的理由" in text(answer)


def test_an_open_or_foreign_case_is_not_filed_again(person: Person) -> None:
    number = person.filed()
    assert AGAIN not in text(person.get(f"/c/{number}"))
    assert person.post(f"/c/{number}/refile").status_code == 404
    withdraw(person, number)
    stranger = Person(person.house, Client())
    assert stranger.post(f"/c/{number}/refile").status_code in {302, 404}
    assert "/file/" not in stranger.post(f"/c/{number}/refile").get("Location", "")
