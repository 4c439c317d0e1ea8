# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filing with screenshots that are read meanwhile: their values are offered, filled in by a tap, and gone with the draft."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from recourse.core.region import Page as Sheet
from recourse.core.screen import Line
from recourse.gateways.inspector import CagedInspector
from recourse.store.models import DraftReading
from tests.journeys import pages
from tests.journeys.seats import DESK, NO_SCRIPT, PHONE, Seats
from tests.portal.person import last_code
from tests.screens import font
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = (
    ("待发货", 90),
    ("订单编号", 300),
    ("KS2026091800123456", 360),
    ("实付款 ￥129.00", 460),
    ("下单时间 2026-09-18 20:15:33", 560),
    ("快递单号 SF1234567890123", 660),
)


class Reader:
    """Reads what was drawn, where it was drawn: how well the extra reads is measured elsewhere."""

    def read(self, data: bytes, *, page: int) -> Sheet | None:
        """The lines, in pixels of the whole picture."""
        width = font(36).getlength
        lines = (Line(text, 40, top, int(width(text)), 44) for text, top in SAID)
        return Sheet(page, 720, 1280, tuple(lines))


@pytest.fixture
def screenshot(tmp_path: Path) -> str:
    """An order page as somebody's telephone saved it."""
    drawn = Image.new("RGB", (720, 1280), "white")
    pen = ImageDraw.Draw(drawn)
    for text, top in SAID:
        pen.text((40, top), text, font=font(36), fill="black")
    drawn.save(tmp_path / "订单截图.png")
    return str(tmp_path / "订单截图.png")


@pytest.fixture
def house(house: House) -> House:
    """A house that opens files and reads pictures."""
    inspector = CagedInspector()
    if not inspector.confinement.enough:
        pytest.skip(f"this system does not confine an inspector: {inspector.confinement}")
    house.world = replace(house.world, inspector=inspector, reader=Reader())
    return house


@pytest.fixture(params=[PHONE, DESK, NO_SCRIPT], ids=["phone", "desk", "no_script"])
def seats(request: pytest.FixtureRequest, house: House, chromium: Any, live_server: Any, screen: Any) -> Any:
    """One browser, on a phone, on a desk and without script."""
    seated = Seats(house, chromium, live_server.url, request.param, screen)
    yield seated
    seated.leave()


def up_to_the_evidence(page: Page, screenshot: str) -> None:
    """The first screens, with the record left empty and one screenshot handed in."""
    pages.start(page, "kuaishou-shop")
    page.locator("input[name='ask-money_just_paid'][value='no']").check(force=True)
    pages.next_screen(page)
    page.get_by_label("经过").fill(pages.SHOP_ORDER["story"])
    pages.next_screen(page)
    option = page.locator("label.choice").filter(has_text="商品质量不符").first
    if not option.is_visible():
        page.get_by_text("都不像？看全部").click()
    option.locator("input").check(force=True)
    pages.next_screen(page)
    page.locator("#id_respondent").fill("山间茶铺")
    page.locator("#id_record-id").fill("KS1")
    page.locator("#id_record-amount").fill("")
    for question, answer in pages.SHOP_ORDER["answers"].items():
        pages.choose(page, question, answer)
    pages.next_screen(page)
    item = page.locator("#item-order_no")
    if item.locator("details:not([open])").count():
        item.locator("details:not([open]) > summary").first.click()
    page.locator("#id_file-order_no").set_input_files(screenshot)
    item.get_by_role("button", name="上传这些").click()
    expect(page.locator("#item-order_no .kept")).to_have_count(1)


def test_what_a_screenshot_says_is_offered_and_filled_in_by_a_tap(
    house: House, seats: Seats, screenshot: str
) -> None:
    page = seats.complainant
    up_to_the_evidence(page, screenshot)
    expect(page.get_by_text("截图正在读。")).to_be_visible()
    seats.look(page, "1-evidence")
    pages.next_screen(page)
    page.get_by_role("group", name="选一项或几项").get_by_role("checkbox").locator(
        "xpath=following-sibling::span[starts-with(normalize-space(.), '退款')]"
    ).first.click()
    pages.next_screen(page)
    expect(page.get_by_text("还有1张截图在读")).to_be_visible()
    seats.look(page, "2-being-read")
    page.get_by_label("你的手机号或邮箱").fill("xiaoming@example.cn")
    seats.work()
    page.get_by_role("button", name="看看读好没有").click()

    # Three values, none of them in its field yet; the parcel's number is nobody's order number.
    card = page.locator("#readings")
    expect(card.locator("li")).to_have_count(3)
    expect(card).not_to_contain_text("SF1234567890123")
    expect(card.get_by_text("你填的是：KS1")).to_be_visible()
    expect(page.get_by_label("你的手机号或邮箱")).to_have_value("xiaoming@example.cn")
    seats.look(page, "3-offered")
    page.get_by_label("怎么称呼你").fill("王小明")
    card.get_by_role("button", name="改成这个 订单编号").click()
    expect(card.locator("li")).to_have_count(2)
    expect(page.locator(".facts").first).to_contain_text("KS2026091800123456")
    expect(page.get_by_label("怎么称呼你")).to_have_value("王小明")
    seats.look(page, "4-taken")

    # On the record's own screen the rest is offered beside the fields.
    page.get_by_role("link", name="改 这笔交易").click()
    expect(page.locator("#id_record-amount")).to_have_value("")
    seats.look(page, "5-record")
    page.locator("#readings").get_by_role("button", name="填进去 实付金额").click()
    expect(page.locator("#id_record-amount")).to_have_value("129.00")
    expect(page.locator("#id_record-happened_on")).to_have_value("")
    for _ in range(3):
        pages.next_screen(page)

    # Enter in a field files, as it always did: it taps nothing.
    expect(page.locator("#readings").get_by_role("button")).to_have_count(1)
    page.get_by_label("怎么称呼你").press("Enter")
    expect(page.get_by_role("heading", name="投诉已收下")).to_be_visible()
    assert not DraftReading.objects.exists()
    number = page.locator(".receipt__number strong").inner_text()
    pages.enter_code(page, last_code(house))
    pages.open_case(page, number)
    opened = house.world.cases.open(house.complainant(number), number)
    assert opened is not None
    subject = opened.case.subject
    assert (subject.id, subject.amount_fen, subject.happened_on) == ("KS2026091800123456", 12900, None)
