# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The generated schema and reference page are current, and the shipped files fit the schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from recourse.gateways.rule_files import PLAYBOOKS, platforms
from recourse.gateways.yaml_lines import Tree, read_text, read_yaml
from recourse.queries.playbook_reference import playbook_reference
from recourse.queries.playbook_schema import playbook_schema, playbook_schema_text
from recourse.queries.playbook_words import shapes, summary_of, words_of

HOME = Path(__file__).parents[2]


def plain(platform: str) -> object:
    text = read_text(PLAYBOOKS / platform / "playbook.yaml", file="playbook.yaml")
    assert isinstance(text, str)
    tree = read_yaml(text, file="playbook.yaml")
    assert isinstance(tree, Tree)
    return tree.plain


def test_the_checked_in_schema_is_current() -> None:
    assert (HOME / "schemas" / "playbook.schema.json").read_text(encoding="utf-8") == playbook_schema_text()


def test_the_reference_page_is_current() -> None:
    assert (HOME / "docs" / "playbook-reference.md").read_text(encoding="utf-8") == playbook_reference()


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(playbook_schema())


@pytest.mark.parametrize("platform", platforms())
def test_shipped_playbooks_fit_the_schema(platform: str) -> None:
    errors = [
        error.message
        for error in jsonschema.Draft202012Validator(playbook_schema()).iter_errors(plain(platform))
    ]
    assert errors == []


@pytest.mark.parametrize(
    "damage",
    [
        {"subject": "orders"},
        {"extra": 1},
        {"name": {"zh": "名"}},
        {"version": 2026},
        {"refiling": {}},
        {"platform": "Some Shop"},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(damage: dict[str, object]) -> None:
    whole = plain(platforms()[0])
    assert isinstance(whole, dict)
    assert not jsonschema.Draft202012Validator(playbook_schema()).is_valid(whole | damage)


def test_every_shape_says_what_it_is_and_every_field_is_on_the_page() -> None:
    schema, page = json.dumps(playbook_schema(), ensure_ascii=False), playbook_reference()
    for shape in shapes():
        assert summary_of(shape), shape
        for item in words_of(shape):
            assert json.dumps(item.note, ensure_ascii=False)[1:-1] in schema
            assert f"| `{item.name}` |" in page and item.note in page
