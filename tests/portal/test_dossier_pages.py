# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The dossier at the fronts: pages as pictures, the PDF and the zip, each for whom it is; foreign records at the desk."""

from typing import Any

from django.test import Client

from recourse.actions.import_dossier import Imported, import_dossier
from recourse.core.actor import Role
from recourse.store import operators
from tests.desk.desk_people import SECRETS, account, at_desk, told_case
from tests.dossiers.read_zip import made, verified
from tests.portal.person import Person
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
    assert picture["Content-Type"] == "image/jpeg" and picture.content.startswith(b"\xff\xd8")
    assert picture["Cache-Control"] == "private, no-store" and "sandbox" in picture["Content-Security-Policy"]
    pdf = person.get(f"/c/{number}/dossier/part-1.pdf")
    assert pdf.content.startswith(b"%PDF") and "attachment" in pdf["Content-Disposition"]
    zipped = person.get(f"/c/{number}/dossier.zip")
    assert "attachment" in zipped["Content-Disposition"] and verified(body(zipped)).ok
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


def test_the_desk_reads_a_foreign_record_and_does_nothing_to_it(house: House) -> None:
    operators.ensure_operator(
        "away", name_zh="别处", name_en="Away", kind="association", now=house.clock.now()
    )
    number = told_case(house)
    done = import_dossier(
        house.world, actor=house.staff(operator="away"), data=made(house, house.staff(), number)
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
