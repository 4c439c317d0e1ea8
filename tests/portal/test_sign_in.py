# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Signing in by code: the same answer for everybody, capped tries, a fresh session."""

from typing import Any

from django.test import Client

from tests.portal.person import MAIL, Person, last_code


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def test_known_and_unknown_contacts_get_the_same_answer(person: Person) -> None:
    person.filed()
    known, unknown = Client(), Client()
    first = known.post("/sign-in", {"contact": MAIL})
    second = unknown.post("/sign-in", {"contact": "nobody@example.cn"})
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    pages = [text(c.get("/sign-in/code")) for c in (known, unknown)]
    assert pages[0].replace("x***@example.cn", "").count("<") == pages[1].replace(
        "n***@example.cn", ""
    ).count("<")


def test_the_list_shows_my_cases_and_sign_out_forgets(person: Person) -> None:
    number = person.filed()
    other = Person(person.house, Client())
    assert other.get("/cases")["Location"] == "/sign-in?next=/cases"
    before = other.client.session.session_key
    other.sign_in()
    assert other.client.session.session_key != before
    assert number in text(other.get("/cases"))
    other.post("/sign-out")
    assert other.get("/cases").status_code == 302


def test_a_wrong_code_five_times_is_the_end(person: Person) -> None:
    person.filed()
    other = Person(person.house, Client())
    other.post("/sign-in", {"contact": MAIL})
    code = last_code(person.house)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert other.post("/sign-in/code", {"code": wrong}).status_code == 422
    assert other.post("/sign-in/code", {"code": code}).status_code == 422
    assert other.get("/cases").status_code == 302


def test_too_many_codes_to_one_contact_are_refused(person: Person) -> None:
    answers = [person.post("/sign-in", {"contact": MAIL}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [422]


def test_bad_contacts_and_codes_keep_what_was_typed(person: Person) -> None:
    answer = person.post("/sign-in", {"contact": "<b>138"})
    assert answer.status_code == 422 and "&lt;b&gt;138" in text(answer)
    person.post("/sign-in", {"contact": MAIL})
    for code in ("", "x" * 100_000, "１２３４５６", "\x00"):
        assert person.post("/sign-in/code", {"code": code}).status_code == 422


def test_going_on_stays_on_this_site(person: Person) -> None:
    for bad in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        person.post("/sign-in", {"contact": MAIL, "next": bad})
        answer = person.post("/sign-in/code", {"code": last_code(person.house), "next": bad})
        assert answer["Location"] == "/cases"
        person.post("/sign-out")


def test_a_code_proves_only_the_filing_of_this_browser(person: Person) -> None:
    stranger = Person(person.house, Client())
    foreign = stranger.file()
    mine = person.file(record={"record-id": "KS0000000002"})
    person.prove(mine)
    page = text(person.get(f"/c/{foreign}"))
    assert "这是你提交的吗？" in page
    assert "等你确认" in text(person.get("/cases"))
    person.post(f"/c/{foreign}/do/prove", {"key": "k"})
    assert "这是你提交的吗？" not in text(person.get(f"/c/{foreign}"))


def test_whoever_typed_a_strangers_contact_sees_nothing_once_the_stranger_took_over(person: Person) -> None:
    typist = Person(person.house, Client())
    number = typist.file()
    assert typist.get(f"/filed/{number}").status_code == 200
    person.sign_in()
    person.post(f"/c/{number}/do/prove", {"key": "k"})
    assert typist.get(f"/filed/{number}")["Location"] == f"/c/{number}"
    assert typist.get(f"/c/{number}")["Location"].startswith("/sign-in")
    assert typist.get(f"/filed/{number}").status_code == 404
