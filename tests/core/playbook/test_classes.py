# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Classes, hints and masked fields of a playbook: one class to a complaint, advice that decides nothing, no whole secret."""

from dataclasses import replace
from datetime import date

import pytest

from recourse.core.case import commands as c
from recourse.core.claim import Claim
from recourse.core.playbook.check_classes import check_classes
from recourse.core.playbook.hints import hints_for
from recourse.core.rulebook import Rulebook
from recourse.core.subject import Subject, mask_middle
from recourse.core.text import Text
from recourse.core.vocabulary import RemedyKind, RungName, SubjectKind
from recourse.gateways.rule_files import load_rulebook
from tests.core.case.story import HUNDRED, A, Story, complaint


@pytest.fixture(scope="module")
def cards() -> Rulebook:
    found = load_rulebook("liyun-cards", on=date(2026, 9, 1))
    assert isinstance(found, Rulebook), found
    return found


def filing(*problems: str, **changes):
    card = Subject(SubjectKind.card, "LY1", line="ABCD-EFGH-IJKL-7890", amount_fen=HUNDRED, proven=True)
    given = {"subject": card, "problems": problems, "claims": (Claim(RemedyKind.refund, HUNDRED),)}
    return given | changes


CODE, CREDIT, SILENT = (
    "s2.pt.delivery.code_invalid",
    "s2.pt.delivery.late_credit",
    "s2.pt.aftersale.silent",
)


def test_problems_of_one_class_may_stand_together_and_of_two_may_not(cards: Rulebook) -> None:
    story = Story(rules=cards, **filing(CODE, CREDIT))
    assert [item.id for item in story.case.problems] == [CODE, CREDIT]
    story.case = None  # type: ignore[assignment]
    assert story.refused(A, complaint(**filing(CODE, SILENT))) == ("classes_mixed",)


def test_nor_may_they_be_confirmed_together(cards: Rulebook) -> None:
    story = Story(rules=cards, **filing(CODE, confirmed=False)).begin()
    assert story.refused(A, c.ConfirmProblems((CODE, SILENT))) == ("classes_mixed",)
    story.do(A, c.ConfirmProblems((SILENT,)))
    assert [item.id for item in story.case.problems] == [SILENT]


def test_a_code_loses_its_middle_before_anything_is_kept(cards: Rulebook) -> None:
    story = Story(rules=cards, **filing(CODE))
    assert story.case.subject.line == "ABCD****7890"
    assert not [event for event in story.events if "EFGH" in repr(event)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ABCD-EFGH-IJKL-7890", "ABCD****7890"),
        ("abcd efgh i", "abcd****fghi"),
        ("ABCD****7890", "ABCD****7890"),
        ("ABCD…7890", "ABCD…7890"),
        (" 12345678 ", "12345678"),
        ("123456789", "1234****6789"),
        ("卡号一二三四五六七八九", "卡号一二****六七八九"),
        ("", ""),
    ],
)
def test_only_the_ends_stay(typed: str, kept: str) -> None:
    assert mask_middle(typed) == kept


def test_a_hint_is_called_by_the_sum_or_by_an_answer(cards: Rulebook) -> None:
    def shown(amount: int | None, **answers: str) -> list[str]:
        return [hint.id for hint in hints_for(cards.playbook, amount_fen=amount, answers=answers)]

    assert shown(500_001) == ["s2.th.5000"]
    assert shown(500_000) == [] and shown(None) == []
    assert shown(100, fraud_sign="yes") == ["s2.th.5000"]
    assert shown(100, fraud_sign="no") == []


def test_a_hint_moves_nothing(cards: Rulebook) -> None:
    plain = Story(rules=cards, **filing(CODE)).begin()
    hinted = Story(rules=cards, **filing(CODE, answers_given={"fraud_sign": "yes"})).begin()
    assert [type(event) for event in plain.events] == [type(event) for event in hinted.events]
    assert hinted.case.rung is RungName.operator_support


def test_what_is_wrong_with_classes_hints_and_masks_is_told(cards: Rulebook) -> None:
    book = cards.playbook
    first, *others = book.classes
    short = replace(first, problems=first.problems[1:])
    hint = replace(book.hints[0], above="", when={}, rungs=(RungName.host_platform,))
    broken = replace(book, classes=(short, *others), hints=(hint,), masked=("lime",))
    found = {item.key: item for item in check_classes(broken)}
    assert set(found) == {"class_not_one", "hint_never", "no_such_rung", "no_such_field"}
    assert "line" in found["no_such_field"].do.zh
    assert all(isinstance(item.message, Text) and item.message.en for item in found.values())
    assert list(check_classes(book)) == []
