# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Guided filing with Django's client: seven screens, a number, a code, a case."""

from tests.portal.person import Person


def test_a_complaint_goes_from_the_first_screen_to_the_case_page(person: Person) -> None:
    number = person.file()
    page = person.get(f"/filed/{number}")
    assert number in page.content.decode()
    assert person.get(f"/c/{number}").status_code == 302
    assert person.prove(number)["Location"] == f"/c/{number}"
    page = person.get(f"/c/{number}")
    assert page.status_code == 200, page.content.decode()
    for part in ("evidence", "talk", "papers", "record"):
        assert person.get(f"/c/{number}/{part}").status_code == 200
