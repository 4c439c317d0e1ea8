# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One transaction, or nothing: what a commit writes, and what it answers when somebody was first."""

from recourse.core.actor import system
from tests.store.house import OPERATOR, House


def test_a_filed_case_reads_back_as_it_was_decided(house: House) -> None:
    number = house.file()
    opened = house.world.cases.open(system(OPERATOR), number)
    assert opened is not None
    assert opened.case.complainant.name == "王小明"
    print(opened.case.version, [d.act for d in opened.case.deadlines])
