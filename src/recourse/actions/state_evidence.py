# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Say of evidence items: have, have not, the other side holds it."""

from collections.abc import Mapping

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import StateEvidence
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind, EvidenceState


def state_evidence(
    world: World,
    *,
    actor: Actor,
    number: str,
    states: Mapping[EvidenceKind, EvidenceState],
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Say of evidence items: have, have not, the other side holds it."""
    command = StateEvidence(states=states)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
