# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The merchant on a phone and at a desk: in, read, answer, hand over; the pages are sound and say what silence does."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recourse.core.actor import Role
from tests.accessibility import serious_findings
from tests.conftest import visit
from tests.desk.desk_people import account, actor_of, adjudicated_case, decide, to_today, told_case
from tests.journeys import respondent_pages as merchant
from tests.store.house import MERCHANT_MAIL, House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    """The same journey on a phone and on a desk."""
    return request.getfixturevalue(request.param)


def test_a_merchant_comes_in_reads_offers_and_takes_back(house: House, page: Page, screen: Any) -> None:
    to_today(house)
    number, other = told_case(house), house.served(record={"id": "KS99", "amount": "158.00", "title": "茶杯"})
    page.goto("/r/")
    screen(page, "1-entry")
    assert serious_findings(page) == []
    merchant.enter(page, house, number)
    expect(page.locator(f"#case-{other}")).to_be_visible()
    screen(page, "2-list")
    assert serious_findings(page) == []
    merchant.open_case(page, number)
    expect(page.get_by_text("到期没有动静，自动转平台审核。").first).to_be_visible()
    page.get_by_text("为什么是这天？").first.click()
    screen(page, "3-case")
    assert serious_findings(page) == []
    merchant.hold(page)
    expect(page.locator(".talk__holding")).to_be_visible()
    expect(page.locator(".move__words")).to_have_text("现在轮到你")
    merchant.offer(page, "refund", "60", "退一半，茶不用寄回")
    expect(page.get_by_text("方案已发给对方。")).to_be_visible()
    screen(page, "4-offered")
    page.get_by_role("button", name="收回方案").click()
    expect(page.get_by_text("方案已收回。")).to_be_visible()
    merchant.agree(page)
    merchant.perform_step(page, "退款流水号 2026112200001")
    expect(page.get_by_text("已记下这一步。")).to_be_visible()
    screen(page, "5-performing")
    assert serious_findings(page) == []


def test_the_same_answer_goes_to_those_selected(house: House, page: Page, screen: Any) -> None:
    to_today(house)
    numbers = [house.served() for _ in range(3)]
    merchant.enter(page, house, MERCHANT_MAIL.value)
    for number in numbers[:2]:
        page.locator(f"#pick-{number}").check()
    page.locator("input[name='kind'][value='refusal']").check(force=True)
    page.locator("#id_text").fill("商品与页面一致，检测报告已上传。")
    page.locator("#send-answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2件已答复")
    screen(page, "results")
    assert serious_findings(page) == []


def test_a_colleague_works_by_a_link_that_can_be_taken_back(
    house: House, phone: Page, chromium: Any, live_server: Any, screen: Any
) -> None:
    to_today(house)
    number = house.served()
    house.served()
    merchant.enter(phone, house, number)
    link = merchant.make_link(phone, number)
    screen(phone, "1-made")
    assert serious_findings(phone) == []
    visitors = visit(chromium, base=live_server.url, width=390, height=844)
    colleague = next(visitors)
    colleague.goto(link)
    screen(colleague, "2-link")
    assert serious_findings(colleague) == []
    colleague.get_by_role("button", name="打开投诉").click()
    expect(colleague.locator(".todo__row")).to_have_count(1)
    merchant.open_case(colleague, number)
    merchant.refuse(colleague, "我们有检测报告")
    expect(colleague.get_by_text("已记下你的理由")).to_be_visible()
    phone.goto("/r/hand-over")
    phone.get_by_text("用过2次").click()
    expect(phone.get_by_text(f"refuse {number}")).to_be_visible()
    phone.get_by_role("button", name="收回").click()
    expect(phone.get_by_text("链接已收回")).to_be_visible()
    assert colleague.goto(f"/r/c/{number}").status == 404  # type: ignore[union-attr]
    next(visitors, None)


def test_a_decision_is_read_and_appealed(house: House, page: Page, screen: Any) -> None:
    to_today(house)
    number = adjudicated_case(house)
    decide(house, number, actor_of(account(Role.neutral)))
    merchant.enter(page, house, MERCHANT_MAIL.value)
    merchant.open_case(page, number)
    screen(page, "1-decided")
    assert serious_findings(page) == []
    merchant.appeal(page, "检测报告没有被考虑。")
    expect(page.get_by_text("申诉已提交，会换人复核。")).to_be_visible()


def test_everything_works_without_script(house: House, no_script_phone: Page) -> None:
    to_today(house)
    number = house.served()
    merchant.enter(no_script_phone, house, number)
    merchant.open_case(no_script_phone, number)
    merchant.promise(no_script_phone, "2099-01-01", "补发")
    expect(no_script_phone.get_by_text("承诺的日期最远60天").first).to_be_visible()
    expect(no_script_phone.locator("#promise_text")).to_have_value("补发")
    merchant.refuse(no_script_phone, "没有质量问题")
    expect(no_script_phone.get_by_text("已记下你的理由")).to_be_visible()
