# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Runs commands as a person would, and reads what they answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recourse.cli.main import main

CASE = """\
platform: kuaishou-shop
story: 9月1日在快手小店买的羽绒服，收到后一穿就掉毛，和直播说的不一样，商家不退款。
complainant: {name: 张三, email: zhang@example.com}
respondent: {name: 暖冬服饰}
record: {id: "2026090112345678", title: 羽绒服, amount: "399.00", happened_on: "2026-09-01"}
demands: [{kind: return_refund, amount: "399.00"}]
answers: {goods_received: yes}
"""


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def keys(self) -> list[str]:
        """The keys of the refusals on standard output."""
        return [item["key"] for item in self.json["problems"]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run one command in this process."""

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(item) for item in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return ran


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    """A complaint that is in order."""
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path
