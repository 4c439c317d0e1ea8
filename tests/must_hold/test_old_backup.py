# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""An old backup opens for reading alone, says why at every door, and opens for writing when a person declared the gap."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

CASE = """\
platform: kuaishou-shop
story: 直播间买的茶叶收到是碎末，和宣传的不一样，客服一直说正在处理。
complainant: {name: 王小明, email: xiaoming@example.cn}
respondent: {name: 山间茶铺}
record: {id: KS%d, amount: "129.00", title: 明前龙井250克, received_on: 2026-11-19}
problems: [s3.pt.quality]
demands: [{kind: refund, amount: "129.00"}]
"""


@pytest.mark.sqlite
def test_snapshot_run_restore_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECOURSE_")}
    environment = {**kept, "RECOURSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "recourse.config.settings"}

    def recourse(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "recourse.cli.main", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        return done.returncode, done.stdout + done.stderr

    def file(number: int) -> tuple[int, str]:
        (tmp_path / "case.yaml").write_text(CASE % number)
        return recourse("file", str(tmp_path / "case.yaml"), "--json")

    def copy(source: Path, target: Path) -> None:
        with sqlite3.connect(source) as one, sqlite3.connect(target) as two:
            one.backup(two)

    database, backup = data / "recourse.sqlite3", tmp_path / "backup.sqlite3"
    code, told = file(1)
    assert code == 0, told
    number = json.loads(told)["number"]
    code, told = recourse("log", "update", "--json")
    assert (code, json.loads(told)["signed"], json.loads(told)["witnesses"]) == (0, True, 1), told
    copy(database, backup)
    assert file(2)[0] == 0
    assert recourse("log", "update")[0] == 0
    copy(backup, database)
    # Nothing is written, at this door as at every other, and the reason is said in both languages.
    code, told = file(3)
    problem = json.loads(told)["problems"][0]
    assert code == 1 and problem["key"] == "read_only"
    assert "备份" in problem["message"]["zh"] and "backup" in problem["message"]["en"]
    assert recourse("user", "add", "x", "--role", "agent")[0] == 1
    assert recourse("log", "update")[0] == 1
    # Reading works; the doctor and the check say what is wrong.
    assert recourse("case", number)[0] == 0
    code, told = recourse("doctor", "--json")
    assert code == 1 and "read_only" in told
    assert recourse("log", "check")[0] == 1
    code, told = recourse("log", "gap", "--by", "王负责人", "--reason", "硬盘坏了，恢复了旧备份", "--json")
    declared = json.loads(told)
    assert code == 0 and (declared["held"], declared["lost"]) == (2, 2)
    assert declared["origin"].endswith("/2")
    assert file(4)[0] == 0
    assert recourse("log", "update")[0] == 0
    code, told = recourse("log", "check")
    assert code == 0, told
