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


def test_filing_works_without_script(house: House, no_script_phone: Page, picture: str) -> None:
    number = pages.file_complaint(no_script_phone, files={"order_no": picture})
    pages.enter_code(no_script_phone, last_code(house))
    run_jobs(house)
    pages.open_case(no_script_phone, number)
    assert pages.whose_move(no_script_phone) == "现在轮到商家"
    no_script_phone.get_by_text("为什么是这天？").first.click()
    expect(no_script_phone.get_by_text("依据：").first).to_be_visible()
    pages.give_more_time(no_script_phone)
    expect(no_script_phone.get_by_text("已给对方多3天。")).to_be_visible()


def test_a_draft_saves_itself_and_survives(house: House, phone: Page) -> None:
    pages.start(phone, "kuaishou-shop")
    phone.locator("input[name='ask-money_just_paid'][value='no']").check(force=True)
    pages.next_screen(phone)
    phone.get_by_label("经过").fill("写到一半，停电了")
    expect(phone.locator(".saved")).to_have_text("已保存")
    # The page is simply gone; nothing was sent by a button.
    phone.goto("about:blank")
    phone.goto("/")
    phone.get_by_text("有一份没写完的草稿，接着写").click()
    expect(phone.get_by_label("经过")).to_have_value("写到一半，停电了")


def test_english_from_the_door_to_the_receipt(house: House, desktop: Page, screen) -> None:
    look = looked_at(screen, 1280)
    desktop.goto("/?lang=en")
    look(desktop, "en-home")
    desktop.goto("/p/kuaishou-shop")
    look(desktop, "en-platform")
    for place in ("safety", "privacy", "how-dates-work", "law/cpl.24", "sign-in"):
        desktop.goto(f"/{place}")
        look(desktop, f"en-{place.replace('/', '-')}")
