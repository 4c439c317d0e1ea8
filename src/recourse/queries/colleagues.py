# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Who works here? The operator's people, for assignment, for names beside notes and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass

from recourse.core.actor import Actor, Role
from recourse.store.models import Staff


@dataclass(frozen=True, slots=True)
class Colleague:
    """One active person of an operator."""

    id: str
    name: str
    role: Role


def colleagues(actor: Actor) -> Mapping[str, Colleague]:
    """The active people of this actor's operator, by public id, in the order of their names."""
    rows = Staff.objects.filter(operator_id=actor.operator, is_active=True).order_by("display_name", "id")
    found = rows.values_list("public_id", "display_name", "role")
    return {id_: Colleague(id_, name, Role(role)) for id_, name, role in found}
