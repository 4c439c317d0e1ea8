# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What was read off a draft's pictures: the token's holder alone reads it, and it goes wherever the draft goes."""

from datetime import timedelta

import pytest

from recourse.core.screen import Reading, ScreenField
from recourse.store import draft_readings, drafts
from recourse.store.models import DraftReading, Job
from tests.store.house import START

pytestmark = pytest.mark.django_db
BLOB, OTHER = "a" * 64, "b" * 64
PICTURES = {BLOB: "image/png", OTHER: "image/jpeg"}
FOUND = (
    Reading(ScreenField.order_no, "KS0000000001", "KS0000000001", 3, "订单编号"),
    Reading(ScreenField.amount, "129.00", "￥129.00", 4),
)


def begun(pictures: dict[str, str] = PICTURES) -> str:
    """The token of a draft whose pictures were asked for."""
    token = drafts.begin(operator="local", now=START)
    draft_readings.ask(token, pictures, now=START)
    return token


def id_of(token: str) -> str:
    return token.partition(".")[0]


def test_each_new_picture_is_asked_for_once() -> None:
    token = begun()
    draft_readings.ask(token, PICTURES, now=START)
    jobs = Job.objects.filter(kind="read_draft").order_by("payload")
    assert sorted((job.payload["blob"], job.payload["media_type"]) for job in jobs) == sorted(
        PICTURES.items()
    )
    assert {job.lane for job in jobs} == {"readings"}
    assert {item.found for item in draft_readings.read(token).values()} == {None}


def test_what_was_read_comes_back_to_whoever_has_the_token() -> None:
    token = begun()
    assert draft_readings.waits(id_of(token), BLOB)
    assert draft_readings.keep(id_of(token), BLOB, FOUND) is True
    assert not draft_readings.waits(id_of(token), BLOB) and draft_readings.waits(id_of(token), OTHER)
    read = draft_readings.read(token)
    assert read[BLOB].found == FOUND and read[OTHER].found is None


def test_the_table_alone_cannot_be_read_and_another_token_opens_nothing() -> None:
    token = begun()
    draft_readings.keep(id_of(token), BLOB, FOUND)
    row = DraftReading.objects.get(blob=BLOB)
    assert row.sealed is not None and b"KS0000000001" not in bytes(row.sealed)
    other = drafts.begin(operator="local", now=START)
    assert draft_readings.read(other) == {}
    # The id is in the payload of a job; it opens nothing without the other half.
    assert draft_readings.read(f"{id_of(token)}.{other.partition('.')[2]}") == {}
    assert draft_readings.read("") == {}


def test_a_row_that_was_moved_to_another_picture_does_not_open() -> None:
    token = begun()
    draft_readings.keep(id_of(token), BLOB, FOUND)
    sealed = DraftReading.objects.get(blob=BLOB).sealed
    DraftReading.objects.filter(blob=OTHER).update(sealed=sealed)
    assert draft_readings.read(token)[OTHER].found == ()


def test_a_picture_that_was_taken_out_is_forgotten_and_not_kept_later() -> None:
    token = begun()
    draft_readings.keep(id_of(token), BLOB, FOUND)
    draft_readings.ask(token, {OTHER: "image/jpeg"}, now=START)
    assert list(draft_readings.read(token)) == [OTHER]
    assert not draft_readings.waits(id_of(token), BLOB)
    assert draft_readings.keep(id_of(token), BLOB, FOUND) is False
    draft_readings.ask(token, {}, now=START)
    assert not DraftReading.objects.exists()


def test_nothing_is_asked_for_where_there_is_no_draft() -> None:
    token = drafts.begin(operator="local", now=START)
    wrong = f"{id_of(token)}.{'0' * 64}"
    drafts.drop(token)
    for gone in (token, wrong, "", "x.y"):
        draft_readings.ask(gone, PICTURES, now=START)
    old = drafts.begin(operator="local", now=START)
    draft_readings.ask(old, PICTURES, now=START + drafts.LIFE)
    assert not DraftReading.objects.exists() and not Job.objects.exists()


def test_it_goes_with_a_draft_that_is_filed_or_thrown_away_and_another_s_stays() -> None:
    token, other = begun(), begun()
    drafts.drop(f"{id_of(token)}.{'0' * 64}")
    assert len(draft_readings.read(token)) == 2
    drafts.drop(token)
    assert {row.draft for row in DraftReading.objects.all()} == {id_of(other)}
    assert draft_readings.keep(id_of(token), BLOB, FOUND) is False


def test_it_goes_with_a_draft_that_nobody_came_back_to() -> None:
    old = begun()
    draft_readings.keep(id_of(old), BLOB, FOUND)
    young = drafts.begin(operator="local", now=START + timedelta(days=1))
    draft_readings.ask(young, PICTURES, now=START + timedelta(days=1))
    assert drafts.forget_expired(START + drafts.LIFE) == 1
    assert {row.draft for row in DraftReading.objects.all()} == {id_of(young)}


def test_it_goes_with_the_case_whose_words_were_copied_into_the_draft() -> None:
    again = drafts.begin(operator="local", now=START, refiles="C1")
    draft_readings.ask(again, PICTURES, now=START)
    own = begun()
    drafts.drop_refilings("C1")
    assert {row.draft for row in DraftReading.objects.all()} == {id_of(own)}
