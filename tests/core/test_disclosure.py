# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every private field says who may read it, and each seat reads what pages show it."""

import pytest

import recourse.core.case.events  # noqa: F401 - declares every event
from recourse.core.actor import Role
from recourse.core.case.event import PERSONAL
from recourse.core.disclosure import READERS, EventFields, readable_fields


def said(version: int, type: str, **fields: object) -> EventFields:
    return EventFields(version, type, {**dict.fromkeys(READERS[type], ""), **fields})


def test_no_private_field_is_without_readers() -> None:
    declared = {name: set(fields) for name, fields in PERSONAL.items() if fields}
    assert {name: set(fields) for name, fields in READERS.items()} == declared


RECORD = (
    said(1, "ComplaintFiled"),
    said(2, "ExhibitAdded", no=1, by="complainant"),
    said(3, "ExhibitAdded", no=2, by="respondent"),
    said(4, "NoteAdded"),
    said(5, "FilingOpened", id="f1"),
    said(6, "EvidenceAsked", id="q1", of="complainant"),
    said(7, "EvidenceAsked", id="q2", of="complainant"),
    said(8, "EvidenceAnswered", id="q2"),
    said(9, "DeadlineMoved", deadline={"scope": "filing:f1"}),
    said(10, "DeadlineMoved", deadline={"scope": "rung:negotiate"}),
    said(11, "ContactLogged"),
    said(12, "CaseHeld", by="user-1"),
    said(13, "HoldReleased", by="user-2"),
    said(14, "EvidenceStated"),
    said(15, "CaptureSet"),
    said(16, "RepeatTold"),
    said(17, "CaseAssessed"),
    said(18, "DeadlineStarted", deadline={"scope": "filing:f1"}),
)
# That a case is held is no secret; who asked for it, and why, may be part of an inquiry into a party.
HOLDS = {(12, "reason"), (13, "reason"), (12, "by"), (13, "by")}
# How the operator weighed the case is for its own people; who else complained for the one complained of as well.
WEIGHED, TOLD = {(17, "checks"), (17, "severity")}, {(16, "rule"), (16, "repeat")}
OWN = {
    (1, "evidence"),
    (14, "states"),
    (15, "kind"),
    (15, "due_at"),
    (5, "channel"),
    (11, "result"),
    (18, "deadline"),
}


@pytest.mark.parametrize(
    ("role", "reads", "does_not"),
    [
        (Role.complainant, {(1, "contact"), (2, "name"), (5, "receipt_no"), (9, "reason"), (11, "answer")} | OWN, {(3, "name"), (4, "text")} | HOLDS | WEIGHED | TOLD),
        (
            Role.respondent,
            {(1, "story"), (2, "digest"), (2, "note"), (3, "name"), (7, "text"), (8, "answer"), (10, "reason"), (7, "kind")} | TOLD,
            {(1, "contact"), (1, "complainant_name"), (2, "name"), (4, "text"), (5, "receipt_no"), (6, "text"), (6, "kind"), (9, "reason"), (11, "channel")} | HOLDS | WEIGHED | OWN,
        ),
        (Role.auditor, {(1, "story"), (2, "name"), (6, "text"), (5, "receipt_no")} | HOLDS | WEIGHED | OWN, {(1, "contact"), (1, "complainant_name"), (4, "text")} | TOLD),
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
