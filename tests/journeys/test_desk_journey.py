# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The desk in a browser: queue, search, one case on one page, a call taken, a decision and its appeal to another person."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recourse.actions.appeal_decision import appeal_decision
from recourse.core.actor import Role
from tests.accessibility import serious_findings
from tests.desk.desk_people import account, actor_of, adjudicated_case, decide, to_today, told_case
from tests.journeys import desk_pages as desk
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Look = Callable[[str], None]


@pytest.fixture(params=["phone", "desktop", "no_script_phone"])
def page(request: pytest.FixtureRequest) -> Page:
    """The same journey on a phone, on a desk, and on a phone without script."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def look(request: pytest.FixtureRequest, page: Page, screen: Any) -> Look:
    """Keeps a picture of the page and holds it to the rules of all pages."""

    def at(name: str) -> None:
        screen(page, name)
        # axe waits for timers, which a page without script has not; its markup is judged in the runs with script.
        if request.node.callspec.params["page"] != "no_script_phone":
            assert serious_findings(page) == []

    return at


def test_an_agent_works_through_the_queue(house: House, page: Page, look: Look) -> None:
    to_today(house)
    number = told_case(house)
    house.served(
        record={"id": "KS77", "amount": "6800.00", "title": "红木茶台"}, demands=[{"kind": "refund"}]
    )
    house.file(story="一直没收到货，物流不动。", problems=["s3.pt.logistics"])
    staff = account(Role.agent)
    desk.sign_in(page, staff.username)
    look("1-queue")
    desk.search(page, "碎末")
    expect(page.locator(f"#row-{number}")).to_be_visible()
    desk.open_case(page, number)
    look("2-case")
    desk.take(page)
    expect(page.get_by_text("已分派。")).to_be_visible()
    desk.set_point(page, row=0, about="茶叶是不是碎末", a="是碎末", b="运输挤压", exhibits="1", agreed=False)
    expect(page.get_by_text("争议焦点已保存。")).to_be_visible()
    desk.ask_for_evidence(page, of="respondent", kind="photo", text="发货前的照片")
    expect(page.get_by_text("已发出，开始计时。")).to_be_visible()
    desk.note(page, "买家以前没有投诉过")
    expect(page.get_by_text("买家以前没有投诉过")).to_have_count(1)
    look("3-worked")


def test_a_call_is_taken_down(house: House, page: Page, look: Look) -> None:
    to_today(house)
    desk.sign_in(page, account(Role.agent).username)
    page.goto("/desk/phone")
    look("1-platform")
    given = {
        "complainant.name": "李婶",
        "complainant.contact": "13800138000",
        "story": "买的茶壶漏水，客服不理。",
        "respondent.name": "山间茶铺",
        "record.id": "KS0000004242",
        "record.amount": "88",
        "answers.money_just_paid": "no",
        "answers.goods_received": "yes",
    }
    number = desk.take_call(
        page, "kuaishou-shop", given=given, problem="s3.pt.quality", demand="refund", vouched=True
    )
    expect(page.get_by_text(f"已登记，编号{number}").first).to_be_visible()
    expect(page.get_by_text("电话登记").first).to_be_visible()
    page.goto("/desk/phone/kuaishou-shop")
    look("2-form")


def test_a_neutral_decides_and_another_hears_the_appeal(house: House, page: Page, look: Look) -> None:
    to_today(house)
    number = adjudicated_case(house)
    first, second = account(Role.neutral), account(Role.neutral, name="周中立")
    desk.sign_in(page, first.username)
    desk.open_case(page, number)
    look("1-decide")
    desk.decide(page, facts="", reasons="照片清楚。", terms={"refund": "500"}, grounds=["ecl.17"])
    expect(page.get_by_text("请写认定的事实。").first).to_be_visible()
    expect(page.locator("#id_reasons")).to_have_value("照片清楚。")
    desk.decide(
        page, facts="收到的是碎末。", reasons="照片清楚。", terms={"refund": "129.00"}, grounds=["ecl.17"]
    )
    expect(page.get_by_text("决定已发出。")).to_be_visible()
    look("2-decided")
    merchant = house.respondent()
    house.do(appeal_decision(house.world, actor=merchant, number=number, reasons="检测报告没有被考虑。"))
    desk.open_case(page, number)
    expect(page.get_by_text("申诉要由另一位中立人复核")).to_be_visible()
    expect(page.locator("#issue")).to_have_count(0)
    page.context.clear_cookies()
    desk.sign_in(page, second.username)
    desk.open_case(page, number)
    desk.decide(page, facts="检测报告核实过。", reasons="维持。", terms={"refund": "129.00"})
    expect(page.get_by_text("决定已发出。")).to_be_visible()


def test_an_auditor_only_looks(house: House, page: Page, look: Look) -> None:
    to_today(house)
    number = adjudicated_case(house)
    decide(house, number, actor_of(account(Role.neutral)))
    desk.sign_in(page, account(Role.auditor).username)
    desk.open_case(page, number)
    expect(page.locator("main form")).to_have_count(0)
    look("auditor")
