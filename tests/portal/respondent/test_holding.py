# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A holding reply given as a refusal is sent back once with what counts; whoever means more says so; nothing is locked."""

import pytest

from recourse.core.vocabulary import AnswerKind
from tests.portal.respondent.merchant import Merchant
from tests.portal.respondent.test_case import case_of
from tests.store.house import MERCHANT_MAIL, House

FOUR = "算答复的只有四种"


@pytest.fixture
def merchant(house: House) -> Merchant:
    """A merchant that is in."""
    house.served()
    made = Merchant(house)
    made.enter(MERCHANT_MAIL.value)
    return made


@pytest.mark.parametrize("words", ["系统故障", "用户操作不当，不予退款", "已反馈，请耐心等待"])
def test_it_is_said_before_anything_is_sent_and_the_words_stay(
    house: House, merchant: Merchant, words: str
) -> None:
    number = house.served()
    answer = merchant.do(number, "refuse", text=words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert FOUR in page and words in page and 'name="more"' in page
    assert "不算答复，时间照算" in page
    assert case_of(house, number).replies == ()


def test_who_means_more_says_why_and_it_is_an_answer(house: House, merchant: Merchant) -> None:
    number = house.served()
    said = merchant.do(number, "refuse", text="用户操作不当", more="买家充值的手机号少填一位，订单页能看到")
    assert said.status_code == 200
    (reply,) = case_of(house, number).replies
    assert reply.kind is AnswerKind.refusal
    assert reply.text == "用户操作不当\n买家充值的手机号少填一位，订单页能看到"


def test_a_refusal_with_its_reason_passes_at_once(house: House, merchant: Merchant) -> None:
    number = house.served()
    assert merchant.do(number, "refuse", text="不同意，因为已签收七天，茶叶已拆封").status_code == 200
    assert len(case_of(house, number).replies) == 1


def test_the_page_says_beforehand_what_does_not_count(house: House, merchant: Merchant) -> None:
    page = merchant.page(house.served())
    assert "“正在处理”“请耐心等待”不算答复" in page
    assert "只写“系统故障”“用户操作不当”不算" in page
    assert 'name="more"' not in page


def test_a_message_that_holds_off_is_marked_on_the_page(house: House, merchant: Merchant) -> None:
    number = house.served()
    merchant.do(number, "message", text="亲，正在核实，请耐心等待")
    assert "talk__holding" in merchant.page(number).split('id="talk"')[1]
    other = house.served()
    merchant.do(other, "message", text="请问尺码是多少？")
    assert "talk__holding" not in merchant.page(other).split('id="talk"')[1]


def test_the_same_answer_to_several_is_weighed_too(house: House, merchant: Merchant) -> None:
    numbers = [house.served(), house.served()]
    typed = {"number": numbers, "kind": "refusal", "text": "系统故障", "form_key": "several"}
    page = merchant.client.post("/r/answer", typed)
    assert FOUR in page.content.decode()
    assert all(case_of(house, number).replies == () for number in numbers)
