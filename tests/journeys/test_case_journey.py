# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case page through its stages in a browser; the other side and the operator act through the same actions."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from recourse.actions.answer_claim import answer_claim
from recourse.actions.ask_for_evidence import ask_for_evidence
from recourse.actions.decide_case import decide_case
from recourse.actions.make_offer import make_offer
from recourse.actions.perform_step import perform_step
from recourse.core.actor import Role
from recourse.core.claim import Term
from recourse.core.vocabulary import AnswerKind, EvidenceKind, Party, RemedyKind
from tests.accessibility import serious_findings
from tests.journeys import pages
from tests.portal.person import last_code, run_jobs
from tests.store.house import House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(screen: Any, page: Page, name: str) -> Path:
    """Keep a picture of the page and hold it to the rules that every page keeps."""
    page.wait_for_load_state()
    path = screen(page, name)
    assert serious_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    return path


def on_the_case_page(house: House, page: Page) -> str:
    """File with a served merchant, sign in and stand on the case page."""
    number = house.served()
    pages.ask_for_code(page, "xiaoming@example.cn")
    pages.enter_code(page, last_code(house))
    pages.open_case(page, number)
    return number


def test_offer_counter_settlement_and_confirmation(house: House, phone: Page, screen) -> None:
    number = on_the_case_page(house, phone)
    merchant = house.respondent()
    house.do(
        answer_claim(
            house.world, actor=merchant, number=number, kind=AnswerKind.holding, text="正在处理，请耐心等待"
        )
    )
    pages.open_case(phone, number)
    looked_at(screen, phone, "holding")
    expect(phone.get_by_text("“正在处理”不算答复，时间照算。").first).to_be_visible()
    terms = (Term(RemedyKind.refund, 50_00),)
    house.do(make_offer(house.world, actor=merchant, number=number, terms=terms, text="退一部分可以吗"))
    pages.open_case(phone, number)
    looked_at(screen, phone, "offer")
    assert pages.whose_move(phone) == "现在轮到你"
    pages.propose(phone, "refund", "129", "要退就退全款")
    looked_at(screen, phone, "countered")
    terms = (Term(RemedyKind.refund, 129_00),)
    house.do(make_offer(house.world, actor=merchant, number=number, terms=terms, text="好，全退"))
    pages.open_case(phone, number)
    pages.accept_offer(phone)
    looked_at(screen, phone, "settled")
    house.do(
        perform_step(house.world, actor=merchant, number=number, remedy="r1", index=0, note="流水号8899")
    )
    pages.open_case(phone, number)
    looked_at(screen, phone, "performed")
    expect(phone.get_by_text("你没确认，我们不算“已解决”。").first).to_be_visible()
    pages.confirm_remedy(phone, "r1")
    looked_at(screen, phone, "confirmed")
    expect(phone.locator(".move--done")).to_be_visible()


def test_decision_appeal_and_the_doors_outside(house: House, phone: Page, screen) -> None:
    number = on_the_case_page(house, phone)
    house.clock.ahead(days=3)
    house.run_deadlines(number)
    house.do(
        ask_for_evidence(
            house.world,
            actor=house.staff(Role.agent),
            number=number,
            of=Party.complainant,
            kind=EvidenceKind.photo,
            text="请补一张茶叶碎末的近照",
        )
    )
    pages.open_case(phone, number)
    looked_at(screen, phone, "asked")
    house.clock.ahead(days=8)
    house.run_deadlines(number)
    run_jobs(house)
    neutral = house.staff(Role.neutral)
    terms = (Term(RemedyKind.refund, 60_00),)
    house.do(
        decide_case(
            house.world,
            actor=neutral,
            number=number,
            facts="商品页写“整叶”，照片显示为碎末。",
            reasons="与宣传不符，按比例退款。",
            terms=terms,
            grounds=("cpl.23",),
        )
    )
    pages.open_case(phone, number)
    looked_at(screen, phone, "decided")
    pages.appeal(phone, "碎末不能喝，应当全退。")
    looked_at(screen, phone, "appealed")


def test_outside_rungs_two_filings_and_an_answer(house: House, phone: Page, screen) -> None:
    answers = {"money_just_paid": "no", "goods_received": "no"}
    number = house.file(respondent={"name": "没登记的小店"}, order="X-1", answers=answers)
    pages.ask_for_code(phone, "xiaoming@example.cn")
    pages.enter_code(phone, last_code(house))
    house.prove(number)
    pages.open_case(phone, number)
    looked_at(screen, phone, "outside")
    pages.open_case(phone, number, "papers")
    looked_at(screen, phone, "papers")
    pages.record_filing(phone, number, "s3.ch.merchant", "K-77")
    pages.record_filing(phone, number, "s3.ch.courier", "SF-1")
    looked_at(screen, phone, "filed")
    expect(phone.locator("#filing-f1")).to_contain_text("K-77")
    pages.record_outside_answer(phone, number, "f1", "answered", "店铺说不归他们管")
    looked_at(screen, phone, "answered")
    expect(phone.locator("#filing-f1")).to_contain_text("店铺说不归他们管")
    pages.log_contact(phone, number, "店铺客服", "no_answer", "没人回")
    looked_at(screen, phone, "contact")
    expect(phone.locator("#contacts")).to_contain_text("没人回")
