# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The manual against the code: what exists is written down, and what is written down exists."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def pages() -> list[Path]:
    """Every page of the manual."""
    return [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "changes").glob("*.md"),
        *(ROOT / "calendars").glob("*.md"),
    ]


def test_every_setting_is_in_the_manual_and_no_other() -> None:
    code = set()
    for path in (ROOT / "src" / "recourse").rglob("*.py"):
        # Names of variables of the environment stand in quotes; Django settings of the same prefix do not.
        code |= set(re.findall(r"[\"'](RECOURSE_[A-Z_]+)[\"']", path.read_text()))
    manual = set(re.findall(r"`(RECOURSE_[A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))
    assert code - manual == set()
    tests = {"RECOURSE_TEST_STRICT", "RECOURSE_CHROMIUM"}
    assert manual - code - tests == set()


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages()
        for target in LINK.findall(page.read_text())
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_short_and_can_be_found() -> None:
    for page in (ROOT / "docs" / "adr").glob("*.md"):
        text = page.read_text()
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name), page.name
        assert len(text.splitlines()) <= 60, f"{page.name} is not half a page"


STORY = re.compile(r"\(http://127\.0\.0\.1:8000/demo#(\w+)\)")


def test_the_demo_stories_of_the_readmes_are_there() -> None:
    keys = {
        line.removeprefix("key:").strip()
        for path in ROOT.glob("demo/stories/*.yaml")
        for line in path.read_text().splitlines()
        if line.startswith("key:")
    }
    both = [STORY.findall((ROOT / page).read_text()) for page in ("README.md", "README.en.md")]
    assert both[0] == both[1] and len(both[0]) >= 8 and set(both[0]) <= keys
