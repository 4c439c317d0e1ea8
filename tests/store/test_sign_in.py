# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Codes and persons: what proves a contact, and how often one may try."""

from datetime import UTC, datetime, timedelta

import pytest

from recourse.core.address import Address
from recourse.core.problem import Problems
from recourse.store import codes, people, rate_limit
from recourse.store.models import Job, Person, PersonContact, RateBucket, SignInCode
from tests.store.house import START, House

pytestmark = pytest.mark.django_db
MAIL = Address("mail", "xiaoming@example.cn")
CODE = "042317"


def start(**changes: object) -> str:
    """A code on its way."""
    ticket = codes.start(MAIL, purpose="sign_in", code=CODE, now=START, **changes)  # type: ignore[arg-type]
    assert isinstance(ticket, str)
    return ticket


def check(
    ticket: str, code: str = CODE, *, purpose: str = "sign_in", now: object = START
) -> Address | Problems:
    """Try a code."""
    return codes.check(ticket, code, purpose=purpose, now=now)  # type: ignore[arg-type]


def test_the_right_code_proves_its_contact_once() -> None:
    ticket = start()
    assert check(ticket, " 042317 ") == MAIL
    assert isinstance(check(ticket), Problems)


def test_the_message_is_queued_without_address_or_code() -> None:
    ticket = start()
    job = Job.objects.get(kind="code")
    assert job.payload == {"ticket": ticket}
    letter = codes.letter(ticket)
    assert letter is not None and (letter.address, letter.code) == (MAIL, CODE)
    row = SignInCode.objects.get()
    assert CODE not in row.code_mac and MAIL.value.encode() not in bytes(row.sealed)


def test_nothing_is_queued_for_a_contact_that_gets_no_message() -> None:
    start(send=False)
    assert not Job.objects.exists()


def test_a_used_code_can_no_longer_be_sent() -> None:
    ticket = start()
    check(ticket)
    assert codes.letter(ticket) is None
    assert bytes(SignInCode.objects.get().sealed) == b""


@pytest.mark.parametrize("tries", [codes.TRIES, codes.TRIES + 3])
def test_after_five_wrong_tries_the_right_code_is_refused(tries: int) -> None:
    ticket = start()
    for _ in range(tries):
        assert isinstance(check(ticket, "000000"), Problems)
    assert isinstance(check(ticket), Problems)


def test_the_fifth_try_may_be_right() -> None:
    ticket = start()
    for _ in range(codes.TRIES - 1):
        check(ticket, "000000")
    assert check(ticket) == MAIL


def test_wrong_late_foreign_and_unknown_answer_alike() -> None:
    ticket = start()
    answers = [
        check(ticket, "000000"),
        check(ticket, purpose="other"),
        check(ticket, now=START + codes.LIFE),
        check("0" * 32),
    ]
    assert all(answer == answers[0] for answer in answers)
    assert isinstance(answers[0], Problems)


def test_a_contact_gets_five_codes_an_hour() -> None:
    for _ in range(5):
        start()
    refused = codes.start(MAIL, purpose="sign_in", code=CODE, now=START)
    assert isinstance(refused, Problems) and refused.keys() == ("too_many_codes",)
    assert isinstance(codes.start(MAIL, purpose="sign_in", code=CODE, now=START + timedelta(hours=1)), str)


def test_and_fifteen_a_day() -> None:
    said = [
        codes.start(MAIL, purpose="sign_in", code=CODE, now=DAWN + timedelta(hours=hour))
        for hour in range(24)
    ]
    assert [isinstance(item, str) for item in said] == [True] * 15 + [False] * 9
    refused = said[-1]
    assert isinstance(refused, Problems) and refused.keys() == ("too_many_codes",)
    assert "明天" in refused.items[0].do.zh and "tomorrow" in refused.items[0].do.en
    assert isinstance(codes.start(OTHER, purpose="sign_in", code=CODE, now=DAWN + timedelta(hours=23)), str)
    assert isinstance(codes.start(MAIL, purpose="sign_in", code=CODE, now=DAWN + timedelta(days=1)), str)


# Where the windows of a day begin.
DAWN = datetime(2026, 9, 21, tzinfo=UTC)
OTHER = Address("mail", "somebody.else@example.cn")


def test_expired_codes_are_forgotten() -> None:
    start()
    assert codes.forget_expired(START) == 0
    assert codes.forget_expired(START + codes.LIFE) == 1


def test_filing_keeps_the_contact_sealed_and_unproven(house: House) -> None:
    number = house.file()
    person = house.complainant(number).id
    assert people.address_of(person) == MAIL
    assert people.is_proven(person) is False
    assert b"xiaoming" not in bytes(PersonContact.objects.get().address)


def test_proving_makes_one_person_of_all_newcomers(house: House) -> None:
    filers = [house.complainant(house.file()).id for _ in range(3)]
    person = people.prove(MAIL, now=START)
    assert person == filers[0] == people.proven_person(MAIL)
    assert set(Person.objects.filter(merged_into=person).values_list("pk", flat=True)) == set(filers[1:])
    assert all(people.is_proven(filer) for filer in filers)
    later = house.complainant(house.file()).id
    assert people.is_proven(later) is False
    assert people.prove(MAIL, now=START) == person
    assert people.is_proven(later) is True


def test_a_contact_that_never_filed_is_a_person_too() -> None:
    person = people.prove(MAIL, now=START)
    assert people.prove(MAIL, now=START) == person
    assert people.address_of(person) == MAIL


def test_a_forgotten_person_can_be_reached_no_more(house: House) -> None:
    for _ in range(2):
        house.file()
    person = people.prove(MAIL, now=START)
    people.forget(person)
    assert people.address_of(person) is None
    assert not PersonContact.objects.exists()


def test_a_limit_counts_within_its_window_and_starts_anew() -> None:
    def go(moment: timedelta) -> bool:
        return rate_limit.allow("x", times=3, per=timedelta(minutes=1), now=START + moment)

    assert [go(timedelta(seconds=s)) for s in (0, 1, 2, 3, 4)] == [True, True, True, False, False]
    assert go(timedelta(minutes=1)) is True
    assert rate_limit.allow("y", times=3, per=timedelta(minutes=1), now=START) is True
    assert rate_limit.allow("z", times=0, per=timedelta(minutes=1), now=START) is False
    assert rate_limit.forget_ended(START + timedelta(hours=1)) == RateBucket.objects.count() + 3
