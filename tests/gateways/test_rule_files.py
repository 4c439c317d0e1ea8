# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Playbooks and letters on disk: every problem with file and line, and a rulebook for a day."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from recourse.core.problem import Problem, Problems
from recourse.core.rulebook import Rulebook
from recourse.gateways import rule_files
from recourse.gateways.law_files import load_law
from recourse.gateways.rule_files import (
    PLAYBOOKS,
    load_all,
    load_letters,
    load_playbook,
    load_rulebook,
    platforms,
)

SHOP = "kuaishou-shop"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of a shipped playbook that a test may damage."""
    return Path(shutil.copytree(PLAYBOOKS / SHOP, tmp_path / SHOP))


def edit(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence and return its line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def gathered(found: object) -> tuple[Problem, ...]:
    assert isinstance(found, Problems), found
    return found.items


def told(found: object) -> list[tuple[str, str]]:
    return [(item.key, item.field) for item in gathered(found)]


def test_every_shipped_playbook_is_correct() -> None:
    book = load_law()
    assert not isinstance(book, Problems)
    loaded = load_all(law_ids=book.keys())
    assert not isinstance(loaded, Problems), [(item.field, item.message.zh) for item in loaded.items]
    assert tuple(loaded) == platforms()
    assert SHOP in loaded


def test_all_problems_of_a_playbook_are_told_at_once_with_their_lines(shop: Path) -> None:
    file = shop / "playbook.yaml"
    first = edit(file, "subject: order", "subjet: order")
    second = edit(file, "length: 48h", "length: two days")
    assert told(load_playbook(shop)) == [
        ("unknown_key", f"playbook.yaml:{first} subjet"),
        ("missing_key", "playbook.yaml:4 subject"),
        ("bad_form", f"playbook.yaml:{second} ladder[0].deadlines[0].length"),
    ]


def test_a_duplicate_key_and_bad_yaml_are_problems_with_a_line(shop: Path) -> None:
    line = edit(shop / "playbook.yaml", "subject: order\n", "subject: order\nsubject: card\n")
    assert told(load_playbook(shop)) == [("duplicate_key", f"playbook.yaml:{line + 1} subject")]
    (shop / "playbook.yaml").write_text("platform: [", encoding="utf-8")
    assert told(load_playbook(shop))[0][0] == "yaml_syntax"


def test_a_letter_that_is_gone_is_missed_where_it_is_named(shop: Path) -> None:
    (shop / "letters" / "notice_merchant.md").unlink()
    assert [key for key, _ in told(load_playbook(shop))] == ["unknown_letter"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("--- en ---", "--- english ---", [("letter_form", "letters/appeal.md:1")]),
        ("key: appeal\n", "key: apeal\n", [("name_differs", "letters/appeal.md:2 key")]),
        ("rung: platform_decision", "rung: host_platform", [("unknown_reader", "letters/appeal.md:1 to")]),
        ("to: neutral", "to: judge", [("unknown_reader", "letters/appeal.md:1 to")]),
        (
            "to: neutral",
            "two: neutral",
            [("unknown_key", "letters/appeal.md:5 two"), ("missing_key", "letters/appeal.md:2 to")],
        ),
        (
            "to: neutral",
            "to: neutral\nwhen: {goods_recieved: [yes]}",
            [("unknown_question", "letters/appeal.md:6 when.goods_recieved")],
        ),
        (
            "to: neutral",
            "to: neutral\nwhen: {goods_received: [perhaps]}",
            [("unknown_answer", "letters/appeal.md:6 when.goods_received[0]")],
        ),
        (
            "to: neutral",
            "to: neutral\nproblems: [s3.pt.refund, s3.pt.qualty]",
            [("unknown_problem", "letters/appeal.md:6 problems[1]")],
        ),
        (
            "{{ demands }}",
            "{{ demand }}",
            [
                ("unknown_blank", "letters/appeal.md:19 body.demand"),
                ("one_language", "letters/appeal.md:19 body.demand"),
                ("one_language", "letters/appeal.md:36 body.demands"),
            ],
        ),
    ],
)
def test_a_damaged_letter_is_told_with_its_file(
    shop: Path, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    edit(shop / "letters" / "appeal.md", old, new)
    found = told(load_playbook(shop))
    assert [item for item in found if item[0] in {key for key, _ in expected}] == expected


def test_a_check_without_a_file_is_told_with_its_line(shop: Path) -> None:
    line = edit(shop / "playbook.yaml", "[order_exists, inside", "[order_exist, inside")
    (problem,) = gathered(load_playbook(shop))
    assert (problem.key, problem.field) == (
        "unknown_check",
        f"playbook.yaml:{line} problems[0].checks[0]",
    )
    assert problem.do.en == "Did you mean order_exists?"


def test_kept_rules_are_judged_anew_when_a_check_is_gone(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = Path(shutil.copytree(rule_files.CHECKS, tmp_path / "checks"))
    monkeypatch.setattr(rule_files, "CHECKS", checks)
    assert not isinstance(load_playbook(shop, cache=tmp_path / "cache"), Problems)
    (checks / "inside_return_window.sql").unlink()
    assert {key for key, _ in told(load_playbook(shop, cache=tmp_path / "cache"))} == {"unknown_check"}


def test_the_folder_is_named_as_the_platform(shop: Path) -> None:
    other = shop.rename(shop.with_name("other-shop"))
    assert [key for key, _ in told(load_playbook(other))] == ["name_differs"]


def test_a_rulebook_holds_the_law_of_the_day() -> None:
    now, before = (load_rulebook(SHOP, on=day) for day in (date(2026, 9, 1), date(2013, 1, 1)))
    assert isinstance(now, Rulebook) and isinstance(before, Rulebook)
    assert now.law["sc121.15"].is_in_force(date(2026, 9, 1))
    # An act of 2013 is not judged by statutes that began later.
    assert "ecl.20" in now.law and "ecl.20" not in before.law
    assert {letter.key for letter in now.letters.values()} == set(now.letters)


def test_an_unknown_platform_is_refused_with_the_nearest_name() -> None:
    found = load_rulebook("kuaishu-shop", on=date(2026, 9, 1))
    assert isinstance(found, Problems)
    assert (found.items[0].key, found.items[0].do.en) == ("unknown_platform", "Did you mean kuaishou-shop?")


def test_rules_are_read_once_and_again_within_a_second_of_an_edit(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = date(2026, 9, 1)
    seconds = iter([7.0, 7.9, 8.0])
    monkeypatch.setattr("recourse.gateways.rule_files.time.monotonic", lambda: next(seconds))
    first = load_rulebook(SHOP, on=on, root=shop.parent)
    assert load_rulebook(SHOP, on=on, root=shop.parent) is first
    edit(shop / "playbook.yaml", 'version: "2026.11"', 'version: "2026.12"')
    os.utime(shop / "playbook.yaml", ns=(1, 1))
    again = load_rulebook(SHOP, on=on, root=shop.parent)
    assert isinstance(again, Rulebook) and again.playbook.version == "2026.12"


def test_kept_rules_equal_the_read_ones_and_a_damaged_entry_is_read_again(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    read = load_playbook(shop, cache=cache)
    letters = load_letters(shop, cache=cache)
    (kept,) = cache.glob("playbook-*.json")
    with monkeypatch.context() as patch:
        patch.setattr(
            rule_files, "_read_playbook", lambda *_a, **_k: pytest.fail("the kept entry was not used")
        )
        patch.setattr(rule_files, "_read_letters", lambda *_a: pytest.fail("the kept entry was not used"))
        assert load_playbook(shop, cache=cache) == read
        assert load_letters(shop, cache=cache) == letters
    kept.write_bytes(b'{"platform": 1}')
    assert load_playbook(shop, cache=cache) == read


def test_problems_are_never_kept_and_a_closed_cache_does_no_harm(shop: Path, tmp_path: Path) -> None:
    edit(shop / "playbook.yaml", "subject: order", "subject: orders")
    assert isinstance(load_playbook(shop, cache=tmp_path / "cache"), Problems)
    assert list((tmp_path / "cache").glob("*")) == []
    edit(shop / "playbook.yaml", "subject: orders", "subject: order")
    (tmp_path / "file").write_text("")
    assert not isinstance(load_playbook(shop, cache=tmp_path / "file"), Problems)
