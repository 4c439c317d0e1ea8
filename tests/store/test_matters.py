# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The cases of one matter are found from any of them, within one operator."""

from importlib import import_module

from django.apps import apps

from recourse.actions.file_complaint import Refiling, file_complaint
from recourse.core.actor import Actor, Role, Via
from recourse.store.matters import matter_of
from recourse.store.models import CaseRow, Refiled
from recourse.store.rebuild import rebuild
from tests.store.house import OPERATOR, House


def refiled(house: House, number: str) -> str:
    actor = Actor("newcomer", Role.complainant, OPERATOR, Via.portal)
    refiling = Refiling(number, "新的理由", ())
    story = file_complaint(house.world, actor=actor, complaint=house.complaint(), refiling=refiling)
    return str(house.do(story).number)


def test_a_matter_is_the_same_from_each_of_its_cases(house: House) -> None:
    first, other = house.file(), house.file()
    second = refiled(house, first)
    third = refiled(house, second)
    for number in (first, second, third):
        assert set(matter_of(OPERATOR, number)) == {first, second, third}
    assert matter_of(OPERATOR, other) == (other,)
    assert matter_of("elsewhere", second) == (second,)


def test_cases_from_before_the_column_get_it_from_their_events(house: House) -> None:
    first = house.file()
    second = refiled(house, first)
    CaseRow.objects.update(refiled_from="")
    import_module("recourse.store.migrations.0006_case_refiled_from").forwards(apps, None)
    assert dict(CaseRow.objects.values_list("number", "refiled_from")) == {first: "", second: first}
    assert not any(rebuild(id) for id in CaseRow.objects.values_list("id", flat=True))


def test_every_filing_of_a_matter_has_a_number_of_its_own(house: House) -> None:
    first, other = house.file(), house.file()
    second = refiled(house, first)
    third = refiled(house, second)
    alone = refiled(house, other)
    known = {number: case_id for case_id, number in CaseRow.objects.values_list("id", "number")}
    found = Refiled.objects.order_by("matter", "ordinal").values_list(
        "operator", "matter", "ordinal", "case_id"
    )
    wanted = {
        (OPERATOR, first, 1, known[second]),
        (OPERATOR, first, 2, known[third]),
        (OPERATOR, other, 1, known[alone]),
    }
    assert set(found) == wanted


def test_cases_that_were_filed_again_before_the_table_are_numbered_in_their_order(house: House) -> None:
    first = house.file()
    second = refiled(house, first)
    house.clock.ahead(hours=1)
    refiled(house, second)
    before = list(Refiled.objects.order_by("ordinal").values("operator", "matter", "ordinal", "case_id"))
    Refiled.objects.all().delete()
    import_module("recourse.store.migrations.0019_refiled_once").forwards(apps, None)
    assert (
        list(Refiled.objects.order_by("ordinal").values("operator", "matter", "ordinal", "case_id")) == before
    )
