# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The remedy lock by itself: wholes, parts and their sum, held by the database even against careless code."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from recourse.core.actor import system
from recourse.core.case.state import Case
from recourse.core.remedy import Remedy
from recourse.core.vocabulary import RemedyKind, RemedyState
from recourse.store import entitlements
from recourse.store.entitlements import Taken
from recourse.store.models import Entitlement
from tests.store.house import OPERATOR, START, House


@pytest.fixture
def case(house: House) -> Case:
    """A case on order KS5, for which 129.00 were paid."""
    read = house.world.cases.open(system(OPERATOR), house.file(order="KS5"))
    assert read is not None
    return read.case


def remedy(
    amount: int | None, *, part: int = 0, kind: RemedyKind = RemedyKind.refund, id_: str = "r1"
) -> Remedy:
    """One ordered remedy."""
    return Remedy(id_, kind, amount, (), RemedyState.ordered, "settlement", part)


def take(case: Case, item: Remedy, *, paid: int | None = 12900) -> None:
    """Take the lock."""
    entitlements.take(case, item, paid_fen=paid, now=START)


def test_a_whole_is_alone_until_it_is_released(case: Case) -> None:
    take(case, remedy(12900))
    for other in (remedy(1), remedy(1, part=1), remedy(None, kind=RemedyKind.replacement)):
        with pytest.raises(Taken):
            take(case, other)
    entitlements.release(case, [remedy(12900)], now=START)
    take(case, remedy(None, kind=RemedyKind.replacement, id_="r2"))
    assert list(Entitlement.objects.order_by("part").values_list("part", flat=True)) == [1, 2]


def test_parts_add_up_to_what_was_paid_and_not_beyond(case: Case) -> None:
    take(case, remedy(6000, part=1, id_="r1"))
    take(case, remedy(6900, part=2, id_="r2"))
    with pytest.raises(Taken):
        take(case, remedy(1, part=3, id_="r3"))
    with pytest.raises(Taken):
        take(case, remedy(12900, id_="r4"))
    entitlements.release(case, [remedy(6900, part=2, id_="r2")], now=START)
    take(case, remedy(6900, part=3, id_="r5"))


def test_without_knowing_what_was_paid_a_part_is_the_whole(case: Case) -> None:
    unknown = replace(case, subject=replace(case.subject, amount_fen=None))
    take(unknown, remedy(100, part=1), paid=None)
    with pytest.raises(Taken):
        take(unknown, remedy(100, part=2, id_="r2"), paid=None)


def test_other_groups_lines_and_orders_are_free(case: Case) -> None:
    take(case, remedy(12900))
    take(case, remedy(50000, kind=RemedyKind.compensation, id_="r2"), paid=None)
    take(replace(case, subject=replace(case.subject, line="2")), remedy(12900, id_="r3"))
    take(replace(case, subject=replace(case.subject, id="KS6")), remedy(12900, id_="r4"))
    take(replace(case, operator="elsewhere"), remedy(12900, id_="r5"))
    assert Entitlement.objects.count() == 5


@pytest.mark.parametrize("written", ["ks5", " K S 5 ", "ＫＳ５"])
def test_an_order_number_is_one_however_it_is_written(case: Case, written: str) -> None:
    take(case, remedy(12900))
    with pytest.raises(Taken):
        take(replace(case, subject=replace(case.subject, id=written)), remedy(12900, id_="r2"))


def test_a_complaint_without_a_number_stands_for_itself(case: Case) -> None:
    nameless = replace(case, subject=replace(case.subject, id=""))
    take(nameless, remedy(12900))
    take(replace(nameless, id="another"), remedy(12900))
    with pytest.raises(Taken):
        take(nameless, remedy(12900, id_="r2"))


def test_neither_order_number_nor_line_is_in_the_table(case: Case) -> None:
    take(_line(case, "第一行"), remedy(12900))
    row = str(Entitlement.objects.values().get())
    assert "KS5" not in row and "第一行" not in row


def test_lines_of_an_order_are_locked_each_by_itself(case: Case) -> None:
    take(_line(case, "第一行"), remedy(12900))
    take(_line(case, "第二行"), remedy(12900))
    with pytest.raises(Taken):
        take(_line(case, "第一行"), remedy(12900, id_="r2"))


def test_a_line_that_was_kept_in_plain_becomes_the_digest_it_would_have_now(case: Case) -> None:
    first = _line(case, "第一行")
    take(first, remedy(12900))
    now = Entitlement.objects.get().line
    Entitlement.objects.update(line="第一行")
    migration = import_module("recourse.store.migrations.0008_lines_as_digests")
    migration.digest_lines(apps, None)
    assert Entitlement.objects.get().line == now
    assert entitlements.locked_for([first])[first.id] != {}


def _line(case: Case, line: str) -> Case:
    return replace(case, subject=replace(case.subject, line=line))


@pytest.mark.parametrize(
    "changes",
    [
        {"part": 2},  # a second whole on the same subject
        {"whole": False, "total_fen": 1},  # the same number twice
        {"whole": False, "part": 2, "total_fen": 12901},  # more than was paid
    ],
)
def test_the_database_itself_refuses_what_careless_code_would_write(
    case: Case, changes: dict[str, Any]
) -> None:
    take(case, remedy(12900))
    row = Entitlement.objects.values().get()
    del row["id"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Entitlement.objects.create(**(row | changes))
