# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filing by programs: once per key, for whom, many at once; and every mistake is told with its place."""

from datetime import timedelta
from typing import Any

import pytest

from recourse.api import door
from recourse.core.actor import Role
from recourse.store import once
from recourse.store.models import ApiAnswer, CaseRow, EventRow, IdempotencyKey, Person
from tests.api.program import Program, complaint, keys_of, program
from tests.desk.desk_people import account
from tests.store.house import House


def test_a_vouched_complaint_is_under_way(house: House, owner_program: Program) -> None:
    answer = owner_program.post("cases", complaint() | {"vouched": True})
    assert answer.status_code == 201
    case = owner_program.read(f"cases/{answer.json()['number']}")
    assert (case["stage"], case["rung"], case["version"]) == (
        "negotiating",
        "negotiate",
        answer.json()["version"],
    )
    assert case["problem"] == {"key": case["problem"]["key"], "id": "s3.pt.quality", "confirmed": True}
    assert case["claims"] == [{"kind": "refund", "amount": "129.00", "points": None}]


def test_for_a_complainant_the_case_waits_for_their_code(house: House) -> None:
    mine = program(house, seat="", scopes=("cases:file", "cases:read", "parties:act"))
    number = mine.done("cases", complaint(), acts_for="complainant")["number"]
    case = mine.read(f"cases/{number}", acts_for="complainant")
    assert case["stage"] == "received"
    event = EventRow.objects.get(case_id=CaseRow.objects.get(number=number).id, version=1)
    assert f'"through":"{mine.id}"' in event.actor and '"via":"api"' in event.actor
    assert '"role":"complainant"' in event.actor
    answer = mine.post(f"cases/{number}/prove", acts_for="complainant")
    assert answer.status_code == 403, "a program cannot prove a contact in the complainant's name"


@pytest.mark.parametrize(
    ("seat", "scopes"),
    [
        ("", ("cases:file", "parties:act", "desk:act")),
        ("agent", ("cases:file", "parties:act")),
        ("auditor", ("cases:file", "parties:act", "desk:act")),
    ],
)
def test_who_may_not_vouch_files_nothing_vouched(house: House, seat: str, scopes: tuple[str, ...]) -> None:
    mine = program(house, seat=seat, scopes=scopes)
    answer = mine.post("cases", complaint() | {"vouched": True}, acts_for="complainant")
    assert answer.status_code == 422 and keys_of(answer) == ["not_vouched"]
    assert CaseRow.objects.count() == 0, "a refusal says that nothing was done"
    assert mine.post("cases", complaint(), acts_for="complainant").status_code == 201


def test_a_filing_never_steps_into_somebody_s_person(house: House, owner_program: Program) -> None:
    first = owner_program.done("cases", complaint("KS1"), acts_for="complainant")["number"]
    person = house.complainant(first).id
    named = f"complainant:{person}"
    second = owner_program.done("cases", complaint("KS2"), acts_for=named)["number"]
    assert house.complainant(second).id != person
    assert Person.objects.filter(merged_into="").count() == 2


@pytest.mark.parametrize("acts_for", ["", "complainant"])
def test_the_same_key_files_once_and_gets_the_same_bytes(
    house: House, owner_program: Program, acts_for: str
) -> None:
    sent = complaint() | {"vouched": True}
    first = owner_program.post("cases", sent, key="once", acts_for=acts_for)
    again = owner_program.post("cases", dict(reversed(sent.items())), key="once", acts_for=acts_for)
    assert (first.status_code, first.content) == (201, again.content) and again.status_code == 201
    assert again["Idempotent-Replayed"] == "true"
    other = owner_program.post(
        "cases", sent | {"story": "别的经过，客服不理人。"}, key="once", acts_for=acts_for
    )
    assert other.status_code == 409 and keys_of(other) == ["idempotency_key_reused"]
    assert CaseRow.objects.count() == 1
    assert program(house).post("cases", sent, key="once", acts_for=acts_for).status_code == 201
    assert CaseRow.objects.count() == 2, "a key is a word of one token"


def test_a_key_used_for_one_seat_is_refused_for_another(house: House, owner_program: Program) -> None:
    owner_program.done("cases", complaint(), key="once")
    answer = owner_program.post("cases", complaint(), key="once", acts_for="complainant")
    assert answer.status_code == 409
    number = house.served()
    assert owner_program.post(f"cases/{number}/message", {"text": "好"}, key="m").status_code == 200
    other = owner_program.post(f"cases/{number}/message", {"text": "好"}, key="m", acts_for="complainant")
    assert other.status_code == 409


def test_many_at_once_stand_each_by_itself(house: House, owner_program: Program) -> None:
    sent = {"complaints": [complaint("KS1"), complaint("KS2", platform="nowhere"), complaint("KS3")]}
    first = owner_program.post("cases/bulk", sent, key="all")
    assert first.status_code == 200
    told = first.json()
    assert (told["filed"], told["refused"]) == (2, 1)
    assert [item["receipt"] is not None for item in told["results"]] == [True, False, True]
    assert told["results"][1]["problems"][0]["key"] == "unknown_platform"
    assert owner_program.post("cases/bulk", sent, key="all").content == first.content
    assert CaseRow.objects.count() == 2
    changed = owner_program.post("cases/bulk", {"complaints": [complaint("KS9")]}, key="all")
    assert changed.status_code == 409


def test_a_bulk_that_broke_off_goes_on_where_it_was(
    house: House, owner_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"complaints": [complaint("KS1"), complaint("KS2")]}
    owner_program.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("recourse.store.once.keep", _dies)
        assert owner_program.post("cases/bulk", sent, key="all").status_code == 500
    assert CaseRow.objects.count() == 2
    assert owner_program.done("cases/bulk", sent, key="all")["filed"] == 2
    assert CaseRow.objects.count() == 2 and IdempotencyKey.objects.count() == 2


def _dies(*_: Any, **__: Any) -> None:
    raise RuntimeError("the power went")


WRONG: dict[str, tuple[dict[str, Any], list[str], str]] = {
    "an unknown field": ({"hat": 1}, ["unknown_field"], "hat"),
    "an unknown field deep inside": ({"record": {"colour": "red"}}, ["unknown_field"], "record.colour"),
    "a number for a text": ({"story": 5}, ["not_understood"], "story"),
    "a sum that is none": ({"record": {"amount": "12,9"}}, ["not_understood"], "record.amount"),
    "a demand that is none": ({"demands": [{"kind": "hug"}]}, ["not_in_set"], "demands[0].kind"),
}


@pytest.mark.parametrize(("change", "keys", "field"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_told_with_its_place(
    house: House, owner_program: Program, change: dict[str, Any], keys: list[str], field: str
) -> None:
    answer = owner_program.post("cases", complaint() | change)
    assert answer.status_code == 400 and keys_of(answer) == keys
    assert answer.json()["problems"][0]["field"] == field


def test_every_mistake_is_told_at_once(house: House, owner_program: Program) -> None:
    answer = owner_program.post("cases", {"story": "", "hat": 1})
    assert answer.status_code == 400
    assert {item["field"] for item in answer.json()["problems"]} == {
        *("platform", "story", "complainant", "respondent", "hat")
    }


def test_a_rule_s_refusal_is_told_apart_from_an_unreadable_request(
    house: House, owner_program: Program
) -> None:
    answer = owner_program.post("cases", complaint(complainant={"name": "王", "email": "not-an-address"}))
    assert answer.status_code == 422 and keys_of(answer)
    assert CaseRow.objects.count() == 0


@pytest.mark.parametrize("body", [b"{", b"[1]", b"", b'{"a":"\\u0000"}', b'{"a":"\\ud800"}', b"\xff"])
def test_a_body_that_is_no_json_is_refused(house: House, owner_program: Program, body: bytes) -> None:
    headers = owner_program.headers(key="k")
    answer = owner_program.client.post(
        "/api/v1/cases", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == 400 and keys_of(answer)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[" * 100_000, 400), (b'{"story":"' + b"x" * 3_000_000 + b'"}', 413)],
    ids=["deep", "long"],
)
def test_a_body_beyond_all_measure_is_refused(
    house: House, owner_program: Program, body: bytes, status: int
) -> None:
    headers = owner_program.headers(key="k")
    answer = owner_program.client.post(
        "/api/v1/cases", body, content_type="application/json", headers=headers
    )
    assert answer.status_code == status and keys_of(answer)


def test_a_key_stands_for_vouching_too(house: House, owner_program: Program) -> None:
    plain, vouched = complaint(), complaint() | {"vouched": True}
    first = owner_program.post("cases", plain, key="k")
    assert first.status_code == 201
    other = owner_program.post("cases", vouched, key="k")
    assert other.status_code == 409 and keys_of(other) == ["idempotency_key_reused"]
    assert owner_program.read(f"cases/{first.json()['number']}")["stage"] == "received"
    assert owner_program.post("cases", plain, key="k").json() == first.json()
    once_more = owner_program.post("cases", vouched, key="v")
    assert owner_program.post("cases", vouched, key="v").content == once_more.content
    assert owner_program.post("cases", plain, key="v").status_code == 409


def test_many_at_once_count_as_many(
    house: House, owner_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "PER_TOKEN", (7, timedelta(minutes=1)))
    many = {"complaints": [complaint(f"KS{n}") for n in range(5)]}
    assert owner_program.post("cases/bulk", many).status_code == 200
    answer = owner_program.post("cases/bulk", many, key="late")
    assert answer.status_code == 429 and keys_of(answer) == ["too_many_requests"]
    assert CaseRow.objects.count() == 5, "a refusal says that nothing was done"
    house.clock.ahead(minutes=1)
    assert owner_program.post("cases/bulk", many, key="late").status_code == 200


def test_a_post_without_a_key_is_refused(house: House, owner_program: Program) -> None:
    answer = owner_program.client.post(
        "/api/v1/cases", "{}", content_type="application/json", headers=owner_program.headers()
    )
    assert answer.status_code == 400
    assert "Idempotency-Key" in [item["field"] for item in answer.json()["problems"]]


def test_an_auditor_s_token_files_nothing(house: House) -> None:
    answer = program(house, seat=Role.auditor.value).post("cases", complaint())
    assert answer.status_code == 403 and keys_of(answer) == ["filer_unknown"]


def test_an_agent_takes_a_complaint_down_through_a_program(house: House, owner_program: Program) -> None:
    agent = account(Role.agent)
    number = owner_program.done("cases", complaint(), acts_for=f"staff:{agent.public_id}")["number"]
    event = EventRow.objects.get(case_id=CaseRow.objects.get(number=number).id, version=1)
    assert agent.public_id in event.actor and owner_program.id in event.actor
    refused = owner_program.post("cases", complaint(), acts_for="staff:nobody")
    assert refused.status_code == 403 and keys_of(refused) == ["filer_unknown"]


def test_answers_of_requests_about_no_case_are_kept_sealed_and_not_for_ever(
    house: House, owner_program: Program
) -> None:
    story = {"platform": "kuaishou-shop", "story": "收到的茶叶是碎末，要退款"}
    first = owner_program.post("triage", story, key="t")
    assert owner_program.post("triage", story, key="t").content == first.content
    assert owner_program.post("triage", {**story, "story": "别的"}, key="t").status_code == 409
    row = ApiAnswer.objects.get()
    assert "碎末".encode() not in bytes(row.body)
    assert once.forget_old(house.clock.now()) == 0
    house.clock.ahead(days=31)
    assert once.forget_old(house.clock.now()) == 1


def test_points_are_counted_from_the_demand_to_the_file(house: House, owner_program: Program) -> None:
    given = {
        **complaint(),
        "platform": "qishui-points",
        "problems": ["s4.pt.points_lost"],
        "story": "没兑换过，积分少了2000",
        "evidence": {},
        "answers": {"gift_kind": "points_only", "points_source": "earned"},
        "demands": [{"kind": "restore_points", "points": 2000}],
    }
    number = owner_program.done("cases", given)["number"]
    claims = [{"kind": "restore_points", "amount": None, "points": 2000}]
    assert owner_program.read(f"cases/{number}")["claims"] == claims
    assert owner_program.read(f"cases/{number}/file")["claims"] == claims
    for wrong in (0, -5, 2.5, "many"):
        answer = owner_program.post(
            "cases", given | {"demands": [{"kind": "restore_points", "points": wrong}]}
        )
        assert answer.status_code == 400, wrong
    refused = owner_program.post("cases", complaint() | {"demands": [{"kind": "refund", "points": 5}]})
    assert keys_of(refused) == ["points_unwanted"]
