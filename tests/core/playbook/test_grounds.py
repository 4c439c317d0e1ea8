# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which articles a problem may cite depends on answers that were given."""

import pytest

from recourse.core.playbook.grounds import grounds_of
from recourse.core.playbook.types import EvidenceNeed, GroundsWhen, ProblemType
from recourse.core.text import Text
from recourse.core.vocabulary import ProblemKey, RemedyKind

PROBLEM = ProblemType(
    id="s0.pt.overdue",
    key=ProblemKey.not_delivered,
    name=Text("超时不发", "overdue"),
    says=("没发货",),
    evidence=EvidenceNeed(),
    remedies=(RemedyKind.deliver_prize,),
    grounds=("cc.577",),
    grounds_when=(
        GroundsWhen(("sp.13", "cc.577"), {"draw_kind": ("free",), "organiser": ("platform", "shop")}),
        GroundsWhen(("cc.499",), {"organiser": ("person",)}),
    ),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("cc.577",)),
        ({"draw_kind": "free"}, ("cc.577",)),
        ({"draw_kind": "free", "organiser": "shop"}, ("cc.577", "sp.13")),
        ({"draw_kind": "free", "organiser": "person"}, ("cc.577", "cc.499")),
        ({"draw_kind": "paid", "organiser": "platform"}, ("cc.577",)),
    ],
)
def test_an_open_question_cites_nothing(answers: dict[str, str], expected: tuple[str, ...]) -> None:
    assert grounds_of(PROBLEM, answers) == expected
