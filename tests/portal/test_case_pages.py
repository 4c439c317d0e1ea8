# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case page and its forms with Django's client: what is allowed, what is refused, who may look."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.actions.erase_case import erase_case
from recourse.actions.make_offer import make_offer
from recourse.actions.perform_step import perform_step
from recourse.core.claim import Term
from recourse.core.vocabulary import RemedyKind
from recourse.webkit import sent_deeds
from tests.portal.person import PNG, Person, run_jobs

LONG = "长" * 100_000
# Each form with what must not pass: wrong types, nothing at all, too much, and somebody else's words.
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("message", {"text": ""}),
    ("message", {"text": LONG}),
    ("contact", {"at": "yesterday", "channel": "", "result": "maybe"}),
    ("contact", {"at": "2031-01-01T10:00", "channel": "电话", "result": "refused"}),
    ("exhibit", {"kind": "gold"}),
    ("withdraw-exhibit", {"no": "minus one"}),
    ("withdraw-exhibit", {"no": "7" * 500}),
    ("capture", {"kind": "photo", "due_at": "soon"}),
    ("capture", {"kind": "photo", "due_at": "2020-01-01T10:00"}),
    ("open-filing", {"channel": "s3.ch.samr", "filed_at": ""}),
    ("open-filing", {"channel": "nowhere", "filed_at": "2026-09-21T09:00"}),
    ("open-filing", {"channel": "s3.ch.samr", "filed_at": "2031-01-01T10:00"}),
    ("update-filing", {"filing": "f9", "state": "solved"}),
    ("update-filing", {"filing": "f9", "state": "<b>"}),
    ("propose", {}),
    ("propose", {"term": ["refund"], "amount-refund": "much"}),
    ("propose", {"term": ["refund", "replacement"], "amount-refund": "10"}),
    ("propose", {"term": ["gold"]}),
    ("accept-offer", {"offer": "o1"}),
    ("refuse-offer", {"offer": "\x00"}),
    ("take-back", {"offer": LONG}),
    ("escalate", {}),
    ("escalate", {"rung": "moon"}),
    ("escalate", {"rung": "public_exposure", "gate": ["1"]}),
    ("extend", {"deadline": "d99"}),
    ("suspend", {"deadline": "d99", "until": "2026-10-10", "cause": "other", "reason": "x"}),
    ("appeal", {"reasons": "x"}),
    ("accept-decision", {}),
    ("confirm", {"remedy": "r1"}),
    ("dispute", {"remedy": "r1", "reason": "bad"}),
    ("step", {"remedy": "r1", "index": "0", "note": ""}),
    ("answer-request", {"request": "q1", "answer": ""}),
    ("choose", {"problem": ["s9.none"]}),
]


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


@pytest.mark.parametrize(("deed", "typed"), REFUSED)
def test_what_is_refused_is_said_on_the_page_and_changes_nothing(
    person: Person, deed: str, typed: dict[str, Any]
) -> None:
    number = person.filed()
    seal = text(person.get(f"/c/{number}/record")).split("<code>")[1][:80]
    answer = person.post(f"/c/{number}/do/{deed}", {"key": "k", **typed})
    assert answer.status_code == 422, answer["Location"]
    assert 'role="alert"' in text(answer)
    assert text(person.get(f"/c/{number}/record")).split("<code>")[1][:80] == seal


def test_typed_words_come_back_with_the_refusal(person: Person) -> None:
    number = person.filed()
    typed = {
        "key": "k",
        "at": "2031-01-01T10:00",
        "channel": "店铺客服",
        "result": "refused",
        "answer": "说不退",
    }
    page = text(person.post(f"/c/{number}/do/contact", typed))
    assert "说不退" in page and "店铺客服" in page and "2031-01-01T10:00" in page
    page = text(
        person.post(f"/c/{number}/do/propose", {"key": "k", "term": ["refund"], "amount-refund": "ten"})
    )
    assert 'value="ten"' in page and 'id="id_amount-refund"' in page
    page = text(person.post(f"/c/{number}/do/message", {"text": LONG}))
    assert LONG in page


def test_a_foreign_case_and_none_at_all_answer_alike(person: Person) -> None:
    number = person.filed()
    other = Person(person.house, Client())
    other.file(record={"record-id": "KS0000000009"}, review={"contact": "other@example.cn"})
    other.sign_in("other@example.cn")
    answers = []
    for place in (number, "0000-0000-0000"):
        for part in ("", "/evidence", "/exhibit/1", "/nonsense"):
            answers.append(other.get(f"/c/{place}{part}"))
        answers.append(other.post(f"/c/{place}/do/message", {"text": "hello"}))
        answers.append(other.post(f"/c/{place}/refile"))
    assert {answer.status_code for answer in answers} == {404}
    half = len(answers) // 2
    for mine, none in zip(answers[:half], answers[half:], strict=True):
        assert text(mine).count("<") == text(none).count("<")
    assert other.get(f"/filed/{number}").status_code == 302


def test_strangers_are_asked_to_sign_in_and_pages_are_kept_by_nobody(person: Person) -> None:
    number = person.filed()
    assert Client().get(f"/c/{number}")["Location"] == f"/sign-in?next=/c/{number}"
    for path in (f"/c/{number}", f"/c/{number}/talk", "/cases", "/sign-in", "/file/kuaishou-shop/check"):
        assert person.get(path)["Cache-Control"] == "private, no-store"


def test_a_double_tap_has_one_effect(person: Person) -> None:
    number = person.filed()
    for _ in range(2):
        assert (
            person.post(f"/c/{number}/do/message", {"key": "same", "text": "请尽快处理"}).status_code == 302
        )
    assert text(person.get(f"/c/{number}/talk")).count("请尽快处理") == 1
    person.post(f"/c/{number}/do/message", {"key": "same", "text": "补充一句"})
    assert "补充一句" in text(person.get(f"/c/{number}/talk"))
    for _ in range(2):
        image = SimpleUploadedFile("照片.png", PNG, content_type="image/png")
        answer = person.post(f"/c/{number}/do/exhibit", {"key": "up", "kind": "photo", "file": image})
        assert answer.status_code == 302
    page = text(person.get(f"/c/{number}/evidence"))
    assert "你交的1份" in page
    person.post(f"/c/{number}/do/withdraw-exhibit", {"key": "w", "no": "1"})
    assert "<s>" in text(person.get(f"/c/{number}/evidence"))


def test_no_file_of_a_form_is_left_out_in_silence(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    number = person.filed()
    monkeypatch.setattr(sent_deeds, "UPLOADS_MAX", 2)
    files = [SimpleUploadedFile(f"第{n}张.png", PNG + bytes([n]), "image/png") for n in (1, 2, 3, 4)]
    answer = person.post(f"/c/{number}/do/exhibit", {"key": "many", "kind": "photo", "file": files})
    assert answer.status_code == 422
    assert "一次最多交2个文件，从“第3张.png”起的2个没有收下。" in text(answer) and "你交的2份" in text(answer)
    program = SimpleUploadedFile("virus.exe", b"MZ" + bytes(300), "image/png")
    files = [SimpleUploadedFile("第5张.png", PNG + b"5", "image/png"), program]
    answer = person.post(f"/c/{number}/do/exhibit", {"key": "bad", "kind": "photo", "file": files})
    assert "“virus.exe”：这种文件不收。" in text(answer) and "你交的3份" in text(answer)


def test_a_saved_chat_a_bill_and_a_mail_can_be_chosen(person: Person) -> None:
    """A phone greys out what the control does not name."""
    for screen in ("check", "story", "problems", "record"):
        person.fill(screen)
    pages = [text(person.get("/file/kuaishou-shop/evidence"))]
    pages.append(text(person.get(f"/c/{person.filed()}/evidence")))
    for page in pages:
        offered = re.search(r'id="id_file[^"]*" type="file"[^>]*accept="([^"]*)"', page)
        assert offered is not None and {".txt", ".html", ".csv", ".xlsx", ".eml"} <= set(
            offered[1].split(",")
        )


def test_who_chooses_more_files_than_a_visit_may_bring_reads_that(person: Person, settings: Any) -> None:
    number = person.filed()
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [SimpleUploadedFile(f"{n}.png", PNG + bytes([n]), "image/png") for n in (1, 2, 3)]
    answer = person.post(f"/c/{number}/do/exhibit", {"key": "many", "kind": "photo", "file": files})
    assert answer.status_code == 400
    assert "一次选的文件太多" in text(answer) and "这一次的一个也没有收下" in text(answer)


def test_settle_perform_confirm(person: Person) -> None:
    number = person.filed()
    house = person.house
    terms = (Term(RemedyKind.return_refund, 129_00),)
    house.do(make_offer(house.world, actor=house.respondent(), number=number, terms=terms, text="寄回来就退"))
    page = text(person.get(f"/c/{number}"))
    assert "现在轮到你" in page and "¥129.00" in page and "寄回来就退" in page
    assert person.post(f"/c/{number}/do/accept-offer", {"key": "a", "offer": "o1"}).status_code == 302
    assert "下一步：做完后由你确认" in text(person.get(f"/c/{number}"))
    page = text(person.get(f"/c/{number}"))
    assert "这一步由你来做" in page
    person.post(f"/c/{number}/do/step", {"key": "s", "remedy": "r1", "index": "0", "note": "顺丰 SF123"})
    assert "顺丰 SF123" in text(person.get(f"/c/{number}"))
    for index in (1, 2, 3):
        step = perform_step(
            house.world, actor=house.respondent(), number=number, remedy="r1", index=index, note="做好了"
        )
        house.do(step)
    page = text(person.get(f"/c/{number}"))
    assert "收到了" in page and "没收到" in page and "你没确认，我们不算“已解决”。" in page
    answer = person.post(
        f"/c/{number}/do/dispute", {"key": "d", "remedy": "r1", "reason": "not_received", "text": "钱没到"}
    )
    assert answer.status_code == 302
    assert "平台审核" in text(person.get(f"/c/{number}"))


def test_more_time_withdraw_and_filing_again(person: Person) -> None:
    number = person.filed()
    page = text(person.get(f"/c/{number}"))
    assert "再给对方3天" in page
    deadline = page.split('name="deadline" value="')[1].split('"')[0]
    assert person.post(f"/c/{number}/do/extend", {"key": "e", "deadline": deadline}).status_code == 302
    assert "再给对方3天" not in text(person.get(f"/c/{number}"))
    person.client.cookies["lang"] = "en"
    record = text(person.get(f"/c/{number}/record"))
    assert "再给3天 / 3 more days" in record and "投诉人同意" not in record
    person.client.cookies["lang"] = "zh"
    assert person.post(f"/c/{number}/do/withdraw", {"key": "w", "reason": "想想再说"}).status_code == 302
    page = text(person.get(f"/c/{number}"))
    assert "已撤回" in page and "再次投诉" in page
    answer = person.post(f"/c/{number}/refile")
    assert answer["Location"] == "/file/kuaishou-shop/story"
    assert "龙井" in text(person.get(answer["Location"]))
    answer = person.fill("review")
    assert answer.status_code == 422 and "新的证据或新的理由" in text(answer)
    answer = person.fill("review", new_ground="商家又说了假话")
    again = answer["Location"].rpartition("/")[2]
    assert again != number and answer.status_code == 302
    # The contact was proven in this browser before: no second code is needed.
    assert answer["Location"] == f"/c/{again}"


def test_more_time_with_a_reason_of_ones_own(person: Person) -> None:
    number = person.filed()
    person.client.cookies["lang"] = "en"
    page = text(person.get(f"/c/{number}"))
    assert "Why (optional)" in page and "为什么" not in page.split('id="extend"')[1].split("</details>")[0]
    deadline = page.split('name="deadline" value="')[1].split('"')[0]
    typed = {"key": "e", "deadline": deadline, "reason": "They asked for a photo first"}
    refused = person.post(f"/c/{number}/do/extend", typed | {"deadline": "d99"})
    assert refused.status_code == 422 and 'value="They asked for a photo first"' in text(refused)
    assert person.post(f"/c/{number}/do/extend", typed).status_code == 302
    assert "They asked for a photo first" in text(person.get(f"/c/{number}/record"))


def test_what_was_copied_for_filing_again_is_erased_with_the_case(person: Person) -> None:
    number = person.filed()
    person.post(f"/c/{number}/do/withdraw", {"key": "w", "reason": "想想再说"})
    person.post(f"/c/{number}/refile")
    house = person.house
    house.do(erase_case(house.world, actor=house.staff(), number=number))
    page = text(person.get("/file/kuaishou-shop/story", follow=True))
    assert "龙井" not in page


def test_outside_with_two_official_bodies_warns_first(person: Person) -> None:
    person.alone()
    number = person.filed(check={"papers": "1"})
    for step in range(3):
        assert person.post(f"/c/{number}/do/escalate", {"key": f"x{step}"}).status_code == 302
    page = text(person.get(f"/c/{number}/papers"))
    assert "12315是调解" in page and "备好的文书" in page and "还空着" in page
    filed = person.house.clock.now().strftime("%Y-%m-%dT%H:%M")
    base = {"filed_at": filed, "receipt_no": "NO-1"}
    answer = person.post(f"/c/{number}/do/open-filing", {"key": "1", "channel": "s3.ch.samr", **base})
    assert answer.status_code == 302
    answer = person.post(f"/c/{number}/do/open-filing", {"key": "2", "channel": "s3.ch.association", **base})
    assert answer.status_code == 422 and "12315不再收" in text(answer)
    answer = person.post(
        f"/c/{number}/do/open-filing", {"key": "3", "channel": "s3.ch.association", "warned": "yes", **base}
    )
    assert answer.status_code == 302
    answer = person.post(
        f"/c/{number}/do/update-filing", {"key": "4", "filing": "f1", "state": "admitted", "answer": "已受理"}
    )
    assert answer.status_code == 302
    page = text(person.get(f"/c/{number}/papers"))
    assert "NO-1" in page and "受理了" in page and "已受理" in page


def test_a_regulators_testing_stops_the_clock_of_the_filing(person: Person) -> None:
    person.alone()
    number = person.filed(check={"papers": "1"})
    for step in range(3):
        person.post(f"/c/{number}/do/escalate", {"key": f"x{step}"})
    filed = person.house.clock.now().strftime("%Y-%m-%dT%H:%M")
    person.post(f"/c/{number}/do/open-filing", {"key": "1", "channel": "s3.ch.samr", "filed_at": filed})
    before = text(person.get(f"/c/{number}/papers")).split('id="pause-f1"')[1].split("</details>")[0]
    assert 'value="other"' in before and 'value="testing"' not in before, "nothing is tested before admission"
    person.post(f"/c/{number}/do/update-filing", {"key": "2", "filing": "f1", "state": "admitted"})
    page = text(person.get(f"/c/{number}/papers"))
    form = page.split('id="pause-f1"')[1].split("</details>")[0]
    assert "鉴定、检测所需时间不计算在调解期限内" in form
    deadline = form.split('name="deadline" value="')[1].split('"')[0]
    until = (person.house.clock.now() + timedelta(days=20)).date().isoformat()
    typed = {"key": "3", "deadline": deadline, "until": until, "reason": "送去质检院"}
    for wrong in (
        {},
        {"cause": "weather"},
        {"cause": "other", "reason": ""},
        {"cause": "testing", "until": "x"},
    ):
        answer = person.post(f"/c/{number}/do/suspend", typed | wrong)
        assert answer.status_code == 422 and 'role="alert"' in text(answer)
    assert person.post(f"/c/{number}/do/suspend", typed | {"cause": "testing"}).status_code == 302
    page = text(person.get(f"/c/{number}/papers"))
    assert "计时停到" in page and "第22条" in page
    assert "送检，计时中止" in text(person.get(f"/c/{number}/record"))
    # At the stated end it goes on by itself: nobody has to do anything.
    person.house.clock.ahead(days=21)
    assert "计时停到" not in text(person.get(f"/c/{number}/papers"))


def test_the_platforms_own_clock_is_not_the_persons_to_stop(person: Person) -> None:
    number = person.filed()
    deadline = text(person.get(f"/c/{number}")).split('name="deadline" value="')[1].split('"')[0]
    until = (person.house.clock.now() + timedelta(days=2)).date().isoformat()
    typed = {"key": "s", "deadline": deadline, "until": until, "cause": "other", "reason": "等等"}
    answer = person.post(f"/c/{number}/do/suspend", typed)
    assert answer.status_code == 422 and "这里的期限要由平台暂停" in text(answer)


def test_no_letter_contradicts_the_case(person: Person) -> None:
    person.alone()
    number = person.filed(check={"papers": "1"})
    page = text(person.get(f"/c/{number}/papers"))
    # The goods came and are of poor quality: they are returned, not demanded.
    assert "退货通知" in page and "催告发货" not in page and "至今没有收到货" not in page


def test_english_is_complete(person: Person) -> None:
    number = person.filed()
    run_jobs(person.house)
    person.client.cookies["lang"] = "en"
    for path in (
        f"/c/{number}",
        f"/c/{number}/evidence",
        f"/c/{number}/talk",
        f"/c/{number}/papers",
        "/cases",
    ):
        page = text(person.get(path))
        assert 'lang="en"' in page
        for word in ("现在轮到", "还剩", "证据清单", "联系记录", "整条路", "我的投诉"):
            assert word not in page


def test_a_page_reads_little(person: Person, django_assert_max_num_queries: Any) -> None:
    number = person.filed()
    with django_assert_max_num_queries(14):
        person.get(f"/c/{number}")
