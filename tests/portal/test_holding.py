# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Outside, words that only hold off are noted for what they are: no clock stops, and the person may say it was more."""

from tests.portal.person import Person
from tests.portal.test_case_pages import text


def contact(result: str, answer: str, **more: str) -> dict[str, str]:
    return {
        "key": f"{result}{answer}{more}",
        "at": "2026-09-21T10:00",
        "channel": "店铺客服",
        "result": result,
        "answer": answer,
        **more,
    }


def attempts(person: Person, number: str) -> tuple[object, ...]:
    opened = person.house.world.cases.open(person.house.staff(), number)
    assert opened is not None
    return opened.case.contacts


def test_a_holding_reply_noted_as_a_promise_is_questioned_once(person: Person) -> None:
    number = person.filed()
    answer = person.post(f"/c/{number}/do/contact", contact("promised", "已反馈，请耐心等待"))
    page = text(answer)
    assert answer.status_code == 422 and "只说正在处理" in page and 'name="more"' in page
    assert "已反馈，请耐心等待" in page and attempts(person, number) == ()
    person.post(
        f"/c/{number}/do/contact",
        contact("promised", "已反馈，请耐心等待", more="电话里说了周五前退"),
    )
    (kept,) = attempts(person, number)
    assert kept.answer.endswith("电话里说了周五前退")  # type: ignore[attr-defined]


def test_noted_as_holding_it_is_shown_for_what_it_is(person: Person) -> None:
    number = person.filed()
    assert person.post(f"/c/{number}/do/contact", contact("holding", "系统故障")).status_code == 302
    page = text(person.get(f"/c/{number}/talk"))
    assert "只说“正在处理”" in page and "不算答复，时间照算。" in page


def test_an_outside_body_that_holds_off_keeps_its_clock(person: Person) -> None:
    person.alone()
    number = person.filed(record={"respondent": "没登记的小店"})
    filed = {"key": "f", "channel": "s3.ch.merchant", "filed_at": "2026-09-21T10:00"}
    assert person.post(f"/c/{number}/do/open-filing", filed).status_code == 302
    said = {"key": "u", "filing": "f1", "state": "answered", "answer": "正在处理，请耐心等待"}
    refused = person.post(f"/c/{number}/do/update-filing", said)
    assert refused.status_code == 422 and "不算答复" in text(refused)
    assert (
        person.post(f"/c/{number}/do/update-filing", {**said, "key": "v", "state": "filed"}).status_code
        == 302
    )
    opened = person.house.world.cases.open(person.house.staff(), number)
    assert opened is not None
    assert opened.case.filings[0].state == "filed" and opened.case.filings[0].answer == "正在处理，请耐心等待"
    page = text(person.get(f"/c/{number}/papers"))
    assert "不算答复，时间照算。" in page
    assert "只说在办，不算答复" in text(person.get(f"/c/{number}/record"))
    passed = {**said, "key": "w", "more": "短信写明了周五前退款"}
    assert person.post(f"/c/{number}/do/update-filing", passed).status_code == 302
    again = person.house.world.cases.open(person.house.staff(), number)
    assert again is not None and again.case.filings[0].state == "answered"
