# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The dossier at the fronts: pages as pictures, the PDF and the zip, each for whom it is; foreign records at the desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.import_dossier import Imported, import_dossier
from recourse.core.actor import Role
from recourse.core.dossier import packing
from recourse.core.vocabulary import EvidenceKind
from recourse.store import operators
from recourse.webkit import dossier_builds as builds
from tests.desk.desk_people import SECRETS, account, at_desk, told_case
from tests.dossiers.read_zip import made, verified
from tests.portal.person import PNG, Person
from tests.store.house import House


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_person_reads_and_takes_the_dossier(person: Person) -> None:
    number = person.filed()
    assert f"/c/{number}/dossier" in person.get(f"/c/{number}").content.decode()
    page = person.get(f"/c/{number}/dossier").content.decode()
    assert f"/c/{number}/dossier/1.jpg" in page and f"/c/{number}/dossier.zip" in page
    assert "在浏览器打开" in page, "WeChat is told how"
    picture = person.get(f"/c/{number}/dossier/1.jpg")
    assert picture["Content-Type"] == "image/jpeg" and body(picture).startswith(b"\xff\xd8")
    assert picture["Cache-Control"] == "private, no-store" and "sandbox" in picture["Content-Security-Policy"]
    pdf = person.get(f"/c/{number}/dossier/part-1.pdf")
    assert pdf.content.startswith(b"%PDF") and "attachment" in pdf["Content-Disposition"]
    zipped = person.get(f"/c/{number}/dossier.zip")
    data = body(zipped)
    assert "attachment" in zipped["Content-Disposition"] and verified(data).ok
    assert zipped["Content-Length"] == str(len(data))
    assert person.get(f"/c/{number}/dossier.zip?part=2").status_code == 404
    for nothing in ("dossier/99.jpg", "dossier/part-9.pdf"):
        assert person.get(f"/c/{number}/{nothing}").status_code == 404
    english = person.get(f"/c/{number}/dossier?lang=en").content.decode()
    assert "Download the zip" in english


def test_a_stranger_gets_none_of_it(person: Person, house: House) -> None:
    number = told_case(house)
    for part in ("dossier", "dossier/1.jpg", "dossier/part-1.pdf", "dossier.zip"):
        for front in ("c", "r/c", "desk/c"):
            answer = Client().get(f"/{front}/{number}/{part}")
            assert answer.status_code in {302, 404}, (front, part)


def test_who_comes_while_it_is_made_is_told_so(person: Person, unfinished: Callable[[], None]) -> None:
    number = person.filed()
    for place in ("dossier", "dossier.zip", "dossier/part-1.pdf"):
        told = person.get(f"/c/{number}/{place}")
        page = told.content.decode()
        assert told.status_code == 202 and told["Retry-After"] == "2", place
        assert "http-equiv" not in page, "no page takes itself away from somebody who reads it (WCAG 2.2.1)"
        assert 'data-seconds="2"' in page and "再看看好了没有" in page and "材料正在整理" in page
        assert person.client.head(f"/c/{number}/{place}").status_code == 202
        assert "no-store" in told["Cache-Control"]
        assert (
            "being made"
            in person.get(f"/c/{number}/{place}", headers={"Accept-Language": "en"}).content.decode()
        )
    # Its pictures may be asked of another process than that which showed the page: they come when it is made.
    picture = person.get(f"/c/{number}/dossier/1.jpg")
    unfinished()
    assert body(picture).startswith(b"\xff\xd8")
    assert "dossier/1.jpg" in person.get(f"/c/{number}/dossier").content.decode()
    assert verified(body(person.get(f"/c/{number}/dossier.zip"))).ok


def test_who_asks_for_too_much_is_told_when_to_come_again(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = person.filed()
    monkeypatch.setattr(builds, "PER_PERSON", (1, timedelta(hours=1)))
    assert person.get(f"/c/{number}/dossier").status_code == 200
    assert person.get(f"/c/{number}/dossier").status_code == 200, "what is there costs nothing"
    told = person.get(f"/c/{number}/dossier.zip")
    assert told.status_code == 429 and told["Retry-After"] == "600"
    assert "data-seconds" not in told.content.decode() and "太多" in told.content.decode()


def break_off(answer: Any) -> None:
    """What Django does when a visitor is gone, but for the signal that would close the test's own connection."""
    for close in answer._resource_closers:
        close()


def test_few_zips_are_on_their_way_at_once(person: Person) -> None:
    number = person.filed()
    slow = [person.get(f"/c/{number}/dossier.zip") for _ in range(2)]
    told = person.get(f"/c/{number}/dossier.zip")
    asked = person.client.head(f"/c/{number}/dossier.zip")
    assert (asked.status_code, asked["Content-Type"]) == (200, "application/zip"), "asking takes no place"
    assert person.client.head(f"/c/{number}/dossier.zip?part=2").status_code == 404
    assert [answer.status_code for answer in slow] == [200, 200]
    assert told.status_code == 503 and told["Retry-After"] == "30"
    assert verified(body(slow[0])).ok
    break_off(slow[1])
    again = [person.get(f"/c/{number}/dossier.zip") for _ in range(2)]
    assert [answer.status_code for answer in again] == [200, 200]
    for answer in again:
        break_off(answer)


def test_a_big_one_is_offered_part_by_part(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    number = person.filed()
    owner = person.house.complainant(number)
    given: dict[str, Any] = {"kind": EvidenceKind.photo, "chunks": [PNG], "name": "a.png"}
    person.house.do(add_exhibit(person.house.world, actor=owner, number=number, **given))
    monkeypatch.setattr(packing, "PART_BYTES_MAX", 1)
    page = person.get(f"/c/{number}/dossier.zip").content.decode()
    assert "材料分2卷" in page and "?part=1" in page and "?part=2" in page
    for no in (1, 2):
        assert verified(body(person.get(f"/c/{number}/dossier.zip?part={no}"))).ok
    for no in ("0", "3", "x", "９"):
        assert person.get(f"/c/{number}/dossier.zip?part={no}").status_code == 404


def test_the_desk_reads_a_foreign_record_and_does_nothing_to_it(house: House) -> None:
    operators.ensure_operator(
        "away", name_zh="别处", name_en="Away", kind="association", now=house.clock.now()
    )
    number = told_case(house)
    done = import_dossier(
        house.world, actor=house.staff(operator="away"), parts=[made(house, house.staff(), number)]
    )
    assert isinstance(done, Imported)
    browser = at_desk(account(Role.agent, operator="away"))
    assert f"/desk/foreign/{done.id}" in browser.get("/desk/foreign").content.decode()
    page = browser.get(f"/desk/foreign/{done.id}").content.decode()
    assert "只能看，不能操作" in page and SECRETS["name"] in page and "能证明" in page and done.origin in page
    file = browser.get(f"/desk/foreign/{done.id}/exhibit/1/original/0")
    assert file.status_code == 200 and "attachment" in file["Content-Disposition"]
    assert browser.get(f"/desk/c/{number}")["Location"] == f"/desk/foreign/{done.id}"
    told = browser.post(f"/desk/c/{number}/do/message", {"text": "你好"}, follow=True).content.decode()
    assert "只能看，不能操作" in told
    assert browser.get("/desk/").content.decode().count(number) == 0, "it is in no queue"
    home = at_desk(account(Role.agent))
    assert home.get(f"/desk/foreign/{done.id}").status_code == 404
    assert done.id not in home.get("/desk/foreign").content.decode()
