# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The lexicon file: every fault at once with its line, and what the shipped one holds."""

from pathlib import Path

from recourse.core.problem import Problems
from recourse.core.triage.lexicon import Lexicon, read_lexicon
from recourse.core.vocabulary import ProblemKey
from recourse.gateways.lexicon_file import load_lexicon

WEIGHTS = {
    "strong": 480,
    "plain": 280,
    "weak": 130,
    "mood": 300,
    "answer": 300,
    "says": 450,
    "told": 560,
    "elsewhere": 650,
}


def plain(**changed: object) -> dict[str, object]:
    return {"version": "1", "fits_from": 240, "weights": WEIGHTS, "variants": ["電电"], "keys": []} | changed


def shipped() -> Lexicon:
    lexicon = load_lexicon()
    assert not isinstance(lexicon, Problems), lexicon
    return lexicon


def test_every_fault_of_the_file_is_told_at_once() -> None:
    key = {"key": "not_delivered", "strong": "没收到\n退 ~ \n", "unless": "/"}
    lexicon, problems = read_lexicon(
        plain(
            variants=["電电飯"],
            lists={"part": "屏幕/键", "more": "{unknown}"},
            keys=[key, {"key": "not_delivered"}],
            solved={"strong": "a//b"},
        )
    )
    assert lexicon is None
    assert [item.field for item in problems] == [
        "lists.more",
        "keys[0].strong[1]",
        "keys[0].unless[0]",
        "solved.strong[0]",
        "variants[0]",
        "keys[1].key",
    ]


def test_remarks_and_empty_lines_are_no_phrases() -> None:
    key = {"key": "not_delivered", "strong": "# 货\n\n没收到\n"}
    lexicon, problems = read_lexicon(plain(keys=[key]))
    assert problems == ()
    assert lexicon is not None
    assert len(lexicon.cues[ProblemKey.not_delivered]) == 1


def test_a_list_may_use_the_lists_above_it() -> None:
    lists = {"not_yet": "没/还没", "late": "{not_yet}到/{not_yet}来"}
    lexicon, _ = read_lexicon(plain(lists=lists, keys=[{"key": "not_delivered", "strong": "{late}货"}]))
    assert lexicon is not None
    (cue,) = lexicon.cues[ProblemKey.not_delivered]
    assert cue.phrase.parts[0] == {"没到", "没来", "还没到", "还没来"}


def test_an_unknown_problem_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text('version: "1"\nkeys:\n  - key: lost\n', encoding="utf-8")
    loaded = load_lexicon(path)
    assert isinstance(loaded, Problems)
    assert any(item.field == "lexicon.yaml:3 keys[0].key" for item in loaded.items)


def test_a_faulty_phrase_is_told_with_the_line_of_its_block(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yaml"
    weights = ", ".join(f"{name}: {weight}" for name, weight in WEIGHTS.items())
    path.write_text(
        f'version: "1"\nfits_from: 240\nweights: {{{weights}}}\n'
        + "variants: []\nkeys:\n  - key: scam_or_phishing\n    strong: |\n      骗\n      a//b\n",
        encoding="utf-8",
    )
    loaded = load_lexicon(path)
    assert isinstance(loaded, Problems)
    assert [item.field for item in loaded.items] == ["lexicon.yaml:7 keys[0].strong[1]"]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert isinstance(load_lexicon(tmp_path / "none.yaml"), Problems)


def test_the_shipped_lexicon_knows_every_canonical_problem() -> None:
    lexicon = shipped()
    assert set(lexicon.cues) == set(ProblemKey)
    assert all(lexicon.cues[key] for key in ProblemKey)


def test_no_problem_is_its_own_next_best() -> None:
    assert all(key not in others for key, others in shipped().or_else.items())
