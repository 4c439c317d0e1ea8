# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The dossier on a phone: read page by page inside WeChat, with nothing to download."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import serious_findings
from tests.desk.desk_people import told_case
from tests.dossiers.read_zip import verified
from tests.journeys import pages
from tests.journeys.seats import DESK, PHONE
from tests.portal.person import last_code
from tests.previews import look_at
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50 Language/zh_CN"


def test_the_pages_are_read_without_a_download(
    house: House, chromium: Any, live_server: Any, screen: Any
) -> None:
    mail = "xiaoming@example.cn"
    number = told_case(house, complainant={"name": "王小明", "email": mail})
    look_at(house, number, 1)
    context = chromium.new_context(
        base_url=live_server.url, user_agent=WECHAT, viewport={"width": 390, "height": 844}, locale="zh-CN"
    )
    page: Page = context.new_page()
    pages.ask_for_code(page, mail)
    pages.enter_code(page, last_code(house, mail))
    pages.open_case(page, number)
    page.get_by_role("button", name="打开材料").or_(page.get_by_role("link", name="打开材料")).first.click()
    expect(page.locator("h2", has_text="材料").first).to_be_visible()
    expect(page.get_by_text("在浏览器打开")).to_be_visible()
    first = page.locator("#page-1 img")
    first.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#page-1 img').naturalWidth > 0")
    assert page.evaluate("document.querySelector('#page-1 img').naturalWidth") == 1240
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    last = page.locator(".dossier-pages li").last
    last.scroll_into_view_if_needed()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.dossier-pages img')].at(-1).naturalWidth > 0"
    )
    assert serious_findings(page) == []
    screen(page, "dossier-wechat")
    context.close()


def test_who_comes_while_it_is_made_reads_so_and_gets_it_without_another_tap(
    house: House, phone: Page, screen: Any, unfinished: Callable[[], None]
) -> None:
    mail = "xiaoming@example.cn"
    number = told_case(house, complainant={"name": "王小明", "email": mail})
    pages.ask_for_code(phone, mail)
    pages.enter_code(phone, last_code(house, mail))
    phone.goto(f"/c/{number}/dossier")
    expect(phone.get_by_role("heading", name="材料正在整理")).to_be_visible()
    expect(phone.get_by_role("status")).to_contain_text("好了会自己打开")
    for kind in (DESK, PHONE):
        phone.set_viewport_size({"width": kind["width"], "height": kind["height"]})
        assert serious_findings(phone) == []
        assert phone.evaluate("document.documentElement.scrollWidth") == kind["width"]
        screen(phone, f"waiting-{kind['width']}")
    unfinished()
    expect(phone.locator("#page-1 img")).to_be_visible()
    with phone.expect_download() as taken:
        phone.get_by_role("button", name="下载压缩包").click()
        expect(phone.get_by_role("heading", name="材料正在整理")).to_be_visible()
        unfinished()
    assert taken.value.suggested_filename == f"recourse-{number}.zip"
    assert verified(Path(taken.value.path()).read_bytes()).ok
    expect(phone.get_by_role("status")).to_contain_text("已开始下载")


def test_without_script_the_page_stays_and_its_link_asks_again(
    house: House, no_script_phone: Page, unfinished: Callable[[], None]
) -> None:
    mail = "xiaoming@example.cn"
    number = told_case(house, complainant={"name": "王小明", "email": mail})
    phone = no_script_phone
    pages.ask_for_code(phone, mail)
    pages.enter_code(phone, last_code(house, mail))
    phone.goto(f"/c/{number}/dossier")
    expect(phone.get_by_role("status")).to_contain_text("过几秒再要一次")
    unfinished()
    phone.get_by_role("button", name="再看看好了没有").click()
    expect(phone.locator("#page-1 img")).to_be_visible()
