# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The read gate: every read of a case starts here. What is absent and what is forbidden answer alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db.models import QuerySet
from django.db.models.functions import Now

from recourse.core.actor import STAFF, Actor, Role
from recourse.core.case.evolve import NotAnEvent, fold
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.port import OpenedCase, Recorded
from recourse.store.codec import CaseStopped, open_event, read_actor
from recourse.store.models import CaseRow, HandOver, RegisterContact
from recourse.store.people import ids_of
from recourse.store.rows import select
from recourse.store.rulebooks import load_rulebook
from recourse.store.sealing import purpose_key, unseal

_EVENTS = """
SELECT event.case_id, event.version, event.type, event.at, event.actor, event.body, private.fields
FROM store_event AS event
LEFT JOIN store_private AS private ON private.case_id = event.case_id AND private.version = event.version
WHERE event.case_id IN ({ids})
ORDER BY event.case_id, event.version
"""
# Engines bind a limited number of values in one statement.
_IDS_MAX = 500


# What reading a case needs of its row. A row that is nothing but a tuple costs a fifth of a model's.
_READ = (*("id", "version", "head", "rulebook", "updated_at", "closed_at"), "sealed_key__wrapped")


class _Row(NamedTuple):
    id: str
    version: int
    head: str
    rulebook: str
    updated_at: datetime
    closed_at: datetime | None
    wrapped: bytes | None  # None once erased


@dataclass(frozen=True, slots=True)
class ReadCase(OpenedCase):
    """An opened case with what a commit needs besides: when its last event was written, and its field key."""

    at: datetime
    closed_at: datetime | None
    key: bytes | None  # None once erased


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose seat a respondent's actor sits in: all its served cases, or one number when the hand-over says so."""

    respondent: str
    number: str = ""


def visible(actor: Actor) -> "QuerySet[CaseRow]":
    """The cases this actor may see. Every list, count and search starts from here."""
    rows = CaseRow.objects.filter(operator=actor.operator)
    if actor.role in STAFF or actor.role is Role.system:
        return rows
    if actor.role is Role.complainant:
        return rows.filter(complainant_id__in=ids_of(actor.id))
    if actor.role is Role.respondent and (seat := respondent_seat(actor)) is not None:
        rows = rows.filter(respondent_registered=seat.respondent, served_at__isnull=False)
        return rows.filter(number=seat.number) if seat.number else rows
    return rows.none()


def respondent_seat(actor: Actor) -> Seat | None:
    """The seat of a registered contact or of a living hand-over link; None for any other id.

    A contact that the operator took out of its register sits nowhere any more, and neither does who came by its links.
    """
    known = RegisterContact.objects.filter(operator=actor.operator, verified_at__isnull=False)
    contact = known.filter(public_id=actor.id)
    if (respondent := contact.values_list("respondent__public_id", flat=True).first()) is not None:
        return Seat(respondent)
    link = HandOver.objects.filter(
        public_id=actor.id,
        operator=actor.operator,
        by__in=known.values("public_id"),
        revoked_at__isnull=True,
        expires_at__gt=Now(),
    )
    found = link.values_list("respondent__public_id", "number").first()
    return Seat(*found) if found else None


def read_case(actor: Actor, number: str) -> ReadCase | None:
    """The case without facts, for pages; None when it is absent or forbidden. Raises CaseStopped."""
    return next(iter(read_cases(actor, [number])), None)


def read_cases(actor: Actor, numbers: Sequence[str]) -> list[ReadCase]:
    """Those of the cases that this actor may see, in a fixed number of queries. Raises CaseStopped."""
    # PostgreSQL refuses to look for a NUL; no number has one.
    asked = [number for number in numbers if "\x00" not in number]
    rows = [_Row(*found) for found in visible(actor).filter(number__in=asked).values_list(*_READ)]
    if not rows:
        return []
    keys = {row.id: unwrapped(row.id, row.wrapped) for row in rows}
    events = read_events(keys)
    return [_read(row, events[row.id], keys[row.id]) for row in rows]


def read_events(keys: Mapping[str, bytes | None]) -> dict[str, tuple[Recorded, ...]]:
    """The events of these cases in order, by case id; personal fields are opened with the given keys."""
    ids = list(keys)
    ciphers = {case: AESGCM(key) if key is not None else None for case, key in keys.items()}
    events: dict[str, list[Recorded]] = {case: [] for case in ids}
    for case, version, type_, at, actor, body, private in _event_rows(ids):
        event = open_event(
            case=case, version=version, type=type_, body=body, private=private, cipher=ciphers[case]
        )
        events[case].append(Recorded(version, datetime.fromisoformat(at), *read_actor(actor), event))
    return {case: tuple(recorded) for case, recorded in events.items()}


def _event_rows(ids: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for begin in range(0, len(ids), _IDS_MAX):
        part = ids[begin : begin + _IDS_MAX]
        yield from select(_EVENTS.format(ids=", ".join(["%s"] * len(part))), part)


def fold_case(case_id: str, events: Iterable[object]) -> Case:
    """The case these events make. Raises CaseStopped when they make none."""
    try:
        return fold(events)
    except NotAnEvent as error:
        raise CaseStopped(f"case {case_id}: {error}") from None


def _read(row: _Row, history: tuple[Recorded, ...], key: bytes | None) -> ReadCase:
    # Row and events are two reads. An event that came in between belongs to the next version: taking it here would
    # let a commit pass that chains onto the head of the version before.
    history = history[: row.version]
    return ReadCase(
        case=fold_case(row.id, (item.event for item in history)),
        rules=load_rulebook(row.rulebook),
        facts=Facts(),
        head=row.head,
        history=history,
        at=row.updated_at,
        closed_at=row.closed_at,
        key=key,
    )


def numbers_of(ids: Sequence[str]) -> dict[str, str]:
    """The numbers of cases by their ids, for the house itself."""
    return dict(CaseRow.objects.filter(pk__in=ids).values_list("id", "number"))


def case_key(row: CaseRow) -> bytes | None:
    """The key of a case's personal fields; None once erased. The row was read with its `sealed_key`."""
    return unwrapped(row.id, row.sealed_key.wrapped) if hasattr(row, "sealed_key") else None


def unwrapped(case_id: str, wrapped: bytes | None) -> bytes | None:
    """The key of a case's personal fields, from how it is stored; None once erased."""
    if wrapped is None:
        return None
    return unseal(wrapped, key=purpose_key("field"), about=f"case-key/{case_id}")
