# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Holding replies: what is silence in words, what is an answer, and that hearing them only advises."""

import csv
from pathlib import Path

import pytest

from recourse.core.holding import Heard, holding_problem, read_holding, read_reply
from recourse.gateways.holding_file import current_holding, load_holding

ROWS = [
    (row["text"], Heard(row["heard"]))
    for row in csv.DictReader(Path(__file__).with_name("holding.csv").read_text("utf-8").splitlines())
]


def test_the_table_is_large_and_knows_both_kinds() -> None:
    assert len(ROWS) >= 40
    assert {heard for _text, heard in ROWS} == set(Heard)


@pytest.mark.parametrize(("text", "heard"), ROWS, ids=[text[:24] for text, _heard in ROWS])
def test_what_a_reply_amounts_to(text: str, heard: Heard) -> None:
    assert read_reply(text, current_holding()).heard is heard


def test_what_was_heard_is_quoted_in_the_persons_own_words() -> None:
    reply = read_reply("亲，正在核实，【耐心等待】哦", current_holding())
    assert reply.said == ("正在核实", "耐心等待") and reply.holds


def test_the_answerer_is_told_what_counts_and_that_more_may_be_said() -> None:
    problem = holding_problem(read_reply("系统故障", current_holding()), field="text", is_own=True)
    assert problem.key == "holding_words" and "“系统故障”" in problem.message.zh
    for word in ("同意", "方案", "事实和理由", "哪天做好", "不只是拖延"):
        assert word in problem.do.zh
    noted = holding_problem(read_reply("请耐心等待", current_holding()), field="result", is_own=False)
    assert "只说正在处理" in noted.do.zh and "clock runs" in noted.do.en


@pytest.mark.parametrize("text", ["", "   ", "？", "a" * 50_000, "正" * 3_000 + "在处理", "{do}", "\x00"])
def test_any_text_is_read(text: str) -> None:
    assert read_reply(text, current_holding()).heard in set(Heard)


def test_a_file_with_a_wrong_line_says_which(tmp_path: Path) -> None:
    path = tmp_path / "holding.yaml"
    plain = dict.fromkeys(
        ("stalling", "excuses", "agree", "done", "deeds", "refuse", "reasons", "facts"), "好"
    )
    words, problems = read_holding({"version": "1", **plain, "facts": "{nowhere}"})
    assert words is None and [item.key for item in problems] == ["phrase_not_understood"]
    path.write_text("version: '1'\nstalling: |\n  等等\n", encoding="utf-8")
    refused = load_holding(path)
    assert "holding.yaml" in refused.items[0].field  # type: ignore[union-attr]
