# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
from datetime import datetime, timedelta, timezone

from recourse.core.claim import carries_money
from recourse.core.remedy import HOLDING_STATES, OPEN_STATES, Remedy, Step, with_step_done
from recourse.core.text import Text
from recourse.core.vocabulary import (
    MONEY_REMEDIES,
    VALUE_REMEDIES,
    Party,
    RemedyKind,
    RemedyState,
    entitlement_group,
)

NOW = datetime(2026, 9, 18, 10, tzinfo=timezone(timedelta(hours=8)))


def remedy(steps: int) -> Remedy:
    made = tuple(Step(f"s{n}", Party.respondent, Text("做", "do"), "3d", "platform") for n in range(steps))
    return Remedy("r1", RemedyKind.replacement, None, made, RemedyState.ordered, "settlement")


def test_steps_are_done_one_by_one() -> None:
    first = with_step_done(remedy(2), index=0, at=NOW, note="顺丰1", exhibits=(3,))
    assert first.state is RemedyState.performing and first.next_step() == 1
    assert (first.steps[0].done_at, first.steps[0].note, first.steps[0].exhibits) == (NOW, "顺丰1", (3,))
    second = with_step_done(first, index=1, at=NOW, note="签收", exhibits=())
    assert second.state is RemedyState.performed and second.next_step() is None


def test_a_remedy_without_steps_waits_for_confirmation_alone() -> None:
    assert remedy(0).next_step() is None


def test_all_that_gives_the_value_back_shares_one_lock() -> None:
    assert {entitlement_group(kind) for kind in VALUE_REMEDIES} == {"value"}
    others = set(RemedyKind) - VALUE_REMEDIES
    assert {entitlement_group(kind) for kind in others} == {kind.value for kind in others}
    assert remedy(1).group == "value"


def test_what_binds_and_what_holds() -> None:
    assert OPEN_STATES < HOLDING_STATES
    assert set(RemedyState) - HOLDING_STATES == {RemedyState.broken, RemedyState.disputed}
    assert {kind for kind in RemedyKind if carries_money(kind)} == MONEY_REMEDIES
