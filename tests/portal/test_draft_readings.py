# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Screenshots handed in while a complaint is being written: what they say is offered, and filled in by a tap alone."""

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.actions.run_jobs import run_lane
from recourse.actions.story import perform
from recourse.core.lane import lane_of
from recourse.core.screen import Line
from recourse.store.models import CaseRow, DraftReading, Job
from recourse.webkit import world as door
from tests.actions.test_read_draft import FakeReader
from tests.portal.person import PNG, Person
from tests.previews import FakeInspector
from tests.store.house import PLATFORM

REVIEW, RECORD = f"/file/{PLATFORM}/review", f"/file/{PLATFORM}/record"
EMPTY = {"record-id": "", "record-amount": "", "record-title": "", "record-received_on": ""}
ORDER = "record-id=KS0000000001"


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def person(person: Person, reader: FakeReader) -> Person:
    """Somebody who has got as far as the evidence, and left the record's fields empty."""
    person.house.world = replace(person.house.world, reader=reader, inspector=FakeInspector())
    for screen in ("check", "story", "problems"):
        person.fill(screen)
    person.fill("record", **EMPTY)
    return person


def upload(person: Person, *names: str, kind: str = "order_no", data: bytes = PNG) -> str:
    """Hand in screenshots; the evidence screen that follows."""
    files = [SimpleUploadedFile(name, data, "image/png") for name in names]
    answer = person.post(f"/file/{PLATFORM}/evidence", {f"file-{kind}": files, "then": kind})
    assert answer.status_code == 302, answer.content.decode()
    return page(person, answer["Location"].partition("#")[0])


def read(person: Person) -> None:
    """Let the worker read whatever waits."""
    while perform(run_lane(person.house.world, lane_of("read_draft"))):
        pass


def page(person: Person, path: str = REVIEW) -> str:
    """A screen as text, entities written out."""
    answer = person.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return html.unescape(answer.content.decode())


def offers(shown: str) -> list[str]:
    """What the buttons of a screen would fill in."""
    return re.findall(r'name="take" value="([^"]*)"', shown)


def value(shown: str, field: str) -> str:
    """What stands in a field of the record's screen."""
    found = re.search(rf'name="{field}" value="([^"]*)"', shown)
    assert found is not None
    return found[1]


def to_review(person: Person) -> str:
    """From the evidence to the last screen."""
    person.fill("evidence")
    person.fill("demands")
    return page(person)


def test_values_are_offered_and_filled_in_by_a_tap_alone(person: Person) -> None:
    assert "截图正在读" in upload(person, "订单截图.png")
    shown = to_review(person)
    assert "还有1张截图在读" in shown and offers(shown) == []
    read(person)
    shown = page(person)
    assert offers(shown) == [ORDER, "record-amount=129.00"]
    assert "截图1 · 订单截图.png" in shown and "图上写的是“实付款”" in shown and "在读" not in shown
    # Looking fills in nothing, on no screen.
    record = page(person, RECORD)
    assert (value(record, "record-id"), offers(record)) == ("", [ORDER, "record-amount=129.00"])
    answer = person.post(f"{REVIEW}/take", {"take": ORDER, "contact": "xiao", "name": "王小明"})
    assert answer["Location"] == f"{REVIEW}#transaction"
    shown = page(person)
    assert offers(shown) == ["record-amount=129.00"]
    # What was typed on this screen meanwhile is still there, right or wrong.
    assert 'value="xiao"' in shown and 'value="王小明"' in shown
    assert value(page(person, RECORD), "record-id") == "KS0000000001"


def test_what_is_typed_stays_until_somebody_taps_another_value(person: Person) -> None:
    person.fill("record", **{**EMPTY, "record-id": "KS9", "record-amount": "129"})
    upload(person, "订单截图.png")
    read(person)
    shown = to_review(person)
    # 129 is 129.00; the other number is offered beside what was typed, and nothing more.
    assert offers(shown) == [ORDER] and "你填的是：KS9" in shown and "改成这个" in shown
    assert value(page(person, RECORD), "record-id") == "KS9"
    person.post(f"{RECORD}/take", {"take": ORDER, "record-amount": "130"})
    record = page(person, RECORD)
    assert (value(record, "record-id"), value(record, "record-amount")) == ("KS0000000001", "130")


def test_a_field_that_one_picture_confirms_is_settled_on_the_last_screen(
    person: Person, reader: FakeReader
) -> None:
    reader.lines = (Line("订单金额 ￥129.00", top=0), Line("合计 ￥139.00", top=60))
    upload(person, "订单截图.png")
    read(person)
    assert offers(to_review(person)) == ["record-amount=129.00", "record-amount=139.00"]
    person.post(f"{REVIEW}/take", {"take": "record-amount=139.00"})
    assert offers(page(person)) == []
    # Whoever tapped the wrong one finds the other on the record's own screen.
    assert offers(page(person, RECORD)) == ["record-amount=129.00"]


def test_the_same_value_of_several_pictures_is_offered_once(person: Person, reader: FakeReader) -> None:
    upload(person, "一.png", "二.png", kind="photo")
    read(person)
    shown = to_review(person)
    assert offers(shown) == [ORDER, "record-amount=129.00"] and "截图1、2 · 一.png" in shown
    assert len(reader.asked) == 2


def test_whoever_does_not_wait_files_all_the_same_and_nothing_stays(
    person: Person, reader: FakeReader
) -> None:
    upload(person, "订单截图.png")
    to_review(person)
    person.fill("review")
    assert CaseRow.objects.count() == 1 and not DraftReading.objects.exists()
    read(person)
    assert reader.asked == [] and not DraftReading.objects.exists()
    assert Job.objects.get(kind="read_draft").done_at is not None


def test_what_was_read_goes_when_the_draft_is_filed(person: Person) -> None:
    upload(person, "订单截图.png")
    read(person)
    to_review(person)
    person.post(f"{REVIEW}/take", {"take": ORDER})
    person.fill("review")
    assert not DraftReading.objects.exists()
    case = CaseRow.objects.get()
    opened = person.house.world.cases.open(person.house.complainant(case.number), case.number)
    assert opened is not None and opened.case.subject.id == "KS0000000001"
    assert opened.case.subject.amount_fen is None


def test_what_was_read_goes_when_the_draft_is_thrown_away(person: Person) -> None:
    upload(person, "订单截图.png")
    read(person)
    assert DraftReading.objects.count() == 1
    person.post(f"/file/{PLATFORM}/forget")
    assert not DraftReading.objects.exists()


def test_what_was_read_goes_with_the_picture(person: Person) -> None:
    upload(person, "订单截图.png")
    read(person)
    blob = DraftReading.objects.get().blob
    person.post(f"/file/{PLATFORM}/evidence", {"remove": blob})
    assert not DraftReading.objects.exists()
    assert offers(to_review(person)) == []


def test_nobody_else_sees_it(person: Person) -> None:
    upload(person, "订单截图.png")
    read(person)
    to_review(person)
    other = Person(person.house, Client())
    for screen in ("check", "story", "problems"):
        other.fill(screen)
    other.fill("record", **EMPTY)
    other.fill("evidence")
    other.fill("demands")
    for path in (REVIEW, RECORD):
        assert "KS0000000001" not in page(other, path) and offers(page(other, path)) == []


@pytest.mark.parametrize("without", ["reader", "inspector"])
def test_where_nobody_reads_nothing_is_shown_kept_or_queued(person: Person, without: str) -> None:
    person.house.world = replace(person.house.world, **{without: None})  # type: ignore[arg-type]
    door.world.cache_clear()
    for shown in (upload(person, "订单截图.png"), to_review(person), page(person, RECORD)):
        assert 'id="readings"' not in shown
    assert not DraftReading.objects.exists() and not Job.objects.filter(kind="read_draft").exists()


def test_only_pictures_are_read(person: Person) -> None:
    pdf = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    shown = upload(person, "回单.pdf", data=pdf)
    assert "回单.pdf" in shown and 'id="readings"' not in shown
    assert not Job.objects.filter(kind="read_draft").exists()


def test_nobody_is_told_to_wait_for_what_does_not_come(person: Person) -> None:
    upload(person, "订单截图.png")
    assert "还有1张截图在读" in to_review(person)
    person.house.clock.ahead(minutes=10)
    assert 'id="readings"' not in page(person)
    read(person)
    assert offers(page(person)) == [ORDER, "record-amount=129.00"]


@pytest.mark.parametrize("lines", [None, (), (Line("待发货"), Line("快递单号 SF1234567890123", top=60))])
def test_it_is_said_for_a_while_that_nothing_fits(
    person: Person, reader: FakeReader, lines: tuple[Line, ...] | None
) -> None:
    reader.lines = lines
    upload(person, "订单截图.png")
    read(person)
    for shown in (to_review(person), page(person, RECORD)):
        assert "没有读到能填的，请自己填" in shown and offers(shown) == [] and "在读" not in shown
    person.house.clock.ahead(minutes=10)
    assert 'id="readings"' not in page(person)


def test_the_privacy_page_says_what_is_read_where_something_is(person: Person) -> None:
    assert "投诉提交、草稿删除或30天没动" in page(person, "/privacy")
    person.house.world = replace(person.house.world, reader=None)
    door.world.cache_clear()
    assert "截图里的字" not in page(person, "/privacy")


@pytest.mark.parametrize("sent", ["", "=x", "story=x", "respondent=x", "record-promise=x", "record-id"])
def test_a_tap_fills_fields_of_the_record_and_nothing_else(person: Person, sent: str) -> None:
    before = page(person, RECORD)
    answer = person.post(f"{RECORD}/take", {"take": sent})
    assert answer.status_code == 302
    for field in ("respondent", "record-amount", "record-title"):
        assert value(page(person, RECORD), field) == value(before, field)


@pytest.mark.parametrize("step", ["check", "story", "problems", "evidence", "demands", "nowhere"])
def test_taps_are_for_the_screens_that_offer(person: Person, step: str) -> None:
    assert person.post(f"/file/{PLATFORM}/{step}/take", {"take": ORDER}).status_code == 404
    assert person.get(f"{REVIEW}/take").status_code == 405


def test_enter_in_a_field_goes_on_and_neither_fills_in_nor_removes(person: Person) -> None:
    upload(person, "订单截图.png")
    read(person)
    to_review(person)
    for path in (REVIEW, RECORD, f"/file/{PLATFORM}/evidence"):
        form: Any = re.search(r"<form[^>]*data-draft.*?</form>", page(person, path), re.DOTALL)
        first = re.search(r"<button[^>]*>", form[0])
        assert first is not None and 'name="then" value="next"' in first[0] and "formaction" not in first[0]


def test_in_english(person: Person) -> None:
    upload(person, "订单截图.png")
    to_review(person)
    person.get("/?lang=en")
    assert "Being read: 1." in page(person)
    read(person)
    shown = page(person)
    assert "Read from your screenshots" in shown and "Use it" in shown and "called “实付款” there" in shown
