# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The complainant's pages as a person uses them: one function a thing to do, by the words on the screen."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

SHOP_ORDER: dict[str, Any] = {
    "platform": "kuaishou-shop",
    "answers": {
        "收到货了吗？": "收到了",
        "是买来自己或家人用的吗？": "是",
        "消费者协会、法院、仲裁机构或别的部门已经受理这件事了吗？": "没有",
    },
    "story": "11月8日在直播间买了明前龙井，付了129元，收到是碎末，和宣传的不一样，客服一直说正在处理。",
    "problem": "商品质量不符",
    "respondent": "山间茶铺",
    "record": {
        "订单编号": "KS0000000001",
        "商品名称": "明前龙井250克",
        "实付金额": "129.00",
        "签收日期": "2026-09-19",
    },
    "demand": "退款",
    "contact": "xiaoming@example.cn",
    "name": "王小明",
}
Look = Callable[[Page, str], Any]


def nothing(page: Page, name: str) -> None:
    """Look at no screen."""


def start(page: Page, platform: str) -> None:
    """From the home page to the first screen of filing."""
    page.goto("/")
    page.locator(f"a[href='/p/{platform}']").click()
    page.get_by_role("button", name="开始投诉").first.click()


def next_screen(page: Page) -> None:
    """Send this screen."""
    page.get_by_role("button", name="下一步").click()


def choose(page: Page, question: str, answer: str) -> None:
    """Answer a question of a screen."""
    options = page.get_by_role("group", name=question).locator("label.choice")
    options.filter(has_text=re.compile(rf"^\s*{re.escape(answer)}")).first.click()


def file_complaint(
    page: Page,
    given: Mapping[str, Any] = SHOP_ORDER,
    *,
    files: Mapping[str, str] | None = None,
    conditions: Sequence[Mapping[str, str]] = (),
    look: Look = nothing,
) -> str:
    """File through all seven screens; the number on the receipt. `files` maps an evidence kind to a path.

    `conditions` are rows of the table of a win's conditions, where the platform has one.
    """
    start(page, given["platform"])
    look(page, "1-check")
    page.locator("input[name='ask-money_just_paid'][value='no']").check(force=True)
    next_screen(page)
    page.get_by_label("经过").fill(given["story"])
    look(page, "2-story")
    next_screen(page)
    look(page, "3-problems")
    option = page.locator("label.choice").filter(has_text=given["problem"]).first
    if not option.is_visible():
        page.get_by_text("都不像？看全部").click()
    option.locator("input").check(force=True)
    next_screen(page)
    page.locator("#id_respondent").fill(given["respondent"])
    for label, value in given["record"].items():
        page.get_by_label(re.compile(rf"^{label}")).fill(value)
    for question, answer in given["answers"].items():
        choose(page, question, answer)
    look(page, "4-record")
    next_screen(page)
    for kind, path in (files or {}).items():
        item = page.locator(f"#item-{kind}")
        for folded in (
            item.locator("xpath=ancestor::details[not(@open)]").all()
            + item.locator("details:not([open])").all()
        ):
            folded.locator("> summary").click()
        page.locator(f"#id_file-{kind}").set_input_files(path)
        item.get_by_role("button", name="上传这些").click()
        expect(page.locator(f"#item-{kind} .kept")).to_have_count(1)
    list_conditions(page, conditions)
    look(page, "5-evidence")
    next_screen(page)
    page.get_by_role("group", name="选一项或几项").get_by_role("checkbox").locator(
        f"xpath=following-sibling::span[starts-with(normalize-space(.), '{given['demand']}')]"
    ).first.click()
    look(page, "6-demands")
    next_screen(page)
    page.get_by_label("你的手机号或邮箱").fill(given["contact"])
    page.get_by_label("怎么称呼你").fill(given["name"])
    look(page, "7-review")
    page.get_by_role("button", name="提交投诉").click()
    expect(page.get_by_role("heading", name="投诉已收下")).to_be_visible()
    number = page.locator(".receipt__number strong").inner_text()
    look(page, "8-filed")
    return number


def list_conditions(
    page: Page, rows: Sequence[Mapping[str, str]], *, refusal: str = "", on: str = ""
) -> None:
    """Fill in the rows of the table: text, state, met_on, announced, proof, exhibits."""
    for at, row in enumerate(rows):
        proof = page.locator(f".condition:has(#id_condition-text-{at}) details")
        if row and proof.get_attribute("open") is None:
            proof.locator("summary").click()
        for part, value in row.items():
            control = page.locator(f"#id_condition-{part}-{at}")
            if part in {"state", "announced"}:
                control.select_option(value)
            else:
                control.fill(value)
    if refusal:
        page.locator("#id_refusal").fill(refusal)
    if on:
        page.locator("#id_refusal-on").fill(on)


def show_account(page: Page, seen_in: str, name: str, id_: str = "", exhibit: str = "") -> None:
    """Add a row to the accounts side by side."""
    box = page.locator("#accounts details").first
    if box.get_attribute("open") is None:
        box.locator("> summary").click()
    box.locator("#id_seen_in").fill(seen_in)
    box.locator("#id_display_name").fill(name)
    box.locator("#id_account_id").fill(id_)
    box.locator("#id_account_exhibit").fill(exhibit)
    box.get_by_role("button", name="加进对照").click()


def enter_code(page: Page, code: str) -> None:
    """Type the code that arrived, on the receipt or the sign-in page."""
    page.get_by_label("验证码").fill(code)
    page.locator("form:has(#id_code) button[type=submit]").click()


def ask_for_code(page: Page, contact: str) -> None:
    """Ask for a sign-in code."""
    page.goto("/sign-in")
    page.get_by_label("手机号或邮箱").fill(contact)
    page.get_by_role("button", name="发验证码").click()


def open_case(page: Page, number: str, part: str = "") -> None:
    """A page of one's own case: "", evidence, talk, papers or record."""
    page.goto(f"/c/{number}/{part}".rstrip("/"))


def whose_move(page: Page) -> str:
    """「现在轮到…」"""
    return page.locator(".move__words").first.inner_text()


def clock(page: Page) -> Locator:
    """The countdown on top, with 「为什么是这天？」 unfolded."""
    first = page.locator(".clock").first
    why = first.locator("details")
    if why.get_attribute("open") is None:
        why.locator("summary").click()
    return first


def answer_request(page: Page, request: str, path: str, words: str = "") -> None:
    """Hand in what the operator asked for."""
    form = page.locator(f"#request-{request} form")
    form.locator("input[type=file]").set_input_files(path)
    form.locator("textarea").fill(words)
    form.get_by_role("button", name="补交").click()


def accept_offer(page: Page) -> None:
    """Accept the offer on the table."""
    page.locator("#offer").get_by_role("button", name="接受", exact=True).click()


def refuse_offer(page: Page) -> None:
    """Refuse the offer on the table."""
    page.locator("#offer").get_by_role("button", name="不接受").click()


def propose(page: Page, remedy: str, amount: str, words: str = "") -> None:
    """Make a proposal, or counter the one on the table."""
    page.locator("#propose > summary").click()
    form = page.locator("#propose form")
    for box in form.locator("input[name=term]").all():
        box.uncheck(force=True)
    form.locator(f"input[name=term][value={remedy}]").check(force=True)
    if amount:
        form.locator(f"#id_amount-{remedy}").fill(amount)
    form.locator("#id_offer_text").fill(words)
    form.get_by_role("button", name="发给对方").click()


def escalate(page: Page) -> None:
    """Take the next step."""
    page.locator("#escalate").get_by_role("button").click()


def give_more_time(page: Page) -> None:
    """再给对方3天."""
    page.locator("#extend > summary").click()
    page.locator("#extend").get_by_role("button", name="多给3天").click()


def perform_my_step(page: Page, remedy: str, proof: str) -> None:
    """Report one's own step of a remedy done."""
    form = page.locator(f"#step-{remedy}")
    form.locator("input[name=note]").fill(proof)
    form.get_by_role("button", name="做好了").click()


def confirm_remedy(page: Page, remedy: str) -> None:
    """收到了."""
    page.locator(f"#remedy-{remedy}").get_by_role("button", name="收到了").click()


def dispute_remedy(page: Page, remedy: str, reason: str, words: str) -> None:
    """没收到 (not_received) or 东西不对 (wrong_thing)."""
    page.locator(f"#dispute-{remedy} > summary").click()
    form = page.locator(f"#dispute-{remedy} form")
    form.locator(f"input[name=reason][value={reason}]").check(force=True)
    form.locator("textarea").fill(words)
    form.get_by_role("button").click()


def accept_decision(page: Page) -> None:
    """接受，不申诉."""
    page.locator("#decision").get_by_role("button", name="接受，不申诉").click()


def appeal(page: Page, reasons: str) -> None:
    """Appeal the decision."""
    if page.locator("#appeal").get_attribute("open") is None:
        page.locator("#appeal > summary").click()
    page.locator("#appeal textarea").fill(reasons)
    page.get_by_role("button", name="提交申诉").click()


def record_filing(
    page: Page, number: str, channel: str, receipt_no: str = "", *, warned: bool = False
) -> None:
    """Record that one filed at an outside door; `channel` is its id, such as s3.ch.samr."""
    open_case(page, number, "papers")
    door = page.locator(f"[id='door-{channel}']")
    door.locator("details > summary").click()
    door.locator("input[name=receipt_no]").fill(receipt_no)
    if warned:
        door.locator("input[name=warned]").check(force=True)
    door.get_by_role("button", name="记下，开始计时").click()


def record_outside_answer(page: Page, number: str, filing: str, state: str, words: str) -> None:
    """Record what an outside body said; `state` is admitted, not_admitted, answered, solved or ended."""
    open_case(page, number, "papers")
    card = page.locator(f"#filing-{filing}")
    card.get_by_text("记下对方的答复").click()
    card.locator("select[name=state]").select_option(state)
    card.locator("textarea[name=answer]").fill(words)
    card.get_by_role("button", name="记下", exact=True).click()


def log_contact(page: Page, number: str, channel: str, result: str, words: str = "") -> None:
    """Note one attempt to reach somebody; `result` is no_answer, holding, refused, promised, offered or solved."""
    open_case(page, number, "talk")
    box = page.locator("#contacts details").first
    if box.get_attribute("open") is None:
        box.locator("> summary").click()
    box.locator("#id_channel").fill(channel)
    box.locator(f"input[name=result][value={result}]").check(force=True)
    box.locator("#id_answer").fill(words)
    box.get_by_role("button", name="记下").click()


def add_exhibit(page: Page, number: str, kind: str, path: str) -> None:
    """Hand in one more piece of evidence."""
    open_case(page, number, "evidence")
    page.locator("#add #id_kind").select_option(kind)
    page.locator("#add #id_file").set_input_files(path)
    page.locator("#add").get_by_role("button", name="上传").click()


def withdraw(page: Page, reason: str = "") -> None:
    """Take the complaint back."""
    page.locator("#withdraw > summary").click()
    page.locator("#withdraw input[name=reason]").fill(reason)
    page.locator("#withdraw").get_by_role("button", name="撤回").click()
