# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""YAML with lines: what is refused, and that every problem names its line."""

from pathlib import Path

import pytest

from recourse.core.problem import Problem, Problems
from recourse.core.text import Text
from recourse.gateways.yaml_lines import Tree, read_text, read_yaml


def tree(text: str) -> Tree:
    found = read_yaml(text, file="f.yaml")
    assert isinstance(found, Tree), found
    return found


def refused(text: str) -> list[tuple[str, str]]:
    found = read_yaml(text, file="f.yaml")
    assert isinstance(found, Problems)
    return [(item.key, item.field) for item in found.items]


def test_plain_values_and_their_lines() -> None:
    found = tree("a: 1\nb:\n  - {c: yes, d: true}\n  - 2026-04-15\n  - ~\n")
    assert found.plain == {"a": 1, "b": [{"c": "yes", "d": True}, "2026-04-15", None]}
    assert (found.lines["a"], found.lines["b"], found.lines["b[0].c"], found.lines["b[1]"]) == (1, 2, 3, 4)


def test_a_problem_is_placed_at_its_line_or_at_what_holds_it() -> None:
    found = tree("a: 1\nb:\n  - c: x\n")
    told = Text("x", "x")
    assert found.place(Problem("k", "b[0].c", told, told)).field == "f.yaml:3 b[0].c"
    assert found.place(Problem("k", "b[0].missing", told, told)).field == "f.yaml:3 b[0].missing"
    assert found.place(Problem("k", "nowhere", told, told)).field == "f.yaml:1 nowhere"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("duplicate_key", "f.yaml:3 a")]),
        ("a: 1\na: 2\nb: 1.5\n", [("duplicate_key", "f.yaml:2 a"), ("quote_it", "f.yaml:3 b")]),
        ("version: 2026.10\n", [("quote_it", "f.yaml:1 version")]),
        ("code: 0123\n", [("quote_it", "f.yaml:1 code")]),
        ("a: &x [1]\nb: *x\n", [("no_alias", "f.yaml:2 b")]),
        ("a: !!python/object:os.system x\n", [("odd_tag", "f.yaml:1 a")]),
        ("a: [1\nb: 2\n", [("yaml_syntax", "f.yaml:2")]),
        ("a: b: c\n", [("yaml_syntax", "f.yaml:1")]),
        ("\ta: 1\n", [("yaml_syntax", "f.yaml:1")]),
        ("a: \x00\n", [("yaml_syntax", "f.yaml:1")]),
    ],
)
def test_what_is_refused(text: str, expected: list[tuple[str, str]]) -> None:
    assert refused(text) == expected


def test_deep_nesting_is_refused_and_never_exhausts_the_reader() -> None:
    assert refused("[" * 100 + "]" * 100)[0][0] == "no_alias"
    assert refused("[" * 100_000)[0][0] == "yaml_syntax"


def test_lines_are_counted_from_where_the_text_begins() -> None:
    found = read_yaml("a: 1\na: 2\n", file="letters/x.md", first_line=2)
    assert isinstance(found, Problems)
    assert found.items[0].field == "letters/x.md:3 a"


def test_a_file_that_is_not_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff\xfe")
    for name in ("x", "absent"):
        found = read_text(tmp_path / name, file=name)
        assert isinstance(found, Problems) and found.keys() == ("unreadable_file",)
