# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Evidence to look at: pictures in the page on every seat, screenshots read as one chat, the payment of a bill."""

import io
import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from recourse.actions.add_exhibit import add_exhibit
from recourse.actions.inspect_exhibit import inspect_exhibit
from recourse.actions.story import perform
from recourse.core.actor import Role
from recourse.core.vocabulary import EvidenceKind
from recourse.gateways.inspector import CagedInspector
from tests.bills import WECHAT
from tests.conftest import visit
from tests.journeys import pages
from tests.journeys.seats import PHONE, Seats
from tests.screens import font, thread
from tests.store.house import OPERATOR, House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WECHAT_BROWSER = (
    "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0.6478.188 Mobile Safari/537.36 MicroMessenger/8.0.50.2701(0x2800325B) WeChat/arm64 Language/zh_CN"
)


def order_page() -> bytes:
    """An order as a PDF of two pages."""
    sheets = []
    for page in ("订单 KS0000000001 明前龙井250克 ¥129.00", "商品详情：宣传与实物"):
        sheet = Image.new("RGB", (620, 877), "white")
        ImageDraw.Draw(sheet).text((40, 60), page, font=font(24), fill="black")
        sheets.append(sheet)
    kept = io.BytesIO()
    sheets[0].save(kept, "PDF", save_all=True, append_images=sheets[1:])
    return kept.getvalue()


def hand_in(house: House, number: str, kind: EvidenceKind, data: bytes, name: str) -> None:
    """One file of the complainant's."""
    person = house.complainant(number)
    house.do(
        add_exhibit(house.world, actor=person, number=number, kind=kind, chunks=[data], name=name, note="")
    )


def look(house: House, number: str) -> None:
    """Whoever makes the previews has got round to this case."""
    inspector = CagedInspector()
    if not inspector.confinement.enough:
        pytest.skip(f"this system does not confine an inspector: {inspector.confinement}")
    world = replace(house.world, inspector=inspector)
    opened = house.world.cases.open(house.staff(), number)
    assert opened is not None
    for item in opened.case.exhibits:
        perform(inspect_exhibit(world, number=number, operator=OPERATOR, no=item.no))


@pytest.fixture
def told(house: House) -> str:
    """A case with five screenshots out of order, a PDF, a bill, a mail and a file that does not open."""
    number = house.served()
    shots = thread(5, seed=12)
    mixed = list(enumerate(shots))
    random.Random(2).shuffle(mixed)
    for place, shot in mixed:
        hand_in(
            house, number, EvidenceKind.chat_export, shot.data, f"Screenshot_20261108_0915{place:02d}.jpg"
        )
    hand_in(house, number, EvidenceKind.order_no, order_page(), "订单.pdf")
    hand_in(house, number, EvidenceKind.payment_record, WECHAT, "微信账单.csv")
    hand_in(house, number, EvidenceKind.photo, b"\x89PNG\r\n\x1a\n" + bytes(400), "坏图.png")
    return number


def all_shown(page: Page) -> bool:
    """Whether every picture of the page has arrived."""
    page.wait_for_load_state("networkidle")
    return bool(
        page.evaluate(
            "[...document.images].every(i => i.loading === 'lazy' || (i.complete && i.naturalWidth > 0))"
        )
    )


def test_everybody_sees_the_evidence_in_the_page(house: House, told: str, seats: Seats) -> None:
    person = seats.sign_in()
    person.goto(f"/c/{told}/evidence")
    expect(person.get_by_text("正在准备预览").first).to_be_visible()
    seats.look(person, "waiting")
    look(house, told)
    person.reload()
    assert all_shown(person)
    seats.look(person, "list")
    person.locator("#mine").get_by_role("link", name="订单.pdf").click()
    expect(person.get_by_text("第2页", exact=True)).to_be_visible()
    assert all_shown(person)
    seats.look(person, "pdf")
    person.goto(f"/c/{told}/exhibit/8/view")
    expect(person.get_by_text("文件不完整或已损坏").first).to_be_visible()
    person.goto(f"/c/{told}/exhibit/7/view")
    person.get_by_role("button", name="就是这笔").first.click()
    expect(person.locator("#mine").get_by_text("4200001234")).to_be_visible()
    person.goto(f"/c/{told}/exhibit/7/view")
    seats.look(person, "bill")

    merchant = seats.merchant(told)
    merchant.goto(f"/r/c/{told}")
    assert all_shown(merchant)
    seats.look(merchant, "other-side")
    merchant.goto(f"/r/c/{told}/exhibit/1/view")
    expect(merchant.get_by_text("这里看到的是副本")).to_be_visible()
    expect(merchant.get_by_role("link", name="下载原件")).to_have_count(0)
    assert all_shown(merchant)
    seats.look(merchant, "other-side-picture")

    desk = seats.staff(Role.neutral)
    desk.goto(f"/desk/c/{told}/exhibit/1/view")
    seats.look(desk, "desk-picture")


def test_screenshots_read_as_one_chat_and_the_owner_mends_the_order(
    house: House, told: str, seats: Seats
) -> None:
    look(house, told)
    person = seats.sign_in()
    person.goto(f"/c/{told}/evidence")
    person.get_by_role("button", name="把我的聊天截图连起来读").click()
    parts = person.locator(".thread__part")
    expect(parts).to_have_count(5)
    # In the order in which they were taken, whatever order they were handed in.
    numbers = [text.strip() for text in person.locator(".thread__no").all_inner_texts()]
    taken = sorted(house.world.cases.open(house.staff(), told).case.exhibits[:5], key=lambda item: item.name)
    assert numbers == [f"证{item.no}" for item in taken]
    boxes = [parts.nth(index).bounding_box() for index in range(5)]
    gaps = [round(b["y"] - a["y"] - a["height"], 1) for a, b in itertools.pairwise(boxes) if a and b]
    # One below another, without a seam.
    assert len(gaps) == 4 and all(abs(gap) < 2 for gap in gaps), gaps
    person.wait_for_load_state("networkidle")
    seats.look(person, "thread")
    person.get_by_text("顺序不对？改一下").click()
    person.get_by_label("按先后写证据编号").fill("3 2 1 4 5")
    person.get_by_role("button", name="保存顺序").click()
    expect(person.get_by_text("顺序已保存。")).to_be_visible()
    person.goto(f"/c/{told}/thread/complainant")
    expect(person.get_by_text("按提交人自己排的顺序。")).to_be_visible()
    assert person.locator(".thread__no").first.inner_text() == "证3"


@pytest.fixture
def in_wechat(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A phone inside WeChat, without JavaScript to help."""
    yield from visit(
        chromium, base=live_server.url, **PHONE, user_agent=WECHAT_BROWSER, java_script_enabled=False
    )


def test_inside_wechat_nothing_has_to_be_downloaded(house: House, told: str, in_wechat: Page) -> None:
    look(house, told)
    pages.ask_for_code(in_wechat, "xiaoming@example.cn")
    from tests.journeys.respondent_pages import last_code

    pages.enter_code(in_wechat, last_code(house, "xiaoming@example.cn"))
    in_wechat.goto(f"/c/{told}/evidence")
    in_wechat.locator("#mine").get_by_role("link", name="订单.pdf").click()
    expect(in_wechat.locator(".sheet img")).to_have_count(2)
    picture = in_wechat.locator(".sheet img").first
    expect(picture).to_be_visible()
    answer = in_wechat.request.get(str(picture.get_attribute("src")))
    assert (
        answer.headers["content-type"] == "image/jpeg" and answer.headers["content-disposition"] == "inline"
    )
    assert answer.headers["cache-control"] == "private, no-store"
    assert (
        answer.headers["x-content-type-options"] == "nosniff"
        and "sandbox" in answer.headers["content-security-policy"]
    )
