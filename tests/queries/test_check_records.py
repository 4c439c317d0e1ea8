# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The doctor reads every record: a sound house is silent, a touched row or link is named by its number."""

from pathlib import Path
from typing import Any

import pytest

from recourse.actions.erase_case import erase_case
from recourse.queries.check_records import check_records
from recourse.store.models import CaseRow, PrivateRow
from tests.store.house import House, build_house


@pytest.fixture
def house(db: Any, tmp_path: Path) -> House:
    return build_house(tmp_path)


def found() -> list[tuple[str, str]]:
    return [(item.key, item.field) for item in check_records()]


def test_sound_records_are_silent_even_after_an_erasure(house: House) -> None:
    house.served()
    gone = house.served()
    house.do(erase_case(house.world, actor=house.staff(), number=gone))
    assert found() == []


def test_a_row_that_says_more_than_its_events_is_named(house: House) -> None:
    number = house.served()
    house.served()
    CaseRow.objects.filter(number=number).update(amount_fen=1)
    assert found() == [("row_differs", number)]


def test_a_chain_cut_off_at_its_end_is_named(house: House) -> None:
    number = house.served()
    CaseRow.objects.filter(number=number).update(head="0" * 64)
    assert found() == [("chain_broken", number)]


def test_a_personal_field_altered_behind_our_back_is_named(house: House) -> None:
    number = house.served()
    private = PrivateRow.objects.get(case_id=CaseRow.objects.get(number=number).id, version=1)
    altered = bytes(private.fields)[:-1] + bytes([bytes(private.fields)[-1] ^ 1])
    PrivateRow.objects.filter(pk=private.pk).update(fields=altered)
    assert found() == [("record_unreadable", number)]
