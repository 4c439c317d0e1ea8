# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Filing from a file, looking at it again, writing its letters; every refusal with its line."""

from pathlib import Path

import jsonschema
import pytest

from recourse.store.models import BlobKey, CaseRow
from tests.cli.conftest import CASE
from tests.cli.test_rules import REFUSAL

pytestmark = pytest.mark.django_db(transaction=True)

NAMED = {"type": "object", "required": ["kind", "amount"]}
CASE_JSON = {
    "type": "object",
    "required": [
        *("number", "operator", "platform", "playbook", "problem", "stage", "rung", "outcome", "version"),
        *("missing_evidence", "claims", "remedies", "deadlines", "next_step", "exhibits"),
    ],
    "properties": {
        "number": {"type": "string", "pattern": r"^\d{4}-\d{4}-\d{4}$"},
        "operator": {"const": "local"},
        "playbook": {
            "type": "object",
            "required": ["version", "digest"],
            "properties": {"digest": {"pattern": "^[0-9a-f]{64}$"}},
        },
        "problem": {"type": "object", "required": ["key", "id", "confirmed"]},
        "missing_evidence": {"type": "array", "items": {"type": "object", "required": ["kind", "state"]}},
        "claims": {"type": "array", "items": NAMED},
        "remedies": {"type": "array", "items": {**NAMED, "required": ["kind", "amount", "state"]}},
        "deadlines": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    *("act", "who", "starts_when", "started_by", "length", "unit", "regime", "basis"),
                    *("nominal_end", "act_by", "due_at", "counted", "calendar_version", "provisional"),
                    *("suspensions", "on_miss"),
                ],
            },
        },
        "next_step": {"type": "object", "required": ["who", "zh", "en", "by"]},
        "exhibits": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["no", "kind", "digest"],
                "properties": {"digest": {"pattern": "^[0-9a-f]{64}$"}},
            },
        },
    },
}


def test_a_complaint_is_filed_with_its_exhibit_and_shown_the_same_again(run, case_file: Path, tmp_path: Path):
    chat = tmp_path / "聊天.txt"
    chat.write_text("商家：亲，不退的", encoding="utf-8")
    ran = run("file", case_file, "--exhibit", f"refusal_statement={chat}", "--exhibit", chat, "--json")
    assert ran.code == 0, ran.out
    jsonschema.validate(ran.json, CASE_JSON)
    assert [item["kind"] for item in ran.json["exhibits"]] == ["refusal_statement", "chat_export"]
    # The contact is vouched for, so the case has moved on; nobody here operates a rung.
    assert ran.json["stage"] == "outside" and ran.json["rung_outside"]
    assert ran.json["problem"]["confirmed"] is False
    assert ran.json["claims"] == [{"kind": "return_refund", "amount": "399.00", "points": None}]
    waiting = [item for item in ran.json["deadlines"] if item["state"] == "waiting"]
    assert waiting and all(item["due_at"] is None and item["starts_when"] for item in waiting)
    again = run("case", ran.json["number"], "--json")
    assert again.code == 0 and again.json == ran.json


def test_a_named_problem_counts_as_confirmed(run, case_file: Path):
    case_file.write_text(CASE + "problem: s3.pt.quality\n", encoding="utf-8")
    found = run("file", case_file, "--json").json
    assert found["problem"] == {
        "key": "delivered_defective_or_invalid",
        "id": "s3.pt.quality",
        "confirmed": True,
    }


def test_a_case_and_its_letter_in_words(run, case_file: Path):
    number = run("file", case_file, "--json").json["number"]
    shown = run("case", number)
    assert shown.code == 0 and number in shown.out and "退货退款 399.00" in shown.out
    assert "step 1 of" in run("case", number, "--lang", "en").out
    letter = run("letter", number, "--rung", "negotiate")
    assert letter.code == 0 and "我要求退货退款399.00元" in letter.out
    assert "店铺后台" not in letter.out, (
        "nobody takes part here, so the person sends no notice of the operator's"
    )
    assert "还空着" in letter.out
    assert run("letter", number, "--rung", "negotiate", "--lang", "en").out != letter.out


def test_a_letter_that_the_case_denies_is_not_printed(run, case_file: Path):
    # For their own use they did not buy it, so the letter that says they did is passed over.
    case_file.write_text(CASE.replace("yes}", "yes, own_use: no}"), encoding="utf-8")
    number = run("file", case_file, "--json").json["number"]
    letter = run("letter", number, "--rung", "official_complaint")
    assert letter.code == 0 and "我为生活消费购买" not in letter.out


def test_absent_numbers_and_rungs_are_refused(run, case_file: Path):
    assert run("case", "0000-0000-0000", "--json").keys == ["case_not_found"]
    absent = run("letter", "0000-0000-0000", "--rung", "negotiate")
    assert absent.code == 1 and "没有找到这件投诉" in absent.err and "was not found" in absent.err
    number = run("file", case_file, "--json").json["number"]
    unknown = run("letter", number, "--rung", "heaven")
    assert unknown.code == 1 and "negotiate" in unknown.err


BAD = """\
platform: kuaishou-shop
story: ""
complainant: {email: nobody}
respondent: {name: 暖冬服饰}
record:
  id: "1"
  amount: 三百块
  happened_on: 昨天
demands: [{kind: gold}]
colour: red
"""


@pytest.mark.parametrize(
    ("days", "field", "says"),
    [
        ("promised_on: 9999-12-31", "record.promised_on", "看不懂日期：9999-12-31"),
        ("received_on: 0001-01-01", "record.received_on", "看不懂日期：0001-01-01"),
        ("received_on: 2026-08-31", "record.received_on", "早于2026-09-01"),
        ("received_on: 2198-09-03", "record.received_on", "还没到"),
    ],
)
def test_a_day_that_nobody_means_is_refused_where_it_stands(
    run, case_file: Path, days: str, field: str, says: str
):
    case_file.write_text(CASE.replace('"2026-09-01"', f'"2026-09-01", {days}'), encoding="utf-8")
    ran = run("file", case_file, "--json")
    assert ran.code == 1, ran.out
    (only,) = ran.json["problems"]
    assert only["field"].endswith(field) and says in only["message"]["zh"] and only["message"]["en"]
    assert not CaseRow.objects.exists()


def test_every_problem_of_a_file_is_told_with_its_line_in_both_languages(run, case_file: Path):
    case_file.write_text(BAD, encoding="utf-8")
    ran = run("file", case_file, "--exhibit", case_file.parent / "absent.jpg", "--json")
    assert ran.code == 1
    jsonschema.validate(ran.json, REFUSAL)
    fields = [item["field"] for item in ran.json["problems"]]
    for place in (
        *("case.yaml:2 story", "case.yaml:3 complainant.email", "case.yaml:7 record.amount"),
        *("case.yaml:8 record.happened_on", "case.yaml:9 demands[0].kind", "case.yaml:10 colour"),
    ):
        assert any(field.startswith(place) for field in fields), place
    assert any("absent.jpg" in field for field in fields)
    assert not CaseRow.objects.exists()
    words = run("file", case_file)
    assert words.code == 1 and "看不懂金额" in words.err and "This sum is not understood" in words.err


@pytest.mark.parametrize(
    "text",
    ["", "a: [1", "- 1\n- 2\n", "a: &x 1\nb: *x\n", "record: {amount: 12.50}\n", "a: 1\na: 2\n", "null"],
)
def test_broken_yaml_is_refused_and_files_nothing(run, case_file: Path, text: str):
    case_file.write_text(text, encoding="utf-8")
    ran = run("file", case_file, "--json")
    assert ran.code == 1
    jsonschema.validate(ran.json, REFUSAL)
    assert not CaseRow.objects.exists()


def test_what_the_rules_refuse_is_told_with_its_line_too(run, case_file: Path):
    case_file.write_text(CASE.replace('amount: "399.00"}]', 'amount: "999.00"}]'), encoding="utf-8")
    ran = run("file", case_file, "--json")
    assert ran.keys == ["refund_above_paid"]
    assert ran.json["problems"][0]["field"].startswith("case.yaml:6")
    case_file.write_text(CASE.replace("kuaishou-shop", "kuaishou-shpo"), encoding="utf-8")
    assert run("file", case_file, "--json").keys == ["unknown_platform"]
    assert run("file", case_file.parent / "absent.yaml", "--json").keys == ["unreadable_file"]


def test_a_refused_exhibit_leaves_nothing_filed_and_every_one_is_named(run, case_file: Path):
    program = case_file.parent / "photo.jpg"
    program.write_bytes(b"MZ\x90\x00" + bytes(200))
    script = case_file.parent / "run.sh"
    script.write_bytes(b"#!/bin/sh\n" + bytes(200))
    chat = case_file.parent / "chat.txt"
    chat.write_text("客服：等通知", encoding="utf-8")
    ran = run(
        "file",
        case_file,
        *(word for path in (program, chat, script) for word in ("--exhibit", path)),
        "--json",
    )
    assert ran.code == 1
    assert [item["field"].split()[0] for item in ran.json["problems"]] == ["photo.jpg", "run.sh"]
    assert not CaseRow.objects.exists()
    assert not BlobKey.objects.exists()


def test_files_of_a_complaint_that_the_rules_refuse_go_again(run, case_file: Path):
    case_file.write_text(CASE.replace('amount: "399.00"}]', 'amount: "999.00"}]'), encoding="utf-8")
    chat = case_file.parent / "chat.txt"
    chat.write_text("客服：等通知", encoding="utf-8")
    assert run("file", case_file, "--exhibit", chat, "--json").keys == ["refund_above_paid"]
    assert not BlobKey.objects.exists()
