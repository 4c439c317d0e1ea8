# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Decide the claims, with facts, reasons, grounds and the next recourse."""

from recourse.actions.story import Story, change_case
from recourse.core.actor import Actor
from recourse.core.case.commands import DecideCase
from recourse.core.claim import Term
from recourse.core.port import Receipt, World
from recourse.core.problem import Problems


def decide_case(
    world: World,
    *,
    actor: Actor,
    number: str,
    facts: str,
    reasons: str,
    terms: tuple[Term, ...],
    grounds: tuple[str, ...],
    next_recourse: str = "",
    key: str | None = None,
) -> Story[Receipt | Problems]:
    """Decide the claims, with facts, reasons, grounds and the next recourse."""
    command = DecideCase(
        facts=facts, reasons=reasons, terms=terms, grounds=grounds, next_recourse=next_recourse
    )
    return (yield from change_case(world, actor=actor, number=number, command=command, key=key))
