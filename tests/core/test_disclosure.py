# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every private field says who may read it, and each seat reads what pages show it."""

import pytest

import recourse.core.case.events  # noqa: F401 - declares every event
from recourse.core.actor import Role
from recourse.core.case.event import PERSONAL
from recourse.core.disclosure import READERS, readable_fields
from recourse.core.evidence import Link


def link(version: int, type: str, **body: object) -> Link:
    names = READERS[type]
    return Link("c", version, type, "t", {}, body, dict.fromkeys(names, "0" * 64), "0" * 64, "0" * 64)  # type: ignore[arg-type]


def test_no_private_field_is_without_readers() -> None:
    declared = {name: set(fields) for name, fields in PERSONAL.items() if fields}
    assert {name: set(fields) for name, fields in READERS.items()} == declared


RECORD = (
    link(1, "ComplaintFiled"),
    link(2, "ExhibitAdded", no=1, by="complainant"),
    link(3, "ExhibitAdded", no=2, by="respondent"),
    link(4, "NoteAdded"),
    link(5, "FilingOpened", id="f1"),
    link(6, "EvidenceAsked", id="q1", of="complainant"),
    link(7, "EvidenceAsked", id="q2", of="complainant"),
    link(8, "EvidenceAnswered", id="q2"),
    link(9, "DeadlineMoved", deadline={"scope": "filing:f1"}),
    link(10, "DeadlineMoved", deadline={"scope": "rung:negotiate"}),
    link(11, "ContactLogged"),
    link(12, "CaseHeld", by="user-1"),
    link(13, "HoldReleased", by="user-2"),
)
# That a case is held is no secret; who asked for it, and why, may be part of an inquiry into a party.
HOLDS = {(12, "reason"), (13, "reason")}


@pytest.mark.parametrize(
    ("role", "reads", "does_not"),
    [
        (Role.complainant, {(1, "contact"), (2, "name"), (5, "receipt_no"), (9, "reason"), (11, "answer")}, {(3, "name"), (4, "text")} | HOLDS),
        (
            Role.respondent,
            {(1, "story"), (2, "digest"), (2, "note"), (3, "name"), (7, "text"), (8, "answer"), (10, "reason")},
            {(1, "contact"), (1, "complainant_name"), (2, "name"), (4, "text"), (5, "receipt_no"), (6, "text"), (9, "reason"), (11, "channel")} | HOLDS,
        ),
        (Role.auditor, {(1, "story"), (2, "name"), (6, "text"), (5, "receipt_no")} | HOLDS, {(1, "contact"), (1, "complainant_name"), (4, "text")}),
        (Role.owner, {(1, "contact"), (4, "text"), (2, "name"), (3, "name")} | HOLDS, set()),
    ],
)  # fmt: skip
def test_each_seat_reads_its_own(
    role: Role, reads: set[tuple[int, str]], does_not: set[tuple[int, str]]
) -> None:
    found = {
        (version, name) for version, names in readable_fields(RECORD, role=role).items() for name in names
    }
    assert reads <= found
    assert not does_not & found
