# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The page of programs in a browser: a token made, seen once, ended; an endpoint added; on phones and desks."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recourse.core.actor import Role
from tests.accessibility import serious_findings
from tests.desk.desk_people import account, at_desk
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["phone", "desktop"])
def page(request: pytest.FixtureRequest) -> Page:
    """The same journey on a phone and on a desk."""
    return request.getfixturevalue(request.param)


def test_an_owner_gives_a_token_and_says_where_events_go(
    house: House, page: Page, live_server: Any, screen: Any
) -> None:
    session = at_desk(account(Role.owner)).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    page.goto("/desk/programs")
    page.get_by_text("建一个令牌").click()
    page.get_by_label("名字（哪个程序用）").fill("订单系统")
    page.get_by_label("查看投诉").check()
    screen(page, "form")
    assert serious_findings(page) == []
    page.locator("#add-token").click()
    word = page.locator("#word")
    expect(word).to_have_text(re.compile(r"^rcs_[\w-]{43}$"))
    screen(page, "token")
    assert serious_findings(page) == []
    page.goto("/desk/programs")
    expect(page.locator("#word")).to_have_count(0)
    page.get_by_role("button", name="停用“订单系统”").click()
    expect(page.locator("#tokens")).to_contain_text("已停用")
    page.get_by_text("加一个接收地址").click()
    page.get_by_label("地址（https）").fill("https://orders.example.cn/hooks")
    page.locator("#add-endpoint").click()
    expect(page.locator("#secret")).to_have_text(re.compile("^whsec_"))
    page.get_by_role("button", name="发测试消息").click()
    expect(page.locator("#log")).to_contain_text("webhook.test")
    screen(page, "log")
    assert serious_findings(page) == []
