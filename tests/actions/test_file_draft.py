# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A draft is filed with all its files, or not at all."""

from dataclasses import replace
from functools import partial

import pytest

from recourse.actions.file_draft import file_draft, file_draft_and_ask
from recourse.actions.keep_draft import seal_file
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.case.proof import EXHIBITS_MAX
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind, EvidenceState, Party
from recourse.gateways.randomness import SystemRandomness
from recourse.store import chain, codes, drafts, people
from recourse.store.models import BlobKey, CaseRow, SignInCode
from tests.store.house import OPERATOR, PLATFORM, START, House

ACTOR = Actor("newcomer", Role.complainant, OPERATOR, Via.portal)


class SameNumber(SystemRandomness):
    """Gives one case number again and again."""

    def __init__(self, number: str) -> None:
        self._number = number

    def case_number(self) -> str:
        return self._number


Given = list[tuple[EvidenceKind, str, str, int, str, str]]


def files(house: House, *kinds: EvidenceKind) -> Given:
    """Files that were sealed while the draft was being written."""
    given = []
    for kind in kinds:
        sealed = house.do(seal_file(house.world, chunks=[f"{kind}".encode()], name=f"{kind}.txt"))
        given.append(
            (kind, sealed.blob, sealed.digest, sealed.size, sealed.media_type, f"{kind}.txt", sealed.sm3)
        )
    return given


def draft() -> str:
    token = drafts.begin(operator=OPERATOR, now=START)
    assert drafts.save(token, platform=PLATFORM, step="review", data={"story": "x"}, now=START)
    return token


def test_one_commit_holds_the_complaint_and_its_files(house: House) -> None:
    token, complaint = draft(), house.complaint()
    given = files(house, EvidenceKind.photo, EvidenceKind.chat_export)
    filed = house.do(file_draft(house.world, actor=ACTOR, token=token, complaint=complaint, files=given))
    assert isinstance(filed, Receipt) and drafts.load(token, now=START) is None
    opened = house.world.cases.open(system(OPERATOR), filed.number)
    assert opened is not None
    case = opened.case
    assert [(x.no, x.kind, x.by) for x in case.exhibits] == [
        (1, EvidenceKind.photo, Party.complainant),
        (2, EvidenceKind.chat_export, Party.complainant),
    ]
    assert case.evidence[EvidenceKind.photo] is EvidenceState.have and case.version == filed.version
    assert set(BlobKey.objects.values_list("case_id", flat=True)) == {case.id}
    assert chain.broken_at(system(OPERATOR), filed.number) is None
    again = perform(file_draft(house.world, actor=ACTOR, token=token, complaint=complaint, files=given))
    assert isinstance(again, Receipt) and again.number == filed.number and CaseRow.objects.count() == 1


def test_a_draft_stays_where_its_filing_did_not_come_about(house: House) -> None:
    token, complaint = draft(), house.complaint()
    house.world = replace(house.world, randomness=SameNumber(house.file()))
    busy = perform(file_draft(house.world, actor=ACTOR, token=token, complaint=complaint, files=()))
    assert isinstance(busy, Problems) and busy.keys() == ("busy",)
    assert drafts.load(token, now=START) is not None and CaseRow.objects.count() == 1


def test_a_file_that_is_refused_files_nothing_and_keeps_the_draft(house: House) -> None:
    token = draft()
    given = files(house, EvidenceKind.photo) * (EXHIBITS_MAX + 1)
    refused = perform(
        file_draft(house.world, actor=ACTOR, token=token, complaint=house.complaint(), files=given)
    )
    assert isinstance(refused, Problems) and refused.keys() == ("too_many_exhibits",)
    assert CaseRow.objects.count() == 0 and drafts.load(token, now=START) is not None


def test_the_code_is_asked_for_with_the_case(house: House) -> None:
    token, complaint = draft(), house.complaint()
    story = partial(
        file_draft_and_ask,
        house.world,
        actor=ACTOR,
        token=token,
        complaint=complaint,
        files=(),
        visitor="10.0.0.1",
    )
    receipt, ticket = perform(story())
    letter = codes.letter(ticket)
    assert letter is not None and letter.address == complaint.contact
    again, other = perform(story())
    assert again.number == receipt.number and other != ticket and SignInCode.objects.count() == 2


def test_no_code_stays_of_a_filing_that_did_not_come_about(house: House) -> None:
    house.world = replace(house.world, randomness=SameNumber(house.file()))
    busy = perform(
        file_draft_and_ask(house.world, actor=ACTOR, token=draft(), complaint=house.complaint(), files=())
    )
    assert isinstance(busy, Problems) and SignInCode.objects.count() == 0


def test_a_code_that_is_refused_stops_no_filing(house: House) -> None:
    complaint = house.complaint()
    for _ in range(5):
        assert isinstance(codes.start(complaint.contact, purpose="x", code="1", now=START), str)
    receipt, refused = perform(
        file_draft_and_ask(house.world, actor=ACTOR, token=draft(), complaint=complaint, files=())
    )
    assert isinstance(refused, Problems) and refused.keys() == ("too_many_codes",)
    assert CaseRow.objects.get().number == receipt.number


def test_who_proved_the_contact_before_is_asked_for_no_code(house: House) -> None:
    complaint = house.complaint()
    person = people.prove(complaint.contact, now=START)
    _, ticket = perform(
        file_draft_and_ask(
            house.world, actor=ACTOR, token=draft(), complaint=complaint, files=(), person=person
        )
    )
    assert ticket is None and SignInCode.objects.count() == 0


@pytest.mark.parametrize("count", [0, 1, 4])
def test_the_files_cost_no_more_commits(house: House, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = list(EvidenceKind)[:count]
    made: list[int] = []
    commit = type(house.world.cases).commit

    def counted(cases: object, *args: object, **keywords: object) -> object:
        made.append(1)
        return commit(cases, *args, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(type(house.world.cases), "commit", counted)
    house.do(
        file_draft(
            house.world, actor=ACTOR, token=draft(), complaint=house.complaint(), files=files(house, *kinds)
        )
    )
    assert len(made) == 1
