# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Erasure: the person's words are in no table, index or file, and every proof still holds."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.erase_case import erase_case
from recourse.actions.post_message import post_message
from recourse.actions.story import perform
from recourse.core.actor import Role, system
from recourse.core.address import Address
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind
from recourse.store import access, chain, erase, people, search
from recourse.store.models import BlobKey, CaseKey, CaseRow, PersonContact, PrivateRow
from recourse.store.projection import COLUMNS
from recourse.store.rebuild import rebuilt
from tests.store.house import OPERATOR, START, House

SYSTEM = system(OPERATOR)
MARKER = "茉莉花香标记"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


def marked(house: House) -> str:
    """A closed case that says the marker wherever a person can write."""
    number = house.served(
        story=f"我的故事{MARKER}",
        complainant={"name": f"{MARKER}女士", "email": "marker@example.cn"},
        record={"id": f"KS{MARKER}", "title": f"{MARKER}茶", "amount": "129.00"},
    )
    person = house.complainant(number)
    house.do(post_message(house.world, actor=person, number=number, text=f"留言{MARKER}"))
    exhibit = add_exhibit(
        house.world,
        actor=person,
        number=number,
        kind=EvidenceKind.photo,
        chunks=[PNG + MARKER.encode()],
        name=f"{MARKER}.png",
        note=MARKER,
    )
    house.do(exhibit)
    return number


def erase_now(house: House, number: str) -> None:
    """Erase by the owner, whatever the stage needs first."""
    from recourse.actions.withdraw_case import withdraw_case

    perform(
        withdraw_case(house.world, actor=house.complainant(number), number=number, reason=f"{MARKER}撤回")
    )
    done = perform(erase_case(house.world, actor=house.staff(Role.owner), number=number))
    assert not isinstance(done, Problems), done


def tables_with(text: str) -> list[str]:
    """The tables that hold a text in any row, search index included."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = cursor.fetchall()
            flat = " ".join(
                bytes(value).decode("utf-8", "replace")
                if isinstance(value, bytes | memoryview)
                else str(value)
                for row in rows
                for value in row
            )
            if text in flat or " ".join(text) in flat:
                found.append(table)
    return found


def test_before_erasure_the_marker_is_found_and_so_is_the_case(house: House) -> None:
    number = marked(house)
    assert "store_case" in tables_with(MARKER)
    assert [row.number for row in search.matching(access.visible(SYSTEM), MARKER)] == [number]


def test_after_erasure_no_table_holds_the_marker(house: House) -> None:
    number = marked(house)
    erase_now(house, number)
    assert tables_with(MARKER) == []
    assert tables_with("marker@example.cn") == []
    assert not search.matching(access.visible(SYSTEM), MARKER).exists()
    case_id = CaseRow.objects.get(number=number).id
    assert not CaseKey.objects.filter(case_id=case_id).exists()
    assert not PrivateRow.objects.filter(case_id=case_id).exists()
    assert not BlobKey.objects.filter(case_id=case_id).exists()


def test_after_erasure_the_chain_verifies_and_the_case_reads_blank(house: House) -> None:
    number = marked(house)
    before = chain.read_links(SYSTEM, number)
    erase_now(house, number)
    after = chain.read_links(SYSTEM, number)
    assert before is not None and after is not None and after[: len(before)] == before
    assert chain.broken_at(SYSTEM, number) is None
    case = access.read_case(SYSTEM, number)
    assert case is not None and case.case.erased
    assert case.case.story == "" and case.case.complainant.name == ""
    assert house.world.blobs.get(case.case.exhibits[0].blob) is None


def test_an_erased_row_is_what_a_rebuild_makes_of_it(house: House) -> None:
    number = marked(house)
    erase_now(house, number)
    case_id = CaseRow.objects.get(number=number).id
    columns, words = rebuilt(case_id)
    assert CaseRow.objects.filter(pk=case_id).values(*COLUMNS).get() == columns
    assert words == "" and columns["title"] == ""


def test_the_case_next_to_it_keeps_everything(house: House) -> None:
    other = house.served(story="隔壁的故事还在")
    erase_now(house, marked(house))
    case = access.read_case(SYSTEM, other)
    assert case is not None and case.case.story == "隔壁的故事还在"
    assert [row.number for row in search.matching(access.visible(SYSTEM), "隔壁")] == [other]


def test_after_erasure_nobody_knows_how_the_person_was_reached(house: House) -> None:
    number = marked(house)
    assert PersonContact.objects.exists()
    erase_now(house, number)
    assert not PersonContact.objects.exists()


def test_a_person_with_another_case_can_still_sign_in(house: House) -> None:
    number, other = marked(house), marked(house)
    contact = Address("mail", "marker@example.cn")
    person = people.prove(contact, now=START)
    erase_now(house, number)
    assert people.proven_person(contact) == person
    erase_now(house, other)
    assert people.proven_person(contact) is None


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_after_the_scrub_no_file_of_the_database_holds_the_marker(committed_house: House) -> None:
    house = committed_house
    number = marked(house)
    assert files_with(MARKER)
    erase_now(house, number)
    assert erase.scrub() is True
    assert files_with(MARKER) == []
    # The index keeps each hanzi as a term of its own; one that only the erased case used must be gone.
    assert files_with("茉") == []


def files_with(text: str) -> list[str]:
    """The files of the data folder that hold a text. A memory database has no file and proves nothing."""
    name = Path(connection.settings_dict["NAME"])
    assert name.exists(), "the test database must be a file"
    folder = Path(settings.RECOURSE_DATA)
    files = {*folder.rglob("*"), *name.parent.glob(f"{name.name}*")}
    return [str(path) for path in files if path.is_file() and text.encode() in path.read_bytes()]
