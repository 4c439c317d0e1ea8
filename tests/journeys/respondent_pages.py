# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The respondent's pages as a merchant uses them: one function a thing to do, by the words on the screen."""

import re

from playwright.sync_api import Page, expect

from tests.portal.person import last_code
from tests.store.house import MERCHANT_MAIL, House


def enter(page: Page, house: House, given: str, *, address: str = MERCHANT_MAIL.value) -> None:
    """In by case number or registered contact, with the code that arrives there; ends on the list."""
    page.goto("/r/")
    page.locator("#id_given").fill(given)
    page.get_by_role("button", name="发验证码").click()
    page.locator("#id_code").fill(last_code(house, address))
    page.get_by_role("button", name="进入").click()
    expect(page).to_have_url(re.compile("/r/cases$"))


def open_case(page: Page, number: str) -> None:
    """From the list to one case."""
    page.goto("/r/cases")
    page.locator(f"#case-{number} a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def agree(page: Page) -> None:
    """同意."""
    page.locator("#do-agree summary").click()
    page.get_by_role("button", name="同意，按请求做").click()


def offer(page: Page, kind: str, amount: str = "", text: str = "") -> None:
    """部分同意，提方案: one remedy, with its sum where it has one."""
    page.locator("#do-offer summary").click()
    page.locator(f"#do-offer input[name='term'][value='{kind}']").check()
    if amount:
        page.locator(f"#id_amount-{kind}").fill(amount)
    page.locator("#offer_text").fill(text)
    page.get_by_role("button", name="发出方案").click()


def refuse(page: Page, reason: str) -> None:
    """不同意, with the reason."""
    page.locator("#do-refuse summary").click()
    page.locator("#refuse_text").fill(reason)
    page.get_by_role("button", name="不同意，提交理由").click()


def promise(page: Page, day: str, text: str) -> None:
    """承诺日期; `day` is an ISO date."""
    page.locator("#do-promise summary").click()
    page.locator("#promise_at").fill(day)
    page.locator("#promise_text").fill(text)
    page.get_by_role("button", name="承诺", exact=True).click()


def hold(page: Page, text: str = "正在处理") -> None:
    """The reply that is none."""
    page.locator("#do-holding summary").click()
    page.locator("#holding_text").fill(text)
    page.get_by_role("button", name="知道不算答复，先转告").click()


def accept_offer(page: Page) -> None:
    """Accept the other side's offer."""
    page.locator("#accept-offer").click()


def perform_step(page: Page, proof: str, *, file: str = "") -> None:
    """Report the next step of the remedy done, with words and perhaps a picture as its proof."""
    step = page.locator("form[id^='step-']").first
    step.locator("input[name='note']").fill(proof)
    if file:
        step.locator("input[type='file']").set_input_files(file)
    step.get_by_role("button", name="这一步做完了").click()


def appeal(page: Page, reasons: str) -> None:
    """Appeal the decision."""
    page.locator("#appeal summary").click()
    page.locator("#id_reasons").fill(reasons)
    page.get_by_role("button", name="提交申诉").click()


def answer_late(page: Page, cause: str) -> None:
    """A late answer after a default."""
    page.locator("#late_text").fill(cause)
    page.get_by_role("button", name="提交迟到的答复").click()


def make_link(page: Page, number: str = "") -> str:
    """A hand-over link for one case, or for all without a number; the path that the colleague opens."""
    page.goto(f"/r/hand-over?number={number}" if number else "/r/hand-over")
    page.get_by_role("button", name="生成链接").click()
    return "/r/l/" + page.locator("#id_link").input_value().rpartition("/")[2]
