# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""`playbook check` and `playbook test`: what they find, and that they find it."""

import shutil
from pathlib import Path

import pytest

from recourse.core.problem import Problems
from recourse.gateways.rule_files import PLAYBOOKS, platforms
from recourse.queries.check_playbook import Checked, check_playbook
from recourse.queries.run_examples import run_examples

SHOP = "kuaishou-shop"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PLAYBOOKS / SHOP, tmp_path / SHOP))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def checked(path: Path | None = None) -> Checked:
    found = check_playbook(path)
    assert isinstance(found, Checked), found
    return found


def test_all_shipped_playbooks_pass() -> None:
    assert [name for name, _ in checked().platforms] == list(platforms())
    assert checked().problems == ()


def test_a_path_may_be_the_folder_the_file_or_the_root(shop: Path) -> None:
    for path in (shop, shop / "playbook.yaml", shop.parent):
        assert checked(path).platforms == ((SHOP, ()),)


def test_no_playbook_is_refused(tmp_path: Path) -> None:
    found = check_playbook(tmp_path)
    assert isinstance(found, Problems) and found.keys() == ("no_playbook",)


def test_playbook_letters_and_examples_are_judged_together(shop: Path) -> None:
    edit(shop / "playbook.yaml", "grounds: [cpl.23,", "grounds: [cpl.2333,")
    edit(shop / "examples.yaml", "first_rung: negotiate", "first_rung: negociate")
    assert [item.key for item in checked(shop).problems] == ["unknown_ground", "not_in_set"]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("problem: s3.pt.logistics", "problem: s3.pt.quality", "problem"),
        ("missing: []", "missing: [photo]", "missing"),
        ("first_rung: negotiate", "first_rung: operator_support", "first_rung"),
        ("remedies: [refund, replacement,", "remedies: [replacement, refund,", "remedies"),
        ('due_at: "2026-09-20T10:00:00+08:00"', 'due_at: "2026-09-21T10:00:00+08:00"', "dates[0].due_at"),
        ("{act: answer, rung: negotiate,", "{act: respond, rung: negotiate,", "dates[0].act"),
    ],
)
def test_each_column_of_the_table_is_really_judged(shop: Path, old: str, new: str, column: str) -> None:
    edit(shop / "examples.yaml", old, new)
    ran = run_examples(shop)
    assert not isinstance(ran, Problems), ran
    fields = [item.field for row in ran for item in row.problems]
    assert any(field.endswith(f"examples[0].expect.{column}") for field in fields), fields


@pytest.mark.parametrize("platform", platforms())
def test_shipped_examples_hold(platform: str) -> None:
    ran = run_examples(PLAYBOOKS / platform)
    assert not isinstance(ran, Problems), [(item.field, item.message.zh) for item in ran.items]
    assert [(item.field, item.message.zh) for row in ran for item in row.problems] == []
    assert len(ran) >= 12
