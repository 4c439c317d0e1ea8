# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The commands that look things up: they answer without an installation and refuse with every problem at once."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import recourse.cli.main as cli_main

REFUSAL = {
    "type": "object",
    "required": ["problems"],
    "properties": {
        "problems": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["key", "field", "message", "do"],
                "additionalProperties": False,
                "properties": {
                    "key": {"type": "string", "minLength": 1},
                    "field": {"type": "string"},
                    "message": {"$ref": "#/$defs/text"},
                    "do": {"$ref": "#/$defs/text"},
                },
            },
        }
    },
    "$defs": {
        "text": {
            "type": "object",
            "required": ["zh", "en"],
            "properties": {
                "zh": {"type": "string", "minLength": 1},
                "en": {"type": "string", "minLength": 1},
            },
        }
    },
}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$"}
DEADLINE = {
    "type": "object",
    "required": ["nominal_end", "act_by", "due_at", "counted", "calendar_version", "provisional"],
    "properties": {
        "nominal_end": MOMENT,
        "act_by": MOMENT,
        "due_at": MOMENT,
        "counted": {"type": "array", "items": {"type": "string", "format": "date"}},
        "calendar_version": {"type": "string", "minLength": 1},
        "provisional": {"type": "boolean"},
    },
}
TRIAGE = {
    "type": "object",
    "required": ["proposals", "amount", "dates"],
    "properties": {
        "proposals": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["key", "id", "score", "phrases"],
                "properties": {
                    "score": {"type": "integer", "minimum": 0, "maximum": 1000},
                    "phrases": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
        "amount": {"type": ["string", "null"]},
        "dates": {"type": "array", "items": {"type": "string", "format": "date"}},
    },
}


def test_a_deadline_over_the_national_day_with_a_make_up_workday(run):
    ran = run("deadline", "--from", "2026-09-18", "--length", "7wd", "--regime", "samr", "--json")
    assert ran.code == 0
    jsonschema.validate(ran.json, DEADLINE)
    # 20 September is a make-up workday, 25 September a holiday.
    assert ran.json["counted"][0] == "2026-09-20"
    assert "2026-09-25" not in ran.json["counted"]
    assert ran.json["due_at"] == "2026-09-30T00:00:00+08:00"


def test_a_deadline_in_words_is_shown_as_24_00_in_both_languages(run):
    arguments = ("deadline", "--from", "2026-09-18", "--length", "7wd", "--regime", "samr")
    assert "9月29日（周二）24:00" in run(*arguments).out
    assert "Tue 29 Sep, 24:00" in run(*arguments, "--lang", "en").out


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (("--from", "18.9.", "--length", "7x", "--regime", "eu"), None),
        (("--from", "2026-02-30", "--length", "7d", "--regime", "civil"), ["moment_not_understood"]),
        (("--from", "2026-01-01", "--length", "0d", "--regime", "civil"), ["length_out_of_range"]),
    ],
)
def test_a_deadline_refuses_every_part_at_once(run, arguments, keys):
    ran = run("deadline", *arguments, "--json")
    assert ran.code == 1
    jsonschema.validate(ran.json, REFUSAL)
    assert ran.keys == (keys or ["moment_not_understood", "length_not_understood", "regime_unknown"])


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        ((), "--from, --length, --regime"),
        (("--json",), "--from, --length, --regime"),
        (("--from", "2026-09-18", "--regime", "civil"), "--length"),
    ],
)
def test_half_a_period_is_a_wrong_call(run, capsys, arguments, missing):
    with pytest.raises(SystemExit) as left:
        run("deadline", *arguments)
    assert left.value.code == 2
    assert f"without --batch: {missing}\n" in capsys.readouterr().err


def test_a_batch_answers_each_line_and_is_refused_when_one_is(run, tmp_path: Path):
    path = tmp_path / "many.jsonl"
    rows = [
        {"id": "a", "from": "2026-09-18", "length": "48h", "regime": "civil"},
        {"from": "2026-09-18", "length": 7, "unit": "wd", "regime": "samr"},
        {"from": None, "length": "7d", "regime": "civil"},
    ]
    path.write_text("\n".join([*map(json.dumps, rows), "", "not json", "[1]"]), encoding="utf-8")
    ran = run("deadline", "--batch", path)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1 and len(answers) == 5
    jsonschema.validate(answers[0], DEADLINE)
    assert answers[0]["id"] == "a" and answers[0]["due_at"] == "2026-09-20T00:00:00+08:00"
    assert answers[1]["counted"][-1] == "2026-09-29"
    for answer, line in zip(answers[2:], (3, 5, 6), strict=True):
        jsonschema.validate(answer, REFUSAL)
        assert answer["line"] == line
    path.write_text("\n".join(map(json.dumps, rows[:2])), encoding="utf-8")
    assert run("deadline", "--batch", path).code == 0
    assert run("deadline", "--batch", tmp_path / "absent", "--json").keys == ["unreadable_file"]


def test_law_is_quoted_as_it_stood_on_a_day(run):
    ran = run("law", "show", "cpl.24", "--on", "2026-09-18", "--json")
    assert ran.code == 0 and ran.json["in_force"] and ran.json["verified"]
    assert ran.json["quote"].startswith("经营者提供的商品或者服务不符合质量要求的")
    assert not run("law", "show", "cpl.24", "--on", "1990-01-01", "--json").json["in_force"]
    assert "第二十四条" in run("law", "show", "cpl.24").out
    refused = run("law", "show", "cpl.9999", "--json")
    assert refused.code == 1
    jsonschema.validate(refused.json, REFUSAL)


def test_triage_proposes_with_the_words_that_led_there(run, tmp_path: Path):
    story = "9月1日买的保温杯39.9元，收到是坏的，杯口有裂纹，商家不退款"
    ran = run("triage", story, "--platform", "kuaishou-shop", "--json")
    assert ran.code == 0
    jsonschema.validate(ran.json, TRIAGE)
    assert ran.json["proposals"] and ran.json["amount"] == "39.90"
    assert all(phrase in story for item in ran.json["proposals"] for phrase in item["phrases"])
    path = tmp_path / "story.txt"
    path.write_text(story, encoding="utf-8")
    assert run("triage", path, "--platform", "kuaishou-shop", "--json").json == ran.json
    assert "金额 39.90" in run("triage", story, "--platform", "kuaishou-shop").out


def test_triage_says_that_none_fits_and_refuses_an_unknown_platform(run, tmp_path: Path):
    none = run("triage", "今天天气真好", "--platform", "kuaishou-shop", "--json")
    assert none.code == 0 and none.json["proposals"] == []
    assert run("triage", "退款", "--platform", "kuaishu-shop", "--json").keys == ["unknown_platform"]
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    assert run("triage", picture, "--platform", "kuaishou-shop", "--json").keys == ["unreadable_file"]


def test_shipped_playbooks_are_correct_and_a_broken_one_is_told_line_by_line(run, tmp_path: Path):
    assert run("playbook", "check").code == 0
    broken = tmp_path / "half-shop"
    broken.mkdir()
    (broken / "playbook.yaml").write_text("platform: half-shop\nsubjekt: order\n", encoding="utf-8")
    ran = run("playbook", "check", broken, "--json")
    assert ran.code == 1 and len(ran.keys) > 3
    jsonschema.validate(ran.json, REFUSAL)
    assert any("playbook.yaml:2" in item["field"] for item in ran.json["problems"])
    assert run("playbook", "check", tmp_path / "nowhere", "--json").keys == ["no_playbook"]
    jsonschema.Draft202012Validator.check_schema(run("playbook", "schema").json)


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["serve", "--port", "0"], ["law", "show", "x", "--on", "y"]]
)
def test_a_wrong_call_leaves_with_2(run, arguments):
    with pytest.raises(SystemExit) as left:
        run(*arguments)
    assert left.value.code == 2


def test_looking_things_up_starts_no_database_and_helping_imports_nothing_heavy():
    script = (
        "import sys\nfrom recourse.cli.main import main\n"
        "try: code = main(sys.argv[1:])\nexcept SystemExit as left: code = left.code\n"
        "heavy = {'django', 'ruamel.yaml', 'msgspec'} & set(sys.modules)\n"
        "print(','.join(sorted(heavy)), file=sys.stderr); sys.exit(code)"
    )

    def imported(*arguments: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
        )
        return ran.stderr.strip()

    assert imported("--help") == ""
    for arguments in (
        ("deadline", "--from", "2026-09-18", "--length", "7wd", "--regime", "samr"),
        ("law", "show", "cpl.24"),
        ("playbook", "schema"),
        ("triage", "商家不退款", "--platform", "kuaishou-shop"),
    ):
        assert "django" not in imported(*arguments)


def test_every_command_is_there_before_the_settings_are() -> None:
    # A command asked for as the first thing opens the installation itself: nothing it needs at once may need it.
    source = Path(cli_main.__file__).read_text()
    named = re.findall(r"from recourse\.cli import (\w+)|from recourse\.cli\.(\w+) import", source)
    modules = sorted(f"recourse.cli.{one or other}" for one, other in named)
    assert len(modules) >= 15
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    script = f"import {', '.join(modules)}"
    subprocess.run([sys.executable, "-c", script], env=bare, check=True)
