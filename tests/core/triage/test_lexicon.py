# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The lexicon file: its phrases, its faults all at once, and that the shipped one covers the taxonomy."""

from pathlib import Path

import pytest

from recourse.core.problem import Problems
from recourse.core.triage.lexicon import compile_phrase, read_lexicon
from recourse.core.vocabulary import ProblemKey
from recourse.gateways.lexicon_file import load_lexicon

WEIGHTS = {"strong": 480, "plain": 280, "weak": 130, "answer": 300, "says": 450}


def plain(**changed: object) -> dict[str, object]:
    return {"version": "1", "fits_from": 240, "weights": WEIGHTS, "variants": ["電电"], "keys": [], "elsewhere": [], "solved": []} | changed  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("申请/要求 ~ 退款 ~ 拒绝/驳回", "申请退款被商家驳回", True),
        ("申请 ~ 退款", "申请。退款", False),
        ("没 + 发货", "没有人给发货", False),
        ("没 + 发货", "没给发货", True),
        ("a.b", "axb", False),
    ],
)
def test_the_signs_of_a_phrase(phrase: str, text: str, found: bool) -> None:
    assert bool(compile_phrase(phrase, variants={}).search(text)) is found


def test_every_fault_of_the_file_is_told_at_once() -> None:
    key = {"key": "not_delivered", "strong": ["没收到", "退 ~ "], "unless": ["/"]}
    lexicon, problems = read_lexicon(
        plain(variants=["電电飯"], keys=[key, {"key": "not_delivered"}], solved=["a//b"])
    )
    assert lexicon is None
    assert [item.field for item in problems] == [
        "solved[0]",
        "keys[0].strong[1]",
        "keys[0].unless[0]",
        "variants[0]",
        "keys[1].key",
    ]


def test_an_unknown_problem_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text('version: "1"\nkeys:\n  - key: lost\n', encoding="utf-8")
    loaded = load_lexicon(path)
    assert isinstance(loaded, Problems)
    assert any(item.field == "lexicon.yaml:3 keys[0].key" for item in loaded.items)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert isinstance(load_lexicon(tmp_path / "none.yaml"), Problems)


def test_the_shipped_lexicon_knows_every_canonical_problem() -> None:
    lexicon = load_lexicon()
    assert not isinstance(lexicon, Problems), lexicon
    assert set(lexicon.cues) == set(ProblemKey)
