# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Taking and releasing the remedy lock, inside the transaction that orders or ends the remedy."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max, Q, Sum

from recourse.core.case.state import Case
from recourse.core.remedy import HOLDING_STATES, Remedy
from recourse.core.subject import Subject
from recourse.store.models import Entitlement
from recourse.store.rows import select_among
from recourse.store.sealing import blind

_HELD = (
    'SELECT subject_mac, line, "group", number FROM store_entitlement '
    "WHERE operator IN ({}) AND subject_kind IN ({}) AND subject_mac IN ({}) AND released_at IS NULL ORDER BY part"
)


class Taken(Exception):
    """The value is already being given, in this case or another one."""


def subject_mac(case_id: str, subject: Subject, *, operator: str) -> str:
    """The keyed digest of what the remedy is owed on. A complaint without a record number stands for itself."""
    text = unicodedata.normalize("NFKC", "".join(subject.id.split())).casefold()
    return blind(text or f"case {case_id}", about=f"subject/{operator}/{subject.kind.value}")


def line_mac(line: str, *, subject: str) -> str:
    """The keyed digest of an order line: it was typed by a person, too. Empty where the whole order is meant."""
    return blind(line, about=f"line/{subject}") if line else ""


def changed(before: Case | None, after: Case) -> tuple[list[Remedy], list[Remedy]]:
    """The remedies that must take their lock now, and those that give it back."""
    held = {item.id for item in before.remedies if item.state in HOLDING_STATES} if before else set()
    holding = {item.id: item for item in after.remedies if item.state in HOLDING_STATES}
    taking = [item for id_, item in holding.items() if id_ not in held]
    releasing = [item for item in after.remedies if item.id in held and item.id not in holding]
    return taking, releasing


def release(case: Case, remedies: list[Remedy], *, now: datetime) -> None:
    """Give locks back. The rows stay, so that the running number and the history stay."""
    if remedies:
        Entitlement.objects.filter(
            case_id=case.id, remedy__in=[item.id for item in remedies], released_at__isnull=True
        ).update(released_at=now)


def take(case: Case, remedy: Remedy, *, paid_fen: int | None, now: datetime) -> None:
    """Take one lock. Raises Taken, or IntegrityError when somebody else takes it in this very moment.

    A whole remedy needs the value to be free; a numbered part needs room below what was paid. Without knowing
    what was paid a part is treated as the whole.
    """
    paid = paid_fen if paid_fen is not None else case.subject.amount_fen
    whole = remedy.part == 0 or remedy.amount_fen is None or paid is None
    mac = subject_mac(case.id, case.subject, operator=case.operator)
    place = {
        "operator": case.operator,
        "subject_kind": case.subject.kind.value,
        "subject_mac": mac,
        "line": line_mac(case.subject.line, subject=mac),
        "group": remedy.group,
    }
    rows = Entitlement.objects.filter(**place)
    seen = rows.aggregate(
        last=Max("part"),
        live=Max("part", filter=Q(released_at__isnull=True)),
        wholes=Max("part", filter=Q(released_at__isnull=True, whole=True)),
        held=Sum("amount_fen", filter=Q(released_at__isnull=True)),
    )
    held = seen["held"] or 0
    if seen["wholes"] is not None or (whole and seen["live"] is not None):
        raise Taken
    # A whole remedy exhausts the value, so the running sum stands at what was paid.
    total = paid if whole else held + (remedy.amount_fen or 0)
    if total is not None and paid is not None and total > paid:
        raise Taken
    Entitlement.objects.create(
        **place,
        part=(seen["last"] or 0) + 1,
        whole=whole,
        amount_fen=remedy.amount_fen,
        total_fen=total,
        paid_fen=paid,
        case_id=case.id,
        number=case.number,
        remedy=remedy.id,
        taken_at=now,
    )


def locked_for(cases: Sequence[Case]) -> dict[str, dict[str, str]]:
    """By case: the groups of its subject that somebody holds, with the number of the case that does.

    It may be this case: what it has given once it cannot give again.
    """
    macs = {case.id: subject_mac(case.id, case.subject, operator=case.operator) for case in cases}
    held: dict[tuple[str, str], dict[str, str]] = {}
    operators = {case.operator for case in cases}
    kinds = {case.subject.kind.value for case in cases}
    for mac, line, group, number in select_among(_HELD, operators, kinds, set(macs.values())):
        held.setdefault((mac, line), {})[group] = number
    lines = {case.id: line_mac(case.subject.line, subject=macs[case.id]) for case in cases}
    return {case.id: held.get((macs[case.id], lines[case.id]), {}) for case in cases}
