# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""One case on one page: which role has which button, what each does, what is refused and kept, calls taken down."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recourse.actions import limit_visits
from recourse.actions.appeal_decision import appeal_decision
from recourse.core.actor import Role
from recourse.core.playbook.ids import CheckName
from recourse.core.playbook.walk import walk
from recourse.core.problem import Problems
from recourse.desk.contents import CHECKS
from recourse.gateways.rule_files import load_all
from recourse.store import operators
from recourse.store.facts import check_texts
from recourse.store.models import Staff
from tests.desk.desk_people import (
    SECRETS,
    account,
    actor_of,
    adjudicated_case,
    at_desk,
    decide,
    told_case,
)
from tests.portal.person import PNG
from tests.store.house import House

RULING = {
    "facts": "收到的是碎末。",
    "reasons": "与宣传不一致。",
    "term": "refund",
    "amount-refund": "129.00",
    "ground": "ecl.17",
    "next": "official_complaint",
}
CALL = {
    "complainant.name": "李婶",
    "complainant.contact": "13800138000",
    "story": "买的茶壶漏水，客服不理。",
    "respondent.name": "山间茶铺",
    "record.id": "KS0000004242",
    "record.amount": "88",
    "answers.money_just_paid": "no",
    "answers.goods_received": "yes",
    "problem": "s3.pt.quality",
    "demand": "refund",
}
# The forms of a case in the talks, and of one that waits for a decision, by role.
BUTTONS = {
    Role.agent: {
        "exhibit",
        "state-evidence",
        "answer-questions",
        "open-filing",
        "assign",
        "ask",
        "contact",
        "extend",
        "suspend",
        "escalate",
        "note",
        "message",
        "points",
        "hold",
    },
    Role.neutral: {"assign", "ask", "extend", "suspend", "note", "message", "points", "hold"},
    Role.owner: {
        "exhibit",
        "state-evidence",
        "answer-questions",
        "open-filing",
        "assign",
        "ask",
        "contact",
        "extend",
        "suspend",
        "escalate",
        "note",
        "message",
        "points",
        "erase",
        "hold",
    },
    Role.auditor: set(),
}


def case_of(house: House, number: str) -> Any:
    """The case as the engine sees it."""
    opened = house.world.cases.open(house.staff(), number)
    assert opened is not None
    return opened.case


def forms_on(client: Client, number: str) -> set[str]:
    """The deeds that the page offers."""
    page = client.get(f"/desk/c/{number}").content.decode()
    return {part.split('"')[0] for part in page.split(f"/desk/c/{number}/do/")[1:]}


def do(client: Client, number: str, deed: str, **fields: Any) -> Any:
    """Send one of the page's forms."""
    return client.post(f"/desk/c/{number}/do/{deed}", {"form_key": deed, **fields}, follow=True)


@pytest.mark.parametrize("role", BUTTONS)
def test_each_role_has_its_buttons(house: House, role: Role) -> None:
    talks, ruling = told_case(house), adjudicated_case(house)
    client = at_desk(account(role))
    assert forms_on(client, talks) == BUTTONS[role]
    assert ("decide" in forms_on(client, ruling)) is (role is Role.neutral)


@pytest.mark.parametrize("role", [Role.auditor, Role.agent, Role.owner])
def test_a_deed_without_its_button_is_refused(house: House, role: Role) -> None:
    number = adjudicated_case(house)
    client = at_desk(account(role))
    before = case_of(house, number)
    assert do(client, number, "decide", **RULING).status_code == 422
    if role is Role.auditor:
        for deed in (
            "note",
            "message",
            "points",
            "extend",
            "suspend",
            "escalate",
            "assign",
            "erase",
            "contact",
        ):
            fields = {"text": "x", "agent": "x", "again": number, "why": "x", "about-0": "x", "length": "3d"}
            assert do(client, number, deed, **fields).status_code == 422, deed
    assert case_of(house, number) == before


def test_the_auditor_reads_and_sees_no_contact_and_no_note(house: House) -> None:
    number = told_case(house)
    page = at_desk(account(Role.auditor)).get(f"/desk/c/{number}").content.decode()
    assert "茶叶是碎末" in page
    assert not any(SECRETS[name] in page for name in ("name", "contact", "note"))


def test_every_check_that_a_shipped_playbook_names_has_a_file_and_a_word() -> None:
    shipped = load_all()
    assert not isinstance(shipped, Problems)
    named = {
        place.value
        for playbook in shipped.values()
        for place in walk(playbook)
        if place.hint == CheckName and place.value
    }
    assert {"order_exists", "draw_exists", "promised_date_passed"} <= named
    assert named <= check_texts().keys()
    assert check_texts().keys() == CHECKS.keys()


def test_the_page_is_made_of_a_fixed_number_of_queries(
    house: House, django_assert_max_num_queries: Any
) -> None:
    number = told_case(house)
    client = at_desk(account(Role.owner))
    client.get(f"/desk/c/{number}")
    for _ in range(5):
        do(client, number, "note", text="还有一条")
        do(client, number, "message", text="还有一条留言")
    with django_assert_max_num_queries(16):
        client.get(f"/desk/c/{number}")


def test_an_agent_works_on_a_case(house: House) -> None:
    number = told_case(house)
    staff = account(Role.agent)
    client = at_desk(staff)
    do(client, number, "assign", agent=staff.public_id)
    points = {
        "about-0": "是不是碎末",
        "a-0": "是",
        "b-0": "运输",
        "exhibits-0": "1",
        "agreed-0": "yes",
        "about-1": "谁付运费",
    }
    do(client, number, "points", **points)
    do(client, number, "ask", of="respondent", kind="photo", text="发货前的照片")
    do(client, number, "message", text="请双方补充。")
    do(client, number, "note", text="内部的话")
    do(client, number, "contact", at="2026-09-01T10:00", channel="电话", result="no_answer", answer="没人接")
    case = case_of(house, number)
    assert case.agent == staff.public_id
    assert [(p.about, p.exhibits, p.agreed) for p in case.points] == [
        ("是不是碎末", (1,), True),
        ("谁付运费", (), False),
    ]
    assert case.requests[0].text == "发货前的照片" and case.messages[-1].text == "请双方补充。"
    assert case.notes[-1].text == "内部的话" and case.contacts[-1].answer == "没人接"
    page = client.get(f"/desk/c/{number}").content.decode()
    assert page.count("内部的话") == 1, "internal notes stand apart"


@pytest.mark.parametrize(
    ("deed", "fields", "kept"),
    [
        ("assign", {"agent": "nobody"}, ""),
        ("ask", {"of": "court", "kind": "gold", "text": "要保留"}, "要保留"),
        ("contact", {"at": "soon", "result": "x", "answer": "要保留"}, "要保留"),
        ("contact", {"at": "2999-01-01T00:00", "channel": "电话", "result": "no_answer"}, "电话"),
        ("points", {"a-0": "没写焦点", "exhibits-0": "99"}, "没写焦点"),
        ("extend", {"deadline": "d1", "length": "99year", "reason": "要保留"}, "要保留"),
        ("extend", {"deadline": "d99", "length": "3d", "reason": "要保留"}, "要保留"),
        ("suspend", {"deadline": "d1", "until": "never", "reason": "要保留"}, "要保留"),
        (
            "suspend",
            {"deadline": "d1", "until": "2020-01-01", "cause": "testing", "reason": "要保留"},
            "要保留",
        ),
        ("exhibit", {"kind": "gold", "note": "要保留"}, "要保留"),
        ("escalate", {"why": ""}, ""),
        ("message", {"text": " "}, ""),
        ("erase", {"again": "yes"}, ""),
    ],
)
def test_bad_input_is_refused_and_kept(house: House, deed: str, fields: dict[str, str], kept: str) -> None:
    number = told_case(house)
    answer = do(at_desk(account(Role.owner)), number, deed, **fields)
    assert answer.status_code == 422
    assert 'id="problems"' in answer.content.decode() and kept in answer.content.decode()


def test_a_neutral_decides_with_facts_reasons_and_grounds(house: House) -> None:
    number = adjudicated_case(house)
    client = at_desk(account(Role.neutral))
    wrong = do(client, number, "decide", **(RULING | {"facts": "", "ground": ["ecl.17", "made.up.1"]}))
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "请写认定的事实。" in page and "规则里没有这些条文" in page and "与宣传不一致。" in page
    # Whatever is wrong is said at once, what the form itself refuses too.
    hasty = RULING | {"next": "heaven", "facts": "", "reasons": " ", "amount-refund": "一点"}
    page = do(client, number, "decide", **hasty).content.decode()
    for said in ("请写认定的事实。", "请写理由。", "请选不服之后去哪里。", "看不懂这个金额"):
        assert said in page
    assert do(client, number, "decide", **(RULING | {"next": "heaven"})).status_code == 422
    assert do(client, number, "decide", **(RULING | {"amount-refund": "130"})).status_code == 422
    assert "决定已发出。" in do(client, number, "decide", **RULING).content.decode()
    for path in (f"/desk/c/{number}", "/desk/"):
        assert "已裁定，申诉期" in client.get(path).content.decode()
    decision = case_of(house, number).decision
    assert decision.grounds == ("ecl.17",) and decision.terms[0].amount_fen == 12900


def test_an_appeal_goes_to_another_person(house: House) -> None:
    number = adjudicated_case(house)
    first, second = account(Role.neutral), account(Role.neutral, name="周中立")
    decide(house, number, actor_of(first))
    house.do(appeal_decision(house.world, actor=house.respondent(), number=number, reasons="没看检测报告"))
    same = at_desk(first)
    page = same.get(f"/desk/c/{number}").content.decode()
    assert (
        "申诉要由另一位中立人复核" in page
        and first.public_id not in page.split('id="id_agent"')[1].split("</select>")[0]
    )
    refused = do(same, number, "decide", **RULING)
    assert refused.status_code == 422 and "另一位中立人" in refused.content.decode()
    assert "决定已发出。" in do(at_desk(second), number, "decide", **RULING).content.decode()
    assert case_of(house, number).decision.final


def test_the_owner_erases_on_request(house: House) -> None:
    number = told_case(house)
    client = at_desk(account(Role.owner))
    assert "个人信息已删除" in do(client, number, "erase", again=number).content.decode()
    page = client.get(f"/desk/c/{number}").content.decode()
    assert not any(SECRETS[name] in page for name in ("name", "contact", "log", "file"))


def test_a_held_case_is_not_erased_until_a_colleague_lets_go(house: House) -> None:
    number = told_case(house)
    owner, agent = at_desk(account(Role.owner)), at_desk(account(Role.agent))
    assert do(agent, number, "hold", reason=" ").status_code == 422
    page = do(agent, number, "hold", reason="上海一中院调查令").content.decode()
    assert "已保全" in page and "上海一中院调查令" in page
    assert {"hold", "release-hold"} & forms_on(owner, number) == {"release-hold"}
    refused = do(owner, number, "erase", again=number)
    assert refused.status_code == 422 and "依法保全" in refused.content.decode()
    assert do(agent, number, "release-hold", reason="好了").status_code == 422
    assert "保全已解除" in do(owner, number, "release-hold", reason="案件审结").content.decode()
    assert "个人信息已删除" in do(owner, number, "erase", again=number).content.decode()


def test_a_damaged_file_is_said_to_be_damaged_and_not_handed_out(house: House, tmp_path: Path) -> None:
    number = told_case(house)
    client = at_desk(account(Role.agent))
    (exhibit,) = case_of(house, number).exhibits[:1]
    assert client.get(f"/desk/c/{number}/exhibit/{exhibit.no}").status_code == 200
    path = tmp_path / "blobs" / exhibit.blob[:2] / exhibit.blob[2:]
    path.write_bytes(path.read_bytes()[:-1])
    assert client.get(f"/desk/c/{number}/exhibit/{exhibit.no}").status_code == 404
    page = client.get(f"/desk/c/{number}").content.decode()
    assert "起损坏，正在修复" in page


def test_one_person_hands_in_so_many_files_a_day(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limit_visits, "FILES_A_DAY", (1, timedelta(days=1)))
    number = told_case(house)
    client, colleague = at_desk(account(Role.agent)), at_desk(account(Role.owner))
    answers = [
        do(who, number, "exhibit", kind="photo", file=SimpleUploadedFile(f"{name}.png", PNG)).status_code
        for who, name in ((client, "a"), (client, "b"), (colleague, "c"))
    ]
    assert answers == [200, 422, 200]


def test_a_call_is_an_event_of_its_own_and_vouched_contacts_move_the_case(house: House) -> None:
    staff: Staff = account(Role.agent)
    client = at_desk(staff)
    page = client.post("/desk/phone/kuaishou-shop", CALL | {"vouched": "yes"}, follow=True)
    number = page.redirect_chain[-1][0].rpartition("/")[2]
    case = case_of(house, number)
    assert case.complainant.represented_by == staff.public_id and case.complainant.proven_at is not None
    assert case.rung == "negotiate" and "由客服电话代为登记" in page.content.decode()


def test_without_vouching_nothing_reaches_the_other_side(house: House) -> None:
    client = at_desk(account(Role.agent))
    page = client.post("/desk/phone/kuaishou-shop", CALL, follow=True)
    number = page.redirect_chain[-1][0].rpartition("/")[2]
    assert case_of(house, number).stage == "received"
    assert "验证码不要念给任何人" in page.content.decode()
    assert do(client, number, "vouch").status_code == 422
    assert "开始处理" in do(client, number, "vouch", vouched="yes").content.decode()


def test_a_caller_whose_money_is_going_away_is_sent_to_the_police_first(house: House) -> None:
    client = at_desk(account(Role.agent))
    answer = client.post("/desk/phone/kuaishou-shop", CALL | {"answers.money_just_paid": "yes"})
    assert (
        answer.status_code == 422
        and "马上打110" in answer.content.decode()
        and CALL["story"] in answer.content.decode()
    )


@pytest.mark.parametrize(
    "change",
    [
        {"complainant.contact": "what"},
        {"record.amount": "很多"},
        {"record.received_on": "昨天"},
        {"story": ""},
        {"demand": "gold"},
        {"demand": ""},
        {"problem": "s9.nothing"},
        {"amount-refund": "1e9"},
        {"story": "x" * 100_000},
    ],
)
def test_a_bad_call_keeps_what_was_typed(house: House, change: dict[str, str]) -> None:
    client = at_desk(account(Role.agent))
    answer = client.post("/desk/phone/kuaishou-shop", CALL | change)
    assert answer.status_code == 422 and "李婶" in answer.content.decode()


POINTS = {
    **{name: CALL[name] for name in ("complainant.name", "complainant.contact", "respondent.name")},
    **{"story": "签到满七天，积分被清零了。", "answers.money_just_paid": "no"},
    **{"demand": "restore_points", "points-restore_points": "2000"},
}


def test_a_caller_s_points_are_counted(house: House) -> None:
    client = at_desk(account(Role.agent))
    form = client.get("/desk/phone/qishui-points").content.decode()
    assert 'name="points-restore_points"' in form and 'name="amount-restore_points"' not in form
    call = POINTS | {"problem": re.search(r'name="problem" value="([^"]+)"', form)[1]}  # type: ignore[index]
    for given, said in (("-5", "看不懂积分数"), ("1" * 13, "")):
        refused = client.post("/desk/phone/qishui-points", call | {"points-restore_points": given})
        page = refused.content.decode()
        assert refused.status_code == 422 and said in page and f'value="{given}"' in page
        assert 'href="#id_points-restore_points"' in page
    filed = client.post("/desk/phone/qishui-points", call, follow=True)
    number = filed.redirect_chain[-1][0].rpartition("/")[2]
    (claim,) = case_of(house, number).claims
    assert (claim.kind, claim.points, claim.amount_fen) == ("restore_points", 2000, None)
    assert "2000积分" in filed.content.decode()


def test_neutrals_and_auditors_take_no_calls(house: House) -> None:
    for role in (Role.neutral, Role.auditor):
        client = at_desk(account(role))
        assert client.get("/desk/phone").status_code == 404
        assert client.post("/desk/phone/kuaishou-shop", CALL).status_code == 404
    assert at_desk(account(Role.agent)).get("/desk/phone/nothing").status_code == 404


def test_forms_need_their_token_and_pages_are_not_kept(house: House) -> None:
    number = told_case(house)
    staff = account(Role.agent)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert strict.post(f"/desk/c/{number}/do/note", {"text": "x"}).status_code == 403
    assert strict.get(f"/desk/c/{number}")["Cache-Control"] == "private, no-store"
    assert operators.staff_names("local")[staff.public_id] == "陈经办"
