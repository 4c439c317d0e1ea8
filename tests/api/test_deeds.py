# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Deeds by programs: a case led to its end for everybody in it, once per key, and recorded as done by a program."""

from datetime import timedelta
from typing import Any

import pytest

from recourse.actions import limit_visits
from recourse.actions.serve_notice import serve_notice
from recourse.api.routes.deed_table import DEEDS
from recourse.core.actor import Role
from recourse.core.case import commands as c
from recourse.core.case import keeping_commands as kc
from recourse.core.case.permission import PERMISSIONS
from recourse.desk.deeds import DEEDS as DESK
from recourse.portal.case.deeds import DEEDS as COMPLAINANT
from recourse.portal.respondent.deeds import DEEDS as RESPONDENT
from recourse.store.models import CaseRow, EventRow
from tests.api.program import Program, complaint, keys_of
from tests.desk.desk_people import account, adjudicated_case
from tests.portal.person import PNG
from tests.store.house import OPERATOR, House


def serve(house: House, number: str) -> None:
    """The notice arrives."""
    story = serve_notice(
        house.world, number=number, operator=OPERATOR, contact=house.merchant_contact, key=f"n-{number}"
    )
    house.do(story)


def test_a_case_is_led_from_filing_to_a_confirmed_refund(house: House, owner_program: Program) -> None:
    mine = owner_program
    number = mine.done("cases", complaint() | {"vouched": True})["number"]
    serve(house, number)
    do, seen = f"cases/{number}", lambda: mine.read(f"cases/{number}/file")
    mine.done(f"{do}/message", {"text": "请尽快退款"}, acts_for="complainant")
    mine.done(f"{do}/answer", {"kind": "holding", "text": "正在处理"}, acts_for="respondent")
    assert mine.read(do)["stage"] == "negotiating", "a holding reply stops nothing"
    terms = {"terms": [{"kind": "refund", "amount": "100.00"}], "text": "退一部分"}
    mine.done(f"{do}/offer", terms, acts_for="respondent")
    offer = seen()["offers"][-1]
    counter = {"terms": [{"kind": "refund", "amount": "129"}], "text": "要全退"}
    mine.done(f"{do}/offer", counter, acts_for="complainant")
    offer = seen()["offers"][-1]
    assert offer["answers"] and offer["terms"] == [
        {"kind": "refund", "amount": "129.00", "within": "", "points": None}
    ]
    mine.done(f"{do}/accept-offer", {"offer": offer["id"]}, acts_for="respondent")
    while (remedy := seen()["remedies"][-1])["state"] in {"ordered", "performing"}:
        step = next(i for i, item in enumerate(remedy["steps"]) if item["done_at"] is None)
        who = remedy["steps"][step]["who"]
        mine.done(f"{do}/perform-step", {"remedy": remedy["id"], "index": step, "note": "已退"}, acts_for=who)
    mine.done(f"{do}/confirm-remedy", {"remedy": remedy["id"]}, acts_for="complainant")
    case = mine.read(do)
    assert (case["stage"], case["outcome"]) == ("closed", "settled")
    paid = {"kind": "refund", "amount": "129.00", "points": None, "state": "confirmed"}
    assert case["remedies"] == [paid]
    events = EventRow.objects.filter(case_id=CaseRow.objects.get(number=number).id)
    acted = [item.actor for item in events if '"via":"api"' in item.actor]
    assert len(acted) > 8
    assert all(mine.id in actor for actor in acted), "the program stands in every event it made"


def test_a_neutral_decides_through_a_program_and_a_machine_never(
    house: House, owner_program: Program
) -> None:
    number = adjudicated_case(house)
    neutral = account(Role.neutral)
    decision = {
        "facts": "收到的是碎末。",
        "reasons": "与宣传不一致。",
        "terms": [{"kind": "refund", "amount": "129.00"}],
        "grounds": ["ecl.17"],
        "next_recourse": "official_complaint",
    }
    alone = owner_program.post(f"cases/{number}/decide", decision)
    assert alone.status_code == 403 and keys_of(alone) == ["not_allowed"]
    owner_program.done(f"cases/{number}/decide", decision, acts_for=f"staff:{neutral.public_id}")
    decided = owner_program.read(f"cases/{number}/file")["decisions"][-1]
    assert decided["by"] == neutral.public_id and decided["grounds"] == ["ecl.17"]
    owner_program.done(f"cases/{number}/appeal", {"reasons": "金额不对"}, acts_for="respondent")
    assert owner_program.read(f"cases/{number}")["stage"] == "appealed"
    shown = owner_program.read(f"cases/{number}/file", acts_for="complainant")["decisions"][-1]
    assert shown["by"] is None, "who decided is not told to the parties"


def test_the_desk_s_deeds(house: House, owner_program: Program) -> None:
    number, mine = house.served(), owner_program
    agent = account(Role.agent)
    do = f"cases/{number}"
    mine.done(f"{do}/assign", {"agent": agent.public_id})
    mine.done(f"{do}/note", {"text": "打过电话"})
    mine.done(f"{do}/ask-for-evidence", {"of": "respondent", "kind": "photo", "text": "请给发货照片"})
    mine.done(f"{do}/set-points", {"points": [{"about": "是不是碎末", "complainant_says": "是"}]})
    contact = {"at": "2026-09-20T15:00:00+08:00", "channel": "电话", "result": "holding", "answer": "在处理"}
    mine.done(f"{do}/log-contact", contact)
    states = {"states": {"order_no": "have", "chat_export": "other_side"}}
    mine.done(f"{do}/state-evidence", states)
    file = mine.read(f"{do}/file")
    assert file["agent"] == agent.public_id and file["notes"][0]["by"] == mine.id
    assert file["points"][0]["about"] == "是不是碎末" and file["evidence"]["order_no"] == "have"
    asked = file["requests"][0]
    answered = {"request": asked["id"], "answer": "没有照片"}
    mine.done(f"{do}/answer-request", answered, acts_for="respondent")
    wrong = mine.post(f"{do}/assign", {"agent": account(Role.auditor).public_id})
    assert wrong.status_code == 422 and keys_of(wrong) == ["agent_unknown"]
    assert mine.post(f"{do}/erase", {"number": "x"}).status_code == 422
    mine.done(f"{do}/erase", {"number": number})
    assert mine.read(f"{do}/file")["complainant"]["contact"] == ""


def test_outside_doors_and_the_way_back(house: House, owner_program: Program) -> None:
    number, mine = house.served(), owner_program
    do = f"cases/{number}"
    playbook = mine.read("platforms/kuaishou-shop")["playbook"]
    door = next(item["id"] for item in playbook["channels"] if item["rung"] == "official_complaint")
    filed = {
        "channel": door,
        "filed_at": house.clock.now().isoformat(),
        "receipt_no": "12315-1",
        "warned": True,
    }
    early = mine.post(f"{do}/open-filing", filed, acts_for="complainant")
    assert early.status_code == 422 and early.json()["problems"][0]["key"] == "door_unsettled"
    asked = {"answers": {"own_use": "yes", "handled_elsewhere": "no"}}
    mine.done(f"{do}/answer-questions", asked, acts_for="complainant")
    mine.done(f"{do}/open-filing", filed, acts_for="complainant")
    filing = mine.read(do)["filings"][0]
    told = {"filing": filing["id"], "state": "answered", "answer": "已受理"}
    mine.done(f"{do}/update-filing", told, acts_for="complainant")
    mine.done(f"{do}/withdraw", {"reason": "不投诉了"}, acts_for="complainant")
    assert mine.read(do)["outcome"] == "withdrawn"
    again = complaint() | {"new_ground": "又发现两处问题"}
    refiled = mine.post(f"{do}/refile", again, acts_for="complainant")
    assert refiled.status_code == 201, refiled.content.decode()
    assert mine.read(f"cases/{refiled.json()['number']}/file")["refiled_from"] == number


def upload(mine: Program, number: str, data: bytes = PNG, *, key: str = "up", **given: Any) -> Any:
    """Hand a file in."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    acts_for = given.pop("acts_for", "complainant")
    sent = {"file": SimpleUploadedFile("茶叶.png", data), "kind": "photo"} | given
    headers = mine.headers(acts_for=acts_for, key=key)
    return mine.client.post(f"/api/v1/cases/{number}/exhibits", sent, headers=headers)


def test_a_file_goes_up_once_per_key(house: House, owner_program: Program) -> None:
    number = house.served()
    first, again = upload(owner_program, number, note="碎末"), upload(owner_program, number, note="碎末")
    assert first.status_code == 200, first.content.decode()
    assert first.content == again.content and again["Idempotent-Replayed"] == "true"
    file = owner_program.read(f"cases/{number}/file", acts_for="complainant")
    assert [(item["no"], item["name"], item["note"]) for item in file["exhibits"]] == [
        (1, "茶叶.png", "碎末")
    ]
    other = upload(owner_program, number, PNG + b"x")
    assert other.status_code == 409 and keys_of(other) == ["idempotency_key_reused"]
    assert upload(owner_program, number, key="2", hat="x").status_code == 400
    assert upload(owner_program, number, b"MZ program", key="3").status_code == 422
    assert upload(owner_program, number, b"", key="4").status_code == 422
    owner_program.done(f"cases/{number}/withdraw", {"reason": "好了"}, acts_for="complainant")
    assert upload(owner_program, number, note="碎末").content == first.content, "answered as the first time"


def test_a_program_hands_in_as_many_files_a_day_as_a_page(
    house: House, owner_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = house.served()
    monkeypatch.setattr(limit_visits, "FILES_A_DAY", (1, timedelta(days=1)))
    assert upload(owner_program, number, key="1").status_code == 200
    over = upload(owner_program, number, PNG + b"x", key="2")
    assert over.status_code == 429 and keys_of(over) == ["too_many_files_today"]
    assert "请明天再交" in over.content.decode()


def test_a_key_stands_for_one_deed_on_one_case(house: House, owner_program: Program) -> None:
    one, two = house.served(), house.served()
    first = owner_program.post(f"cases/{one}/note", {"text": "记下"}, key="n")
    assert owner_program.post(f"cases/{one}/note", {"text": "记下"}, key="n").content == first.content
    for path, text in (
        (f"cases/{two}/note", "记下"),
        (f"cases/{one}/message", "记下"),
        (f"cases/{one}/note", "别的"),
    ):
        answer = owner_program.post(path, {"text": text}, key="n")
        assert answer.status_code == 409 and keys_of(answer) == ["idempotency_key_reused"], path
    notes = owner_program.read(f"cases/{one}/file")["notes"]
    assert [item["text"] for item in notes] == ["记下"]


def test_a_refusal_holds_no_key(house: House, owner_program: Program) -> None:
    number = house.served()
    path, body = f"cases/{number}/withdraw-exhibit", {"no": 1}
    assert owner_program.post(path, body, key="r", acts_for="complainant").status_code == 422
    assert upload(owner_program, number).status_code == 200
    assert owner_program.post(path, body, key="r", acts_for="complainant").status_code == 200


# Commands that only the engine gives, or that have an address of their own.
ELSEWHERE = {
    *(c.RecordServed, c.RecordBounce, c.ReviseDeadlines, c.RunDeadlines, kc.AnnounceErasure),
    c.AddExhibit,  # cases/{number}/exhibits
}


def test_every_command_has_its_deed() -> None:
    """What a seat may do on a page, a program may do for it: one deed for each command of the permission table."""
    assert len(DEEDS) == len(PERMISSIONS.keys() - ELSEWHERE)
    assert len({deed.name for deed in DEEDS}) == len(DEEDS)
    pages = COMPLAINANT.keys() | RESPONDENT.keys() | DESK.keys()
    assert len(pages) > 30


def test_conditions_accounts_and_a_hidden_refusal_are_told_by_a_program(
    house: House, owner_program: Program
) -> None:
    number = house.served()
    do = f"cases/{number}"
    table = {
        "conditions": [
            {"text": "转发到朋友圈", "state": "have", "met_on": "2026-09-01", "proof": "截图1"},
            {"text": "要先加好友", "announced": "after_win"},
        ],
        "refusal": {"words": "没加好友无效", "said_on": "2026-09-10"},
    }
    owner_program.done(f"{do}/set-conditions", table, acts_for="complainant")
    case = owner_program.read(do)
    assert [row["announced"] for row in case["conditions"]] == ["before", "after_win"]
    assert case["conditions"][0]["met_on"] == "2026-09-01" and case["refusal"]["said_on"] == "2026-09-10"
    wrong = owner_program.post(
        f"{do}/set-conditions",
        {"conditions": [{"text": "x", "met_on": "某天"}]},
        key="w",
        acts_for="complainant",
    )
    assert wrong.status_code == 422 and wrong.json()["problems"][0]["field"] == "conditions[0].met_on"
    account = {"seen_in": "对方发来的截图", "display_name": "小雅", "account_id": "xy_2"}
    owner_program.done(f"{do}/show-account", account, acts_for="complainant")
    assert owner_program.post(f"{do}/take-out-account", {"account": "a9"}, key="t").status_code in {403, 422}


def test_a_refusal_that_only_holds_off_is_sent_back_once(house: House, owner_program: Program) -> None:
    number = house.served()
    path, held_off = f"cases/{number}/answer", {"kind": "refusal", "text": "系统故障，正在处理，请耐心等待"}
    back = owner_program.post(path, held_off, key="h", acts_for="respondent")
    assert back.status_code == 422
    meant = held_off | {"more": "我们不同意退款，商品与描述一致。"}
    owner_program.done(path, meant, acts_for="respondent")
    assert owner_program.read(f"cases/{number}")["version"] > 0
