# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Reading by programs: what the pages show, seat by seat; lists page by page; walls between operators."""

from typing import Any

import pytest
from django.db import connection

from recourse.actions.mask_exhibit import mask_exhibit
from recourse.api.routes import rules
from recourse.core.actor import Role
from recourse.queries.propose_problems import propose_problems
from tests.api.program import Program, foreign_program, keys_of, program
from tests.desk.desk_people import SECRETS, account, told_case
from tests.previews import look_at
from tests.store.house import House

READS = (
    "cases/{number}",
    "cases/{number}/file",
    "cases/{number}/letters/negotiate",
    "cases/{number}/exhibits/1",
)


def test_the_owner_reads_the_whole_file(house: House, owner_program: Program) -> None:
    number = told_case(house)
    file = owner_program.read(f"cases/{number}/file")
    assert file["seat"] == "owner" and file["case"]["number"] == number
    assert (
        file["complainant"]["name"] == SECRETS["name"]
        and file["complainant"]["contact"] == SECRETS["contact"]
    )
    assert [item["text"] for item in file["notes"]] == [SECRETS["note"]]
    assert [item["channel"] for item in file["contacts"]] == [SECRETS["channel"]]
    assert file["exhibits"][0]["name"] == SECRETS["file"] and len(file["head"]) == 64
    assert file["case"]["exhibits"][0]["digest"] and file["record"][0]["version"] == 1


def test_the_other_side_reads_nothing_that_is_not_for_it(house: House, owner_program: Program) -> None:
    number = told_case(house)
    for path in READS[:3]:
        answer = owner_program.get(path.format(number=number), acts_for="respondent")
        assert answer.status_code == 200
        text = answer.content.decode()
        assert [word for word in SECRETS.values() if word in text] == [], path
    file = owner_program.read(f"cases/{number}/file", acts_for="respondent")
    assert file["complainant"] == {
        "id": None,
        "name": "欧**",
        "contact": "",
        "proven_at": file["complainant"]["proven_at"],
    }
    assert file["notes"] == file["contacts"] == file["captures"] == [] and file["agent"] is None
    page = owner_program.read("cases", acts_for=f"respondent:{house.merchant}")
    assert [item["complainant"] for item in page["cases"]] == ["欧**"]


def test_the_complainant_reads_all_but_notes(house: House, owner_program: Program) -> None:
    number = told_case(house)
    file = owner_program.read(f"cases/{number}/file", acts_for="complainant")
    assert file["complainant"]["contact"] == SECRETS["contact"] and file["contacts"]
    assert file["notes"] == [] and file["checks"] == {}


def test_an_auditor_s_token_sees_masked_names(house: House) -> None:
    number = told_case(house)
    mine = program(house, seat="auditor", scopes=("cases:read", "desk:act"))
    text = mine.get(f"cases/{number}/file").content.decode()
    assert SECRETS["name"] not in text and SECRETS["contact"] not in text and SECRETS["note"] not in text
    answer = mine.post(f"cases/{number}/message", {"text": "x"})
    assert answer.status_code == 403 and keys_of(answer) == ["not_allowed"]


@pytest.mark.parametrize("path", READS)
def test_foreign_absent_and_somebody_else_s_answer_alike(
    house: House, owner_program: Program, path: str
) -> None:
    number = told_case(house)
    other = house.served(complainant={"name": "别人", "email": "other@example.cn"})
    foreign = foreign_program(house)
    stranger = f"complainant:{house.complainant(other).id}"
    answers = [
        foreign.get(path.format(number=number)),
        foreign.get(path.format(number=number), acts_for="complainant"),
        foreign.get(path.format(number=number), acts_for=f"complainant:{house.complainant(number).id}"),
        foreign.get(path.format(number=number), acts_for=f"respondent:{house.merchant}"),
        owner_program.get(path.format(number=number), acts_for=stranger),
        owner_program.get(path.format(number="0000-0000-0000")),
        owner_program.get(path.format(number="0000-0000-0000"), acts_for="complainant"),
        owner_program.get(path.format(number=number), acts_for="staff:nobody"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_a_merchant_does_not_read_what_it_was_not_served(house: House, owner_program: Program) -> None:
    number = house.file()
    assert owner_program.get(f"cases/{number}", acts_for="respondent").status_code == 404
    assert owner_program.get(f"cases/{number}", acts_for="complainant").status_code == 200


def test_lists_go_page_by_page_without_gaps(house: House, owner_program: Program) -> None:
    numbers = {house.served() for _ in range(5)}
    seen: list[str] = []
    after = ""
    for _ in range(9):
        page = owner_program.read("cases", limit=2, after=after)
        seen += [item["number"] for item in page["cases"]]
        after = page["after"] or ""
        if not after:
            break
    assert len(seen) == 5 and set(seen) == numbers
    found = owner_program.read("cases/search", q="茶叶", limit=3)
    assert len(found["cases"]) == 3 and found["after"]
    assert owner_program.read("cases", closed=True)["cases"] == []
    mine = owner_program.read("cases", acts_for=f"complainant:{house.complainant(seen[0]).id}")
    assert [item["number"] for item in mine["cases"]] == [seen[0]]


def test_a_page_that_is_none_and_a_filter_that_is_none_are_told(house: House, owner_program: Program) -> None:
    # Not JSON; then a NUL, and half of a surrogate pair, where an id should be: no database takes those.
    for after in ("bm90aGluZw==", "WyJkIiwgIiIsICJcdTAwMDAiXQ==", "WyJkIiwgIiIsICJcdWQ4MDAiXQ=="):
        answer = owner_program.get("cases", after=after)
        assert answer.status_code == 422 and keys_of(answer) == ["page_unknown"], after
    for query in ({"stage": "dreaming"}, {"limit": 0}, {"limit": 101}, {"due": "never"}, {"platform": "A B"}):
        assert owner_program.get("cases", **query).status_code == 400, query
    answer = owner_program.get("cases", colour="red")
    assert answer.status_code == 400 and keys_of(answer) == ["unknown_field"]


@pytest.mark.parametrize("query", [{"severity": "heavy"}, {"assigned": "nobody"}])
def test_a_party_learns_nothing_by_a_filter_that_its_lines_do_not_say(
    house: House, owner_program: Program, query: dict[str, str]
) -> None:
    number = house.served()
    person = f"complainant:{house.complainant(number).id}"
    answer = owner_program.get("cases", acts_for=person, **query)
    assert answer.status_code == 403 and keys_of(answer) == ["not_allowed"]
    assert owner_program.get("cases", acts_for=person, platform="kuaishou-shop").status_code == 200
    assert owner_program.get("cases", **query).status_code == 200


def test_letters_are_filled_for_who_sends_them(house: House, owner_program: Program) -> None:
    number = told_case(house)
    letters = owner_program.read(f"cases/{number}/letters/official_complaint", acts_for="complainant")
    assert letters and "退款129.00元" in letters[0]["body"]["zh"]
    path = f"cases/{number}/letters/official_complaint"
    assert owner_program.read(path, acts_for="respondent") == [], "they speak for the complainant"
    assert owner_program.get(f"cases/{number}/letters/moon").status_code == 400


def test_a_file_comes_back_as_it_was_handed_in(house: House, owner_program: Program) -> None:
    number = told_case(house)
    answer = owner_program.get(f"cases/{number}/exhibits/1")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert owner_program.get(f"cases/{number}/exhibits/2").status_code == 404


def test_a_party_reads_its_own_file_as_the_other_side_sees_it(house: House, owner_program: Program) -> None:
    number = told_case(house)
    look_at(house, number, 1)
    # The picture was read and nothing was found in it, so that the other side sees it.
    house.do(mask_exhibit(house.world, actor=house.complainant(number), number=number, no=1, regions=()))
    read, at = owner_program.get, f"cases/{number}/exhibits/1"
    theirs = read(f"{at}/preview", acts_for="respondent")
    mine = read(f"{at}/preview", acts_for="complainant", as_other=True)
    assert mine.status_code == 200 and mine.json() == theirs.json()
    assert read(at, acts_for="complainant").status_code == 200
    assert read(at, acts_for="complainant", as_other=True).status_code == 404, "it gets no original"
    assert read(at, acts_for="respondent").status_code == 404
    for form in ("copy", "thumbnail"):
        seen = read(f"{at}/pictures/{form}/0", acts_for="respondent")
        across = read(f"{at}/pictures/{form}/0", acts_for="complainant", as_other=True)
        assert (across.status_code, across.content) == (seen.status_code, seen.content)
    # Nobody sees more by another's eyes, and only a party has a side across.
    for path in (at, f"{at}/preview", f"{at}/pictures/copy/0"):
        assert read(path, acts_for="respondent", as_other=True).status_code == 404
        assert read(path, as_other=True).status_code == 404


def test_a_member_of_staff_reads_through_a_program(house: House, owner_program: Program) -> None:
    number = told_case(house)
    neutral = account(Role.neutral)
    file = owner_program.read(f"cases/{number}/file", acts_for=f"staff:{neutral.public_id}")
    assert file["seat"] == "neutral"
    foreign = foreign_program(house)
    assert foreign.get(f"cases/{number}", acts_for=f"staff:{neutral.public_id}").status_code == 404
    listed = owner_program.read("colleagues")["colleagues"]
    assert [item["id"] for item in listed] == [neutral.public_id]
    assert foreign.read("colleagues")["colleagues"] == []


def test_rules_are_read_as_they_are(house: House, owner_program: Program) -> None:
    listed = owner_program.read("platforms")["platforms"]
    assert "kuaishou-shop" in [item["key"] for item in listed]
    assert owner_program.read("platforms/kuaishou-shop")["playbook"]["platform"] == "kuaishou-shop"
    assert owner_program.get("platforms/moon").status_code == 404
    assert owner_program.read("law/cpl.24")["quote"]
    assert owner_program.get("law/cpl.9999").status_code == 404
    counted = owner_program.read("deadline", **{"from": "2026-09-18", "length": "7d", "regime": "civil"})
    assert counted["nominal_end"] == "2026-09-26T00:00:00+08:00"
    assert counted["act_by"] <= counted["nominal_end"] <= counted["due_at"]
    told = owner_program.done("triage", {"platform": "kuaishou-shop", "story": "收到的茶叶是碎末，要退129元"})
    assert told["proposals"] and told["amount"] == "129.00"


def test_a_story_is_read_outside_every_transaction(
    house: House, owner_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[int] = []

    def reads(*given: Any, **named: Any) -> Any:
        inside.append(len(connection.savepoint_ids))
        return propose_problems(*given, **named)

    monkeypatch.setattr(rules, "propose_problems", reads)
    before = len(connection.savepoint_ids)
    owner_program.done("triage", {"platform": "kuaishou-shop", "story": "收到的茶叶是碎末，要退款"})
    assert inside == [before], "whoever writes would wait for it"


def test_a_fault_of_ours_is_told_without_its_words(
    house: House, owner_program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # Put together, for the log may show the line that fails.
    told = "DETAIL: Key (contact)=(can" + "ary@secret.example.cn)"

    def fail(*_args: object, **_keywords: object) -> None:
        raise RuntimeError(told)

    monkeypatch.setattr("recourse.api.routes.cases.desk_queue", fail)
    answer = owner_program.get("cases")
    assert answer.status_code == 500 and answer.json()["problems"][0]["key"] == "failed"
    assert "RuntimeError" in caplog.text and "desk_queue" in caplog.text
    assert "canary" not in caplog.text and "canary" not in answer.content.decode()
