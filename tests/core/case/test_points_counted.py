# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Points as a remedy have a count: asked for, offered, ordered; whole, above nothing, and of nothing else."""

from dataclasses import replace

import pytest

from recourse.core.case import commands as c
from recourse.core.claim import POINTS_MAX, Claim, Term, counted
from recourse.core.complaint import parse_complaint
from recourse.core.playbook.types import Playbook
from recourse.core.problem import Problems
from recourse.core.text import Text
from recourse.core.vocabulary import RemedyKind
from tests.core.case.rules import SHOP, rulebook
from tests.core.case.story import A, B, Story

KIND = RemedyKind.restore_points


def with_points() -> Playbook:
    """The shop, giving points back as well."""
    back = replace(SHOP.remedies[0], kind=KIND)
    return replace(SHOP, remedies=(*SHOP.remedies, back))


def told(points: int | None) -> Story:
    return Story(rules=rulebook(with_points()), claims=(Claim(KIND, points=points),)).begin()


def test_the_count_goes_from_the_claim_to_the_remedy() -> None:
    story = told(500)
    assert story.case.claims == (Claim(KIND, None, 500),)
    story.do(B, c.MakeOffer((Term(KIND, points=480),), "恢复480"))
    story.do(A, c.AcceptOffer(story.case.offers[-1].id))
    assert [(item.kind, item.amount_fen, item.points) for item in story.case.remedies] == [(KIND, None, 480)]


@pytest.mark.parametrize("points", [0, -1, POINTS_MAX + 1])
def test_a_count_is_whole_and_within_bounds(points: int) -> None:
    story = told(None)
    refused = story.refused(B, c.MakeOffer((Term(KIND, points=points),), "恢复"))
    assert refused == ("points_out_of_range",)


def test_what_is_not_counted_in_points_takes_none() -> None:
    refused = told(None).refused(B, c.MakeOffer((Term(RemedyKind.apology, points=5),), "道歉"))
    assert refused == ("points_unwanted",)


def test_a_complaint_names_its_points_as_a_whole_number() -> None:
    given = {
        "platform": "x",
        "story": "少了两千分",
        "complainant": {"email": "a@example.com"},
        "respondent": {"name": "某平台"},
        "demands": [{"kind": "restore_points", "points": "2000"}],
    }
    read = parse_complaint(given)
    assert not isinstance(read, Problems) and read.demands == (Claim(KIND, None, 2000),)
    for wrong in ("2.5", "很多", True, -3, "9" * 5000):
        refused = parse_complaint({**given, "demands": [{"kind": "restore_points", "points": wrong}]})
        assert isinstance(refused, Problems) and refused.items[0].field == "demands[0].points", wrong


def test_a_name_says_its_count() -> None:
    name = Text("恢复被扣的积分", "Restore the points")
    assert counted(name, 2000) == Text("恢复被扣的积分（2000积分）", "Restore the points (2000 points)")
    assert counted(name, None) is name
