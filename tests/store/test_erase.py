# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Erasure: the person's words are in no table, index or file, and every proof still holds."""

import dataclasses
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recourse.actions.erase_case import erase_case
from recourse.actions.finish_erasure import finish_erasure
from recourse.actions.story import perform
from recourse.core.actor import Actor, Role, Via, system
from recourse.core.address import Address
from recourse.core.case.event import EVENT_TYPES, PERSONAL
from recourse.core.port import Key, Receipt
from recourse.core.problem import Problems
from recourse.core.screen import Reading, ScreenField
from recourse.store import access, chain, draft_readings, drafts, erase, people, search
from recourse.store.commit import request_mac
from recourse.store.models import (
    BlobKey,
    CaseKey,
    CaseRow,
    Draft,
    DraftReading,
    IdempotencyKey,
    PersonContact,
    PrivateRow,
)
from recourse.store.projection import COLUMNS
from recourse.store.rebuild import rebuilt
from tests.store.house import OPERATOR, PLATFORM, START, House
from tests.store.marked import MAIL, MARKER, against_nobody_known, marked, withdraw

SYSTEM = system(OPERATOR)
# Personal, and yet nobody's words: what a file is recognised by, and what is for one side alone: choices from lists,
# numbers, moments, clocks of outside filings.
NOT_WRITTEN = {
    *("ExhibitAdded.digest", "ExhibitAdded.sm3"),
    *("ComplaintFiled.answers_given", "QuestionsAnswered.answers"),
    *("ComplaintFiled.evidence", "EvidenceStated.states", "EvidenceAsked.kind"),
    *("CaptureSet.kind", "CaptureSet.due_at", "CaptureDone.exhibit"),
    *("ContactLogged.at", "ContactLogged.result", "ContactLogged.exhibits"),
    *("CaseAssessed.checks", "CaseAssessed.severity", "RepeatTold.rule", "RepeatTold.repeat"),
    *("FilingOpened.channel", "FilingOpened.official", "FilingOpened.at", "FilingOpened.target"),
    *("FilingUpdated.state", "CaseHeld.by", "HoldReleased.by"),
    *("DeadlineListed.deadline", "DeadlineStarted.deadline", "DeadlineMoved.deadline", "DeadlineMoved.why"),
}
# Texts that stay in the chain for good: ids and names that we gave, choices from closed lists, moments, lengths.
PUBLIC_TEXTS = {
    "WordsShown.where",  # the place of a text, from a closed list
    *(
        "id",
        "number",
        "operator",
        "platform",
        "rulebook",
        "playbook_version",
        "complainant_id",
        "agent",
        "by",
    ),
    *("respondent_registered", "refiled_from", "blob", "media_type", "offer", "remedy", "kind", "group"),
    *("route", "method", "because", "how", "next_recourse"),
    *("NoticeOrdered.contact", "NoticeServed.contact", "NoticeBounced.contact", "NoticeBounced.reason"),
    *("RungEntered.why", "DeadlineMoved.why", "OfferMade.answers"),
    "RemedyDisputed.reason",
    *("ErasureAnnounced.rule", "ErasureAnnounced.version"),
}


def erase_now(house: House, number: str) -> None:
    """Erase by the owner, whatever the stage needs first."""
    withdraw(house, number)
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


def test_the_marked_cases_say_the_marker_in_every_personal_field(house: House) -> None:
    number, other = marked(house), against_nobody_known(house)
    withdraw(house, number)
    said = set()
    for each in (number, other):
        links, private = chain.read_links(SYSTEM, each), chain.read_private(SYSTEM, each)
        assert links is not None and private is not None
        kinds = {link.version: link.type for link in links}
        for version, fields in private.items():
            said |= {
                f"{kinds[version]}.{name}"
                for name, (_, value) in fields.items()
                if MARKER in str(value) or MAIL in str(value)
            }
    personal = {f"{event}.{name}" for event, fields in PERSONAL.items() for name in fields}
    assert said == personal - NOT_WRITTEN


def test_no_words_of_a_person_stand_in_the_public_part_of_an_event() -> None:
    """A new text of an event is personal, or somebody says here what else it is."""
    unknown = [
        f"{name}.{item.name}"
        for name, event in EVENT_TYPES.items()
        for item in dataclasses.fields(event)
        if item.type is str
        and item.name not in PERSONAL[name]
        and not {item.name, f"{name}.{item.name}"} & PUBLIC_TEXTS
    ]
    assert unknown == []


def test_before_erasure_the_marker_is_found_and_so_is_the_case(house: House) -> None:
    number = marked(house)
    assert "store_case" in tables_with(MARKER)
    assert [row.number for row in search.matching(access.visible(SYSTEM), MARKER, by_name=True)] == [number]


def test_after_erasure_no_table_holds_the_marker(house: House) -> None:
    number, other = marked(house), against_nobody_known(house)
    erase_now(house, number)
    erase_now(house, other)
    assert tables_with(MARKER) == []
    assert tables_with(MAIL) == []
    assert not search.matching(access.visible(SYSTEM), MARKER, by_name=True).exists()
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
    assert [row.number for row in search.matching(access.visible(SYSTEM), "隔壁", by_name=True)] == [other]


def test_after_erasure_nobody_knows_how_the_person_was_reached(house: House) -> None:
    number = marked(house)
    assert PersonContact.objects.exists()
    erase_now(house, number)
    assert not PersonContact.objects.exists()


def test_a_person_with_another_case_can_still_sign_in(house: House) -> None:
    number, other = marked(house), against_nobody_known(house)
    contact = Address("mail", MAIL)
    person = people.prove(contact, now=START)
    erase_now(house, number)
    assert people.proven_person(contact) == person
    erase_now(house, other)
    assert people.proven_person(contact) is None


def test_the_words_copied_for_filing_again_go_with_the_case(house: House) -> None:
    number = marked(house)
    again = drafts.begin(operator=OPERATOR, now=START, refiles=number)
    own = drafts.begin(operator=OPERATOR, now=START)
    for token in (again, own):
        data = {"story": f"我的故事{MARKER}"}
        assert drafts.save(token, platform=PLATFORM, step="story", data=data, now=START)
        draft_readings.ask(token, {"a" * 64: "image/png"}, now=START)
        said = Reading(ScreenField.order_no, MARKER, MARKER, 0, "订单编号")
        assert draft_readings.keep(token.partition(".")[0], "a" * 64, [said])
    erase_now(house, number)
    # Whoever holds the token finds nothing any more; what the same person writes about something else stays.
    assert drafts.load(again, now=START) is None and drafts.load(own, now=START) is not None
    assert Draft.objects.count() == 1
    assert [row.draft for row in DraftReading.objects.all()] == [own.partition(".")[0]]
    assert tables_with(MARKER) == []


def test_what_was_asked_cannot_be_guessed_from_its_digest_and_goes_with_the_case(house: House) -> None:
    number = house.file(key="k", order="KS1")
    asked = IdempotencyKey.objects.get(number=number)
    actor = Actor(asked.actor, Role.complainant, OPERATOR, Via.portal)
    plain = ["1" * 64, "2" * 64]
    macs = {request_mac(Key("k", one)) for one in plain}
    assert len(macs) == 2 and not macs & set(plain)
    erase_now(house, number)
    assert IdempotencyKey.objects.get(number=number, key="k").fingerprint == ""
    # Asking again still tells what became of it, whatever is asked: there is nothing left to compare with.
    replayed = house.world.cases.replay(actor, Key("k", plain[0]))
    assert isinstance(replayed, Receipt) and replayed.number == number


@pytest.mark.django_db(transaction=True)
def test_no_line_of_the_log_holds_the_marker(
    committed_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house = committed_house
    # Django's own lines stop at its console; here they are read as well, down to the last detail.
    loggers = [logging.getLogger(name) for name in ("", "django")]
    for logger in loggers:
        logger.addHandler(caplog.handler)
        caplog.set_level(logging.DEBUG, logger.name or None)
    try:
        number = marked(house)
        erase_now(house, number)
        assert perform(finish_erasure(house.world, number=number, operator=OPERATOR)) is True
    finally:
        for logger in loggers:
            logger.removeHandler(caplog.handler)
    assert MARKER not in caplog.text and MAIL not in caplog.text
    assert tables_with(MARKER) == [] and tables_with(MAIL) == []


def test_every_table_that_an_erasure_deletes_from_is_scrubbed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recourse.actions.finish_erasure.scrub", lambda: True)
    number = marked(house)
    with CaptureQueriesContext(connection) as asked:
        erase_now(house, number)
        perform(finish_erasure(house.world, number=number, operator=OPERATOR))
    tables = {found[1] for query in asked if (found := re.match(r'DELETE FROM "?(\w+)', query["sql"]))}
    # The index of words is merged by itself; who is forgotten leaves an id.
    assert {"store_rendition", "store_thread", "store_masked_rendition", "store_private"} <= tables
    assert "store_draft_reading" in erase._SCRUBBED
    assert tables - set(erase._SCRUBBED) <= {"store_search_words", "store_search_index", "store_person"}


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_after_the_scrub_no_file_holds_the_marker(committed_house: House, tmp_path: Path) -> None:
    house = committed_house
    number, other = marked(house), against_nobody_known(house)
    blobs = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert blobs and files_with(MARKER)
    for each in (number, other):
        erase_now(house, each)
        assert perform(finish_erasure(house.world, number=each, operator=OPERATOR)) is True
    assert files_with(MARKER) == [] and files_with(MAIL) == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    # The index keeps each hanzi as a term of its own; one that only the erased case used must be gone.
    assert files_with("茉") == []


def files_with(text: str) -> list[str]:
    """The files of the data folder that hold a text. A memory database has no file and proves nothing."""
    name = Path(connection.settings_dict["NAME"])
    assert name.exists(), "the test database must be a file"
    folder = Path(settings.RECOURSE_DATA)
    files = {*folder.rglob("*"), *name.parent.glob(f"{name.name}*")}
    return [str(path) for path in files if path.is_file() and text.encode() in path.read_bytes()]
