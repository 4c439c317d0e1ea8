# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Masks from end to end: handed in, proposed, changed with a tap, drawn with a finger; the other side never sees beneath."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from recourse.core.region import Page as Sheet
from recourse.core.screen import Line
from recourse.gateways.inspector import CagedInspector
from tests.journeys.seats import Seats
from tests.screens import font
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH, HEIGHT = 720, 1280
PHONE = ("收件人电话：13912345678", 300)
ACCOUNT = ("微信号：tea_lover_88", 700)
RED = (200, 20, 20)


class Reader:
    """Reads what was drawn, where it was drawn: the OCR is an extra, and this journey is not about how well it reads."""

    def read(self, data: bytes, *, page: int) -> Sheet | None:
        """The two lines, in pixels of the whole picture."""
        width = font(40).getlength
        lines = tuple(Line(text, 40, top, int(width(text)), 48) for text, top in (PHONE, ACCOUNT))
        return Sheet(page, WIDTH, HEIGHT, lines)


@pytest.fixture
def screenshot(tmp_path: Path) -> Path:
    """A chat with a phone and an account in red, as somebody's telephone saved it."""
    drawn = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(drawn)
    pen.text((40, 120), "订单 KS0000000001  ¥129.00", font=font(40), fill="black")
    for text, top in (PHONE, ACCOUNT):
        pen.text((40, top), text, font=font(40), fill=RED)
    drawn.save(tmp_path / "聊天截图.png")
    return tmp_path / "聊天截图.png"


@pytest.fixture
def house(house: House) -> House:
    """A house that opens files and reads pictures."""
    inspector = CagedInspector()
    if not inspector.confinement.enough:
        pytest.skip(f"this system does not confine an inspector: {inspector.confinement}")
    house.world = replace(house.world, inspector=inspector, reader=Reader())
    return house


def fetched(page: Page) -> Image.Image:
    """The picture of the exhibit that this page shows, as the server hands it out."""
    answer = page.request.get(str(page.locator(".sheet img").first.get_attribute("src")))
    assert answer.ok
    return Image.open(io.BytesIO(answer.body())).convert("RGB")


def hidden(picture: Image.Image, line: tuple[str, int]) -> bool:
    """Whether the end of a line, where its number stands, is black; it is red if it can be read."""
    end = 40 + int(font(40).getlength(line[0]))
    strip = picture.crop((end - 160, line[1] + 4, end, line[1] + 44))
    red = any(r - max(g, b) > 60 for r, g, b in strip.get_flattened_data())
    black = max(max(dot) for dot in strip.get_flattened_data()) < 20
    assert red is not black
    return black


def both(picture: Image.Image) -> tuple[bool, bool]:
    """Whether phone and account are hidden."""
    return hidden(picture, PHONE), hidden(picture, ACCOUNT)


def as_others_see_it(page: Page, number: str, merchant: Page) -> tuple[bool, bool]:
    """What is hidden, told by the merchant's own page, and the owner's view of it shows the same picture."""
    merchant.goto(f"/r/c/{number}/exhibit/1/view")
    theirs = fetched(merchant)
    page.get_by_role("link", name="对方看到的是什么样").click()
    assert fetched(page).tobytes() == theirs.tobytes()
    page.go_back()
    assert merchant.request.get(f"/r/c/{number}/exhibit/1").status == 404
    return both(theirs)


def drag(page: Page, begin: tuple[float, float], end: tuple[float, float], *, finger: bool) -> None:
    """Over the picture, in parts of its width and height; by touch or with the mouse."""
    page.locator(".sheet img").first.scroll_into_view_if_needed()
    edge = page.locator(".sheet__masks").first.bounding_box()
    assert edge is not None
    points = [(edge["x"] + x * edge["width"], edge["y"] + y * edge["height"]) for x, y in (begin, end)]
    if not finger:
        page.mouse.move(*points[0])
        page.mouse.down()
        page.mouse.move(*points[1], steps=4)
        page.mouse.up()
        return
    touch: Any = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", points[0]), ("touchMove", points[1])):
        spot = [{"x": at[0], "y": at[1]}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spot})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_masks_are_proposed_changed_and_drawn(house: House, screenshot: Path, seats: Seats) -> None:
    number = house.served()
    merchant = seats.merchant(number)
    person = seats.sign_in()
    person.goto(f"/c/{number}/evidence")
    person.get_by_label("拍照或选文件").set_input_files(screenshot)
    person.get_by_role("button", name="上传").first.click()
    expect(person.locator("#mine").get_by_text("聊天截图.png")).to_be_visible()
    merchant.goto(f"/r/c/{number}/exhibit/1/view")
    expect(merchant.get_by_text("给你看的副本还没准备好")).to_be_visible()
    seats.work()

    # The phone is proposed, and black before anybody chose.
    person.goto(f"/c/{number}/exhibit/1/view")
    person.wait_for_load_state("networkidle")
    expect(person.locator("#masks li")).to_have_text([r"1. 电话 — 遮住 改为给对方看"])
    assert both(fetched(person)) == (False, False)
    assert as_others_see_it(person, number, merchant) == (True, False)
    merchant.wait_for_load_state("networkidle")
    seats.look(merchant, "merchant")
    seats.look(person, "proposed")

    # A finger over the account.
    person.get_by_role("button", name="在图上画方框").click()
    drag(person, (0.04, 0.53), (0.9, 0.6), finger=seats.kind["width"] < 600)
    seats.look(person, "drawn")
    person.get_by_role("button", name="遮住这里").first.click()
    expect(person.get_by_text("自己画的方框")).to_be_visible()
    person.get_by_role("link", name="对方看到的是什么样").click()
    expect(person.get_by_text("遮挡正在画，现在对方看不到它的内容。")).to_be_visible()
    expect(person.locator(".sheet")).to_have_count(0)
    seats.look(person, "withheld")
    merchant.reload()
    expect(merchant.locator(".sheet")).to_have_count(0)
    seats.work()
    person.get_by_role("link", name="回到完整的").click()
    assert as_others_see_it(person, number, merchant) == (True, True)

    # One tap shows the phone; by numbers, as without a script, it is hidden again.
    person.locator("#masks li").filter(has_text="电话").get_by_role("button").click()
    seats.work()
    person.reload()
    assert as_others_see_it(person, number, merchant) == (False, True)
    person.get_by_text("用数字加一个方框").click()
    for name, value in (("上边从", "22.5"), ("下边到", "28"), ("左边从", "0"), ("右边到", "100")):
        person.get_by_label(name, exact=True).fill(value)
    person.locator("#mask-box").get_by_role("button").click()
    seats.work()
    person.reload()
    assert as_others_see_it(person, number, merchant) == (True, True)
    person.get_by_role("link", name="对方看到的是什么样").click()
    person.wait_for_load_state("networkidle")
    seats.look(person, "as-others")
    # What the owner keeps is whole.
    person.get_by_role("link", name="回到完整的").click()
    assert both(fetched(person)) == (False, False)
