# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filing in a real browser: on a phone, on a desk, without script, and interrupted half way."""

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import serious_findings
from tests.journeys import pages
from tests.portal.person import last_code, run_jobs
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(screen, width: int):
    """Keep a picture of each screen, and hold it to the rules that every screen keeps."""

    def look(page: Page, name: str) -> None:
        screen(page, f"{width}-{name}")
        assert serious_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width

    return look


def test_a_shop_order_is_filed_on_the_phone(house: House, phone: Page, screen, picture: str) -> None:
    look = looked_at(screen, 390)
    phone.goto("/")
    look(phone, "0-home")
    phone.goto("/p/kuaishou-shop")
    look(phone, "0-platform")
    number = pages.file_complaint(phone, files={"order_no": picture, "photo": picture}, look=look)
    pages.enter_code(phone, last_code(house))
    run_jobs(house)
    pages.open_case(phone, number)
    look(phone, "9-case")
    assert pages.whose_move(phone) == "现在轮到商家"
    for part in ("evidence", "talk", "papers", "record"):
        pages.open_case(phone, number, part)
        look(phone, f"9-{part}")
    phone.goto("/cases")
    look(phone, "9-cases")
    expect(phone.get_by_text(number)).to_be_visible()


def test_the_same_on_a_desk(house: House, desktop: Page, screen, picture: str) -> None:
    look = looked_at(screen, 1280)
    desktop.goto("/")
    look(desktop, "0-home")
    number = pages.file_complaint(desktop, files={"order_no": picture}, look=look)
    pages.enter_code(desktop, last_code(house))
    run_jobs(house)
    pages.open_case(desktop, number)
    look(desktop, "9-case")
