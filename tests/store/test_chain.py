# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The chain: it verifies, it says where it was altered, and the database refuses to alter it."""

import pytest
from django.db import DatabaseError, connection, transaction

from recourse.core.actor import system
from recourse.core.canonical import commitment
from recourse.core.evidence import first_broken
from recourse.store import chain
from recourse.store.append_only import INSTALL, REMOVE
from recourse.store.codec import CaseStopped
from recourse.store.models import CaseRow, EventRow, PrivateRow
from tests.store.house import OPERATOR, House

SYSTEM = system(OPERATOR)


@pytest.fixture
def number(house: House) -> str:
    """A case with some history."""
    return house.served()


def tamper(sql: str, *values: object) -> None:
    """Change the record as somebody with the database in their hands would: without the triggers."""
    with connection.cursor() as cursor:
        for statement in REMOVE[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(sql, values)
        for statement in INSTALL[connection.vendor]:
            cursor.execute(statement)


def test_an_untouched_chain_holds_and_its_commitments_open(number: str) -> None:
    links = chain.read_links(SYSTEM, number)
    private = chain.read_private(SYSTEM, number)
    assert links and private and first_broken(links) is None
    assert chain.broken_at(SYSTEM, number) is None
    filed = private[1]
    assert filed["complainant_name"][1] == "王小明"
    salt, value = filed["story"]
    assert commitment(field="story", salt=salt, value=value) == links[0].commitments["story"]
    assert len({salt for fields in private.values() for salt, _ in fields.values()}) == sum(
        map(len, private.values())
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("body", "replace(body, 'local', 'loca1')"),
        ("at", "replace(at, '2026', '2025')"),
        ("actor", "replace(actor, 'complainant', 'owner')"),
        ("type", "'CaseClosed'"),
        ("commitments", "replace(commitments, '0', '1')"),
        ("previous", "replace(previous, '0', '1')"),
        ("hash", "'0' || substr(hash, 1, 63)"),
    ],
)
def test_a_change_of_any_column_is_found_at_its_version(number: str, column: str, value: str) -> None:
    case_id = CaseRow.objects.get(number=number).id
    tamper(f"UPDATE store_event SET {column} = {value} WHERE case_id = %s AND version = 1", case_id)
    assert chain.broken_at(SYSTEM, number) == 1


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_dropped_event_is_found(number: str, version: int) -> None:
    case_id = CaseRow.objects.get(number=number).id
    tamper("DELETE FROM store_event WHERE case_id = %s AND version = %s", case_id, version)
    assert chain.broken_at(SYSTEM, number) == version


def test_a_chain_cut_off_at_its_end_is_found(number: str) -> None:
    row = CaseRow.objects.get(number=number)
    tamper("DELETE FROM store_event WHERE case_id = %s AND version = %s", row.id, row.version)
    assert chain.broken_at(SYSTEM, number) == row.version


def test_two_events_that_changed_places_are_found(number: str) -> None:
    case_id = CaseRow.objects.get(number=number).id
    tamper("UPDATE store_event SET version = 1000 WHERE case_id = %s AND version = 2", case_id)
    tamper("UPDATE store_event SET version = 2 WHERE case_id = %s AND version = 3", case_id)
    tamper("UPDATE store_event SET version = 3 WHERE case_id = %s AND version = 1000", case_id)
    assert chain.broken_at(SYSTEM, number) == 2


def test_a_private_field_that_was_altered_stops_the_case(number: str) -> None:
    case_id = CaseRow.objects.get(number=number).id
    sealed = bytearray(
        PrivateRow.objects.filter(case_id=case_id, version=1).values_list("fields", flat=True)[0]
    )
    sealed[-1] ^= 1
    PrivateRow.objects.filter(case_id=case_id, version=1).update(fields=bytes(sealed))
    with pytest.raises(CaseStopped, match="private field"):
        chain.broken_at(SYSTEM, number)


def test_private_fields_moved_from_another_case_do_not_open(house: House, number: str) -> None:
    other = CaseRow.objects.get(number=house.file()).id
    case_id = CaseRow.objects.get(number=number).id
    stolen = PrivateRow.objects.filter(case_id=other, version=1).values_list("fields", flat=True)[0]
    PrivateRow.objects.filter(case_id=case_id, version=1).update(fields=bytes(stolen))
    with pytest.raises(CaseStopped):
        house.world.cases.open(SYSTEM, number)


def test_the_database_refuses_to_change_or_delete_an_event(number: str) -> None:
    rows = EventRow.objects.filter(case_id=CaseRow.objects.get(number=number).id)
    count = rows.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(body="{}")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.filter(version=1).delete()
    assert rows.count() == count


@pytest.mark.postgres
def test_the_database_refuses_to_truncate_the_events(number: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE store_event")
