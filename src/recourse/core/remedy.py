# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""A Remedy is a contract: what, how much, by whom, by when, in which steps, with proof and confirmation."""

from dataclasses import dataclass
from datetime import datetime

from recourse.core.playbook.ids import Regime
from recourse.core.text import Text
from recourse.core.values import replace
from recourse.core.vocabulary import Party, RemedyKind, RemedyState, entitlement_group


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a remedy. `done_at` is set when whoever must act reported it, `note` is what they wrote."""

    act: str
    who: Party
    text: Text
    length: str
    regime: Regime
    done_at: datetime | None = None
    note: str = ""
    exhibits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """One ordered remedy. `part` numbers part-refunds of the same value; the whole value is part 0."""

    id: str
    kind: RemedyKind
    amount_fen: int | None
    steps: tuple[Step, ...]
    state: RemedyState
    basis: str  # "settlement" or "decision"
    part: int = 0
    points: int | None = None  # whole points, where it is counted in them
    objection: str = ""  # what the complainant said was wrong with it

    @property
    def group(self) -> str:
        """The lock this remedy takes on its subject."""
        return entitlement_group(self.kind)

    def next_step(self) -> int | None:
        """The index of the first step not yet done, or None when all are done."""
        return next(
            (index for index, step in enumerate(self.steps) if step.done_at is None),
            None,
        )


def with_step_done(
    remedy: Remedy, *, index: int, at: datetime, note: str, exhibits: tuple[int, ...]
) -> Remedy:
    """The remedy after one more step."""
    done = replace(remedy.steps[index], done_at=at, note=note, exhibits=exhibits)
    steps = (*remedy.steps[:index], done, *remedy.steps[index + 1 :])
    finished = all(step.done_at is not None for step in steps)
    return replace(
        remedy,
        steps=steps,
        state=RemedyState.performed if finished else RemedyState.performing,
    )


# A remedy in one of these states still binds somebody.
OPEN_STATES = frozenset({RemedyState.ordered, RemedyState.performing, RemedyState.performed})
# A remedy in one of these states keeps its entitlement: the value was given, or is being given.
HOLDING_STATES = OPEN_STATES | {RemedyState.confirmed, RemedyState.silent}
