# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A dossier written, and taken in elsewhere, from the command line."""

from pathlib import Path

import jsonschema
import pytest

from recourse.core.dossier import packing
from tests.cli.test_rules import REFUSAL
from tests.dossiers.read_zip import files, verified

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_case_goes_out_and_comes_in_elsewhere(run, case_file: Path, tmp_path: Path):
    chat = tmp_path / "聊天.txt"
    chat.write_text("客服：正在处理")
    number = run("file", str(case_file), "--exhibit", str(chat), "--json").json["number"]
    target = tmp_path / "out.zip"
    ran = run("dossier", number, "-o", str(target), "--json")
    assert ran.code == 0 and ran.json["number"] == number and ran.json["bytes"] == target.stat().st_size
    assert verified(target.read_bytes()).ok
    assert "data/exhibits/001-original.txt" in files(target.read_bytes())
    mine = tmp_path / "mine.zip"
    assert run("dossier", number, "-o", str(mine), "--seat", "complainant", "--lang", "en").code == 0
    assert b'"seat":"complainant"' in files(mine.read_bytes())["data/case.json"]
    assert run("import", "dossier", str(target), "--json").keys == ["case_at_home"]
    assert (
        run("operator", "set", "away", "--name-zh", "别处", "--name-en", "Away", "--kind", "association").code
        == 0
    )
    came = run("import", "dossier", str(target), "--operator", "away", "--json")
    assert came.code == 0 and came.json["known"] is False and came.json["number"] == number
    assert run("import", "dossier", str(target), "--operator", "away", "--json").json["known"] is True


def test_what_cannot_be_is_refused(run, case_file: Path, tmp_path: Path):
    number = run("file", str(case_file), "--json").json["number"]
    assert run("dossier", "0000-0000-0000", "-o", str(tmp_path / "x.zip"), "--json").keys == [
        "case_not_found"
    ]
    nowhere = run("dossier", number, "-o", str(tmp_path / "no" / "x.zip"), "--json")
    assert nowhere.code == 1 and nowhere.keys == ["unwritable_file"]
    assert not list(tmp_path.glob("**/*.part"))
    none = [str(tmp_path / name) for name in ("none.zip", "neither.zip")]
    assert run("import", "dossier", none[0], "--json").keys == ["unreadable_file"]
    assert run("import", "dossier", *none, "--json").keys == ["unreadable_file"] * 2
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 nothing")
    refused = run("import", "dossier", str(tmp_path / "bad.zip"), "--json")
    assert refused.code == 1 and refused.keys == ["dossier_faulty"]
    jsonschema.validate(refused.json, REFUSAL)


def test_parts_are_verified_each_and_together(run, case_file: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(packing, "PART_BYTES_MAX", 1)
    chat = tmp_path / "聊天.txt"
    chat.write_text("客服：正在处理")
    number = run("file", str(case_file), "--exhibit", str(chat), "--json").json["number"]
    assert run("dossier", number, "-o", str(tmp_path / "d.zip")).code == 0
    parts = [str(tmp_path / name) for name in ("d.zip", "d-2.zip")]
    assert len(list(tmp_path.glob("d*.zip"))) == 2
    whole = run("verify", *parts, "--json")
    assert whole.code == 0 and whole.json["ok"] is True and whole.json["problems"] == []
    assert [item["file"] for item in whole.json["files"]] == parts
    assert "全部2卷" in run("verify", *parts).out
    assert "all 2 parts" in run("verify", *parts, "--lang", "en").out
    twice = run("verify", parts[1], parts[1], "--json")
    assert twice.code == 1 and twice.keys == ["parts_missing", "parts_twice"]
    assert "还缺第1卷" in run("verify", parts[1], parts[1]).out
    assert run("verify", parts[0]).code == 0, "each verifies by itself"
    assert run("import", "dossier", parts[0], "--json").keys == ["parts_missing"]
    assert run("import", "dossier", *parts, "--json").keys == ["case_at_home"]
