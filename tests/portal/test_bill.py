# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filing with a bill at hand: its payments are shown, the picked one fills the record, nothing of it is kept."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from recourse.gateways.inspector import CagedInspector
from recourse.portal.filing import bill
from recourse.store.models import BlobKey
from tests.bills import ALIPAY
from tests.portal.person import Person

BILL = "/file/kuaishou-shop/record/bill"


@pytest.fixture
def person(person: Person) -> Person:
    inspector = CagedInspector()
    if not inspector.confinement.enough:
        pytest.skip(f"this system does not confine an inspector: {inspector.confinement}")
    person.house.world = replace(person.house.world, inspector=inspector)
    for screen in ("check", "story", "problems"):
        person.fill(screen)
    return person


def test_the_picked_payment_fills_the_record(person: Person) -> None:
    page = person.post(BILL, {"bill": SimpleUploadedFile("账单.csv", ALIPAY)}).content.decode()
    assert "129.00元" in page and "KS0000000001" in page
    picked = {"record-id": "KS0000000001", "record-amount": "129.00", "record-title": "明前龙井250克"}
    assert person.post(f"{BILL}/take", picked)["Location"] == "/file/kuaishou-shop/record"
    record = person.get("/file/kuaishou-shop/record").content.decode()
    assert 'value="KS0000000001"' in record and 'value="129.00"' in record
    assert not BlobKey.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "还没选文件"),
        ("姓名,金额\n王小明,1\n".encode(), "看不出这是哪种账单"),
        (b"\xff\xff\x81", "看不出文字编码"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(person: Person, data: bytes, words: str) -> None:
    sent = {"bill": SimpleUploadedFile("账单.csv", data)} if data else {}
    answer = person.post(BILL, sent)
    assert answer.status_code == 422 and words in answer.content.decode()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bills that were read in place of an inspector."""
    found: list[bytes] = []
    monkeypatch.setattr(bill, "bill_of", lambda _world, data: found.append(data) or ())
    return found


def send(person: Person) -> HttpResponse:
    return person.post(BILL, {"bill": SimpleUploadedFile("账单.csv", ALIPAY)})


def test_few_are_read_at_once_and_whoever_is_over_is_told_to_come_back(
    person: Person, read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bill, "BUSY_SECONDS", 0.01)
    with bill.READING, bill.READING:
        answer = send(person)
    assert answer.status_code == 503 and int(answer["Retry-After"]) >= 1 and not read
    assert "正在读别人的账单" in answer.content.decode()
    assert send(person).status_code == 200 and read == [ALIPAY], "those before are done"
    with bill.READING:
        assert bill.READING.acquire(blocking=False), "all places are free again"
        bill.READING.release()


def test_one_network_has_so_many_bills_read_in_an_hour(
    person: Person, read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bill, "BILLS", (2, bill.BILLS[1]))
    sent = [send(person) for _ in range(3)]
    assert [answer.status_code for answer in sent] == [200, 200, 429] and len(read) == 2
    assert "请一小时后再试" in sent[-1].content.decode()
