# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Ask one side for evidence, with a clock."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import AskForEvidence
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems
from recourse.core.vocabulary import EvidenceKind, Party


def ask_for_evidence(
    world: World,
    *,
    actor: Actor,
    number: str,
    of: Party,
    kind: EvidenceKind,
    text: str,
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Ask one side for evidence, with a clock."""
    command = AskForEvidence(of=of, kind=kind, text=text)
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
