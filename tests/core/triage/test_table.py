# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The page of the labelled table is current, and its counts are what they say."""

from pathlib import Path

from tests.core.triage.table import Judged, confusion, counts, page, recall

PAGE = Path(__file__).parents[3] / "docs" / "triage-table.md"
JUDGED = (
    Judged(("a",), ("a", "b")),
    Judged(("a",), ("b", "a")),
    Judged(("a", "b"), ("b",)),
    Judged(("b",), ()),
    Judged((), ("a",)),
    Judged((), ()),
)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"


def test_a_text_counts_under_the_problem_that_was_found_of_those_that_may_lead() -> None:
    assert counts(JUDGED) == "4 | 2 (50 %) | 3 (75 %) | 1 | 1 of 2"
    assert recall(JUDGED, ("a", "b")).splitlines()[2:] == ["| a | 2 | 1 | 2 | 0 |", "| b | 2 | 1 | 1 | 1 |"]


def test_the_confusion_has_a_row_and_a_column_for_none() -> None:
    assert confusion(JUDGED, ("a", "b")).splitlines() == [
        "| expected ↓ first → | 1 | 2 | none |",
        "|---|---|---|---|",
        "| 1 a | 1 | 1 |  |",
        "| 2 b |  | 1 | 1 |",
        "| none | 1 |  | 1 |",
    ]
