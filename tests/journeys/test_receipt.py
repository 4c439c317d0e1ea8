# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The receipt in a browser: on a phone, at a desk, and in WeChat's browser, where nothing needs to be downloaded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.keep_log import keep_log
from recourse.actions.story import perform
from recourse.core.vocabulary import EvidenceKind
from tests.accessibility import serious_findings
from tests.conftest import visit
from tests.journeys import pages
from tests.journeys import respondent_pages as merchant
from tests.portal.person import PNG, last_code, wire
from tests.store.house import House
from tests.store.log_house import with_log

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Mobile/15E148 MicroMessenger/8.0.50(0x18003237) NetType/WIFI Language/zh_CN"
)


@pytest.fixture
def house(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house with a signer and a witness."""
    house.world, _ = with_log(house, tmp_path / "log", monkeypatch)
    wire(house, monkeypatch)
    return house


@pytest.fixture
def wechat(chromium: Any, live_server: Any) -> "Iterator[Page]":
    """A page in WeChat's browser, which opens no download."""
    yield from visit(
        chromium, base=live_server.url, width=390, height=844, user_agent=WECHAT, accept_downloads=False
    )


@pytest.fixture(params=["phone", "desktop", "wechat"])
def page(request: pytest.FixtureRequest) -> Page:
    """The same journey on each."""
    return request.getfixturevalue(request.param)


def test_a_receipt_is_read_kept_and_becomes_complete(house: House, page: Page, screen: Any) -> None:
    number = house.served()
    actor = house.complainant(number)
    added = perform(
        add_exhibit(
            house.world,
            actor=actor,
            number=number,
            kind=EvidenceKind.chat_export,
            chunks=[PNG],
            name="与商家的聊天记录.png",
        )
    )
    assert hasattr(added, "number"), added
    pages.ask_for_code(page, "xiaoming@example.cn")
    pages.enter_code(page, last_code(house))
    page.goto(f"/c/{number}/evidence")
    page.get_by_role("button", name="看收据，自己留一份").click()
    expect(page.get_by_text("证明正在补")).to_be_visible()
    perform(keep_log(house.world))
    page.get_by_role("link", name="刷新看看").click()
    expect(page.get_by_text("证明齐了")).to_be_visible()
    expect(page.locator("figure.proof__qr svg")).to_be_visible()
    expect(page.get_by_text("运营方要是做两本日志，它看不出来")).to_be_visible()
    screen(page, "complete")
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    page.locator("details", has_text="给懂技术的人").locator("summary").first.click()
    page.get_by_text("二维码里的内容").click()
    screen(page, "technical")
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    page.emulate_media(media="print")
    screen(page, "printed")


def test_a_merchant_has_a_receipt_too(house: House, phone: Page, screen: Any) -> None:
    number = house.served()
    perform(keep_log(house.world))
    merchant.enter(phone, house, number)
    merchant.open_case(phone, number)
    phone.get_by_role("link", name="看收据，自己留一份").click()
    expect(phone.get_by_text("证明齐了")).to_be_visible()
    screen(phone, "merchant")
    assert serious_findings(phone) == []
