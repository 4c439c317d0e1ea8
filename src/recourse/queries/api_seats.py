# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""In whose seat does a program act? A party by its case or by its id, or a member of staff."""

from recourse.core.actor import Actor, Role, Via
from recourse.core.token import Token
from recourse.store import once
from recourse.store.access import visible
from recourse.store.models import RegisterContact, Staff


def own_seat(token: Token) -> Actor | None:
    """The token's own seat, or None when it acts for others alone."""
    if token.seat is None:
        return None
    return Actor(id=token.id, role=token.seat, operator=token.operator, via=Via.api)


def party_seat(token: Token, side: Role, *, id: str, number: str) -> Actor | None:
    """The seat of a complainant or respondent: named by id, or else the one of the case. None when there is none.

    The read gate still judges whether this person may see the case; an id only says who is meant.
    """
    if side is Role.complainant:
        person = id or _complainant_of(token.operator, number)
        return _party(token, Role.complainant, person) if person else None
    respondent = id or _respondent_of(token.operator, number)
    contacts = RegisterContact.objects.filter(
        operator=token.operator, respondent__public_id=respondent, verified_at__isnull=False
    )
    contact = contacts.order_by("rank", "id").values_list("public_id", flat=True).first()
    return _party(token, Role.respondent, contact) if contact else None


def staff_seat(token: Token, id: str) -> Actor | None:
    """The seat of an active member of the operator's staff."""
    row = Staff.objects.filter(operator_id=token.operator, public_id=id, is_active=True).first()
    if row is None:
        return None
    return Actor(row.public_id, Role(row.role), token.operator, Via.api, through=token.id)


def key_of_another(actor: Actor, key: str) -> bool:
    """Whether this idempotency key stands for somebody else's deed already."""
    return once.used_by_another(actor.operator, actor=actor.id, key=key)


def _party(token: Token, role: Role, id: str) -> Actor:
    return Actor(id=id, role=role, operator=token.operator, via=Via.api, through=token.id)


def _everything(operator: str) -> Actor:
    return Actor("api", Role.system, operator, Via.api)


def _complainant_of(operator: str, number: str) -> str:
    rows = visible(_everything(operator)).filter(number=number) if number else None
    return (rows.values_list("complainant_id", flat=True).first() if rows is not None else None) or ""


def _respondent_of(operator: str, number: str) -> str:
    rows = visible(_everything(operator)).filter(number=number) if number else None
    return (rows.values_list("respondent_registered", flat=True).first() if rows is not None else None) or ""
