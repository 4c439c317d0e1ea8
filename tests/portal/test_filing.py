# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Guided filing with Django's client: seven screens, a number, a code, a case; and everything that can be typed wrong."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.portal.filing import views
from recourse.store import operators
from recourse.store.models import CaseRow, Job
from recourse.store.models import Draft as DraftRow
from tests.portal.person import MAIL, PNG, SCREENS, STORY, Person, run_jobs
from tests.store.house import OPERATOR, PLATFORM, START

HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE store_case; --",
    "{{ 7*7 }}{% csrf_token %}",
    "\x00\x01龙",
    "＂><img src=x onerror=alert(1)>",
    "龙" * 20_001,
]


def text(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def test_a_complaint_goes_from_the_first_screen_to_the_case_page(person: Person) -> None:
    number = person.file()
    assert number in text(person.get(f"/filed/{number}"))
    assert person.get(f"/c/{number}").status_code == 302
    assert person.prove(number)["Location"] == f"/c/{number}"
    page = person.get(f"/c/{number}")
    assert "现在轮到" in text(page)
    for part in ("evidence", "talk", "papers", "record"):
        assert person.get(f"/c/{number}/{part}").status_code == 200


def test_nothing_reaches_the_merchant_before_the_code(person: Person) -> None:
    number = person.file()
    run_jobs(person.house)
    assert {item["address"] for item in person.house.post.sent} == {MAIL}
    person.prove(number)
    run_jobs(person.house)
    assert "kefu@merchant.example.cn" in {item["address"] for item in person.house.post.sent}


def test_money_just_sent_leaves_the_form(person: Person) -> None:
    answer = person.fill("check", **{"ask-money_just_paid": "yes"})
    assert answer["Location"] == f"/file/{PLATFORM}/stop"
    page = text(person.get(answer["Location"]))
    assert "110" in page and "96110" in page and "止付" in page


def test_who_has_called_the_police_goes_on(person: Person) -> None:
    person.fill("check", **{"ask-money_just_paid": "yes"})
    answer = person.fill("check", **{"ask-money_just_paid": "reported"})
    assert answer["Location"] == f"/file/{PLATFORM}/story"


def test_nobody_is_promised_a_notice_to_a_merchant_that_cannot_be_reached(person: Person) -> None:
    number = person.file(record={"respondent": "路边小店", "record-id": "XX1"})
    receipt = text(person.get(f"/filed/{number}"))
    assert "对方才会收到通知" not in receipt and "通知送不到它" in receipt
    person.prove(number)
    assert "通知送不到，所以要你自己去找" in text(person.get(f"/c/{number}"))
    # What is written here is read by the platform's people only, and the label says so.
    talk = text(person.get(f"/c/{number}/talk"))
    assert "写给平台（对方没登记，看不到）" in talk and "写给对方和平台" not in talk
    known = Person(person.house, Client())
    known.fill("check")
    number = known.file()
    receipt = text(known.get(f"/filed/{number}"))
    assert "对方才会收到通知" in receipt and "通知送不到" not in receipt
    known.prove(number)
    assert "写给对方和平台" in text(known.get(f"/c/{number}/talk"))


def test_the_last_screen_shows_days_with_their_weekday_and_sums_with_their_sign(person: Person) -> None:
    for screen in list(SCREENS)[:-1]:
        person.fill(screen)
    page = text(person.get(f"/file/{PLATFORM}/review"))
    assert "9月19日（周六）" in page and "¥129.00" in page and "收到了" in page


@pytest.mark.parametrize(
    ("screen", "typed", "field"),
    [
        ("check", {"ask-money_just_paid": ""}, "ask-money_just_paid"),
        ("check", {"ask-money_just_paid": "maybe"}, "ask-money_just_paid"),
        ("story", {"story": "   "}, "story"),
        ("problems", {"problem": []}, "problem"),
        ("problems", {"problem": ["s3.pt.nothing"]}, "problem"),
        ("record", {"respondent": ""}, "respondent"),
        ("record", {"record-amount": "一百二"}, "record-amount"),
        ("record", {"record-happened_on": "昨天"}, "record-happened_on"),
        ("record", {"record-happened_on": "2031-01-01"}, "record-happened_on"),
        ("record", {"record-promised_on": "9999-12-31"}, "record-promised_on"),
        ("record", {"record-happened_on": "2026-09-20"}, "record-received_on"),
        ("record", {"record-id": "x" * 201}, "record-id"),
        ("record", {"ask-goods_received": ""}, "ask-goods_received"),
        ("demands", {"demand": []}, "demand"),
        ("demands", {"demand": ["gold"]}, "demand"),
        ("demands", {"amount-refund": "-5"}, "amount-refund"),
        ("demands", {"amount-refund": "9999"}, "amount-refund"),
        ("review", {"contact": "call me"}, "contact"),
        ("review", {"contact": ""}, "contact"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    person: Person, screen: str, typed: dict[str, Any], field: str
) -> None:
    for earlier in SCREENS:
        if earlier == screen:
            break
        person.fill(earlier)
    answer = person.fill(screen, **typed)
    assert answer.status_code == 422
    page = text(answer)
    assert f'href="#id_{field}"' in page and f'id="{field}-problem"' in page
    assert f'id="id_{field}"' in page
    english = text(person.get(f"/file/{PLATFORM}/{screen}?lang=en"))
    assert "Step" in english
    # A browser without scripts keeps no half-filled screen, and is not told otherwise.
    assert "<noscript>" in page and "点“下一步”或“上一步”才会存" in page
    # The draft holds what was typed, right or wrong.
    for name, value in typed.items():
        if isinstance(value, str) and value.strip() and not name.startswith("ask-"):
            assert value in text(person.get(f"/file/{PLATFORM}/{screen}"))


def test_the_list_of_slips_names_the_field_of_each(person: Person) -> None:
    for screen in ("check", "story", "problems"):
        person.fill(screen)
    slips = {"record-happened_on": "昨天", "record-received_on": "2031-01-01", "record-amount": "12,3"}
    page = text(person.fill("record", **slips))
    for said in ("下单日期：看不懂这个日期。", "签收日期：这个日期还没到。", "实付金额：看不懂这个金额。"):
        assert said in page, said
    person.client.cookies["lang"] = "en"
    assert "Ordered on: This date is not understood." in text(person.fill("record", **slips))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(person: Person, words: str) -> None:
    person.fill("check")
    answer = person.fill("story", story=words)
    assert answer.status_code in {302, 422}
    page = text(person.get(f"/file/{PLATFORM}/story") if answer.status_code == 302 else answer)
    assert "<script>alert" not in page and "<img src=x" not in page
    number = person.file(
        story={"story": words[:300]}, record={"respondent": words[:100], "record-title": words[:100]}
    )
    person.prove(number)
    for part in ("", "/evidence", "/talk", "/papers", "/record"):
        page = text(person.get(f"/c/{number}{part}"))
        assert "<script>alert" not in page and "<img src=x" not in page
    assert "<img src=x" not in text(person.get("/cases"))


def test_a_story_of_a_hundred_thousand_characters_is_refused_and_comes_back_whole(person: Person) -> None:
    person.fill("check")
    story = "长" * 100_000
    answer = person.fill("story", story=story)
    assert answer.status_code == 422 and story in text(answer)
    person.fill("story", story="短的")
    assert "短的" in text(person.get(f"/file/{PLATFORM}/story"))


def test_the_draft_is_found_again_and_saves_itself(person: Person) -> None:
    person.fill("check")
    assert person.post(f"/file/{PLATFORM}/story/save", {"story": "写到一半"}).status_code == 204
    assert person.get(f"/file/{PLATFORM}")["Location"] == f"/file/{PLATFORM}/story"
    assert "写到一半" in text(person.get(f"/file/{PLATFORM}/story"))
    assert "写到一半" not in text(Client().get(f"/file/{PLATFORM}/story", follow=True))
    row = DraftRow.objects.get()
    assert "写到一半".encode() not in bytes(row.sealed)
    assert person.post(f"/file/{PLATFORM}/forget").status_code == 302
    assert DraftRow.objects.count() == 0


def test_going_back_keeps_what_was_typed_and_judges_nothing(person: Person) -> None:
    person.fill("check")
    back = person.post(f"/file/{PLATFORM}/story/save", {"story": "写到", "then": "back"})
    assert back["Location"] == f"/file/{PLATFORM}/check"
    assert "写到" in text(person.get(f"/file/{PLATFORM}/story"))
    first = person.post(f"/file/{PLATFORM}/check/save", {"then": "back"})
    assert first["Location"] == f"/file/{PLATFORM}/check"
    page = text(person.get(f"/file/{PLATFORM}/story"))
    assert f'formaction="/file/{PLATFORM}/story/save" name="then" value="back"' in page


def test_files_are_sealed_while_the_draft_is_written_and_become_exhibits(person: Person) -> None:
    for screen in ("check", "story", "problems", "record"):
        person.fill(screen)
    image = SimpleUploadedFile("订单.png", PNG, content_type="image/png")
    answer = person.post(f"/file/{PLATFORM}/evidence", {"file-order_no": image, "then": "order_no"})
    assert answer.status_code == 302
    assert "订单.png" in text(person.get(f"/file/{PLATFORM}/evidence"))
    bad = SimpleUploadedFile("virus.exe", b"MZ" + b"\x00" * 300, content_type="image/png")
    answer = person.post(f"/file/{PLATFORM}/evidence", {"file-photo": bad, "then": "next"})
    assert answer.status_code == 422 and 'id="file-photo-problem"' in text(answer)
    assert "订单.png" in text(answer)
    for screen in ("evidence", "demands", "review"):
        answer = person.fill(screen)
    number = answer["Location"].removeprefix("/filed/")
    assert "已收到1件材料" in text(person.get(f"/filed/{number}"))
    person.prove(number)
    got = person.get(f"/c/{number}/exhibit/1")
    assert got.content == PNG
    assert got["Content-Disposition"].startswith("attachment")
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got["X-Content-Type-Options"] == "nosniff" and "no-store" in got["Cache-Control"]
    assert person.get(f"/c/{number}/exhibit/2").status_code == 404


def test_a_draft_says_which_files_it_did_not_take(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "FILES_MAX", 1)
    for screen in ("check", "story", "problems", "record"):
        person.fill(screen)
    files = [SimpleUploadedFile(f"第{n}张.png", PNG + bytes([n]), "image/png") for n in (1, 2)]
    answer = person.fill("evidence", **{"file-photo": files})
    assert answer.status_code == 422
    assert "第2张.png”没有收下" in text(answer) and "第1张.png”没有收下" not in text(answer)


def test_one_network_cannot_fill_the_vault(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "UPLOADS", (1, timedelta(hours=1)))
    for screen in ("check", "story", "problems", "record"):
        person.fill(screen)
    for status in (302, 422):
        file = SimpleUploadedFile("a.png", PNG, "image/png")
        assert person.fill("evidence", **{"file-photo": [file]}).status_code == status


def test_one_network_begins_so_many_drafts_and_loses_none(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "DRAFTS", (1, timedelta(hours=1)))
    person.fill("check")
    other = Person(person.house, Client())
    answer = other.fill("check")
    assert answer.status_code == 422 and "新开的草稿太多了" in text(answer)
    quiet = other.post(f"/file/{PLATFORM}/story/save", {"story": "写到一半"})
    assert quiet.status_code == 429
    for screen in ("story", "problems"):
        assert person.fill(screen).status_code == 302, "who has begun goes on"
    person.house.clock.ahead(hours=1)
    assert other.fill("check").status_code == 302


def test_filing_asks_for_codes_no_more_freely_than_signing_in(person: Person) -> None:
    for n in range(60):
        person.post("/sign-in", {"contact": f"n{n}@example.cn"})
    before = Job.objects.filter(kind="code").count()
    number = person.file()
    assert Job.objects.filter(kind="code").count() == before
    assert "的验证码太多了，过一小时再发" in text(person.get(f"/filed/{number}"))


def test_filing_twice_opens_one_case(person: Person) -> None:
    for screen in SCREENS:
        if screen != "review":
            person.fill(screen)
    first = person.fill("review")
    again = person.fill("review")
    assert first.status_code == 302
    assert again.status_code in {302, 422}
    assert CaseRow.objects.count() == 1


def test_papers_only_goes_to_nobody(person: Person) -> None:
    person.alone()
    person.get(f"/file/{PLATFORM}?papers=1", follow=True)
    number = person.file(check={"papers": "1"})
    assert CaseRow.objects.get(number=number).operator == "none"
    person.prove(number)
    page = text(person.get(f"/c/{number}"))
    assert "这一步要你自己去提交" in page
    assert "备好的文书" in text(person.get(f"/c/{number}/papers"))


def test_unknown_platforms_and_screens_are_not_found(person: Person) -> None:
    for path in (
        "/file/nothing",
        "/p/nothing",
        f"/file/{PLATFORM}/nothing",
        "/law/nothing.1",
        "/filed/0000-0000-0000",
    ):
        assert person.get(path).status_code == 404


def test_forms_need_their_token(person: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in (f"/file/{PLATFORM}/story", "/sign-in", "/sign-out", f"/file/{PLATFORM}/story/save"):
        assert strict.post(path, {}).status_code == 403


def test_the_log_knows_nobody(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    number = person.filed()
    person.post(f"/c/{number}/do/message", {"text": "我的电话别外传"})
    for secret in (MAIL, "王小明", STORY, "我的电话别外传", "kefu@merchant"):
        assert secret not in caplog.text


def test_a_prize_that_never_came_is_filed_too(person: Person) -> None:
    typed: dict[str, dict[str, Any]] = {
        "check": {"ask-money_just_paid": "no"},
        "story": {"story": "10月转发抽奖中了一副耳机，说15个工作日内发货，一直没发货，私信没人回。"},
        "problems": {"problem": ["s0.pt.overdue"]},
        "record": {
            "respondent": "耳机福利君",
            "record-id": "十月耳机抽奖",
            "record-promised_on": "2026-09-10",
            "ask-draw_kind": "free_prize_draw",
            "ask-organiser": "business",
        },
        "evidence": {"state-win_or_redeem_screen": "have", "then": "next"},
        "demands": {"demand": ["deliver_prize"]},
        "review": {"contact": "13800138000"},
    }
    for screen, values in typed.items():
        assert person.get(f"/file/lofter-draw/{screen}").status_code == 200
        answer = person.post(f"/file/lofter-draw/{screen}", values)
        assert answer.status_code == 302, text(answer)
    number = answer["Location"].removeprefix("/filed/")
    assert "138****8000" in text(person.get(f"/filed/{number}"))
    person.prove(number, "+8613800138000")
    for part in ("", "/evidence", "/talk", "/papers", "/record"):
        assert person.get(f"/c/{number}{part}").status_code == 200
    dates = text(person.get(f"/c/{number}")).partition('<details class="card">')[2]
    assert "诉讼时效" in dates and "时效已过" in dates and "再催一次" in dates
    assert "做这一步" not in dates and "才算没有答复" not in dates
    limitation = dates.partition("诉讼时效")[2].partition("clock__miss")[0]
    assert "天<" in limitation and "小时" not in limitation


def test_each_step_says_what_starts_its_clock_there(person: Person) -> None:
    served, filed = "通知送达后开始计时", "记下提交时间后开始计时"
    first = text(person.get(f"/p/{PLATFORM}")).partition("way__clock")[2].partition("</p>")[0]
    assert "商家答复" in first and served in first and filed not in first
    # Where the same step is walked alone no notice is served: the person's own filing starts the clock.
    operators.set_operated_rungs(OPERATOR, "", (), valid_from=START, by="test")
    first = text(person.get(f"/p/{PLATFORM}")).partition("way__clock")[2].partition("</p>")[0]
    assert "商家答复" in first and filed in first and "送达" not in first


@pytest.mark.parametrize("language", ["zh", "en"])
def test_public_pages_are_made_for_every_platform(person: Person, language: str) -> None:
    person.client.cookies["lang"] = language
    paths = ["/", "/safety", "/privacy", "/how-dates-work", "/law/cpl.24", "/law/bb.definition"]
    paths += [f"/p/{name}" for name in person.house.world.rules.platforms()]
    for path in paths:
        assert person.get(path).status_code == 200, path
    marked = text(person.get("/law/bb.definition"))
    assert ("未核实" if language == "zh" else "not verified") in marked
