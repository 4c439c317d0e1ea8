# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The only door into the case tables: all of a command's consequences in one transaction, or none.

Everything that costs time (hashing, sealing, projecting) is prepared before the transaction begins; inside it
there is one statement per table, because SQLite has one writer and PostgreSQL's price is the round trip.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from recourse.core.actor import Actor
from recourse.core.case.broadcast import broadcast
from recourse.core.case.effect import Effect, effects
from recourse.core.case.event import personal_fields
from recourse.core.case.events import CaseClosed, ExhibitAdded, PersonalDataErased
from recourse.core.case.state import Case
from recourse.core.evidence import GENESIS
from recourse.core.port import Conflict, Key, OpenedCase, Receipt
from recourse.core.remedy import Remedy
from recourse.store import blob_keys, entitlements, jobs, matters, people, rows, search, webhooks
from recourse.store.access import ReadCase, fold_case, read_events
from recourse.store.codec import EVENT_COLUMNS, Sealed, seal_event
from recourse.store.erase import destroy
from recourse.store.fault_point import fault_point
from recourse.store.log_leaves import NewLeaf, current_origin, leaves_of, write_leaves
from recourse.store.projection import COLUMNS, MOVING, project
from recourse.store.rulebooks import load_rulebook
from recourse.store.sealing import blind, purpose_key, seal

_UPDATE = (
    "UPDATE store_case SET "
    + ", ".join(f"{name} = %s" for name in MOVING)
    + ", sweep_lease = NULL WHERE id = %s AND version = %s"
)
_CASE = ("id", *("rulebook" if name == "rulebook_id" else name for name in COLUMNS))


@dataclass(frozen=True, slots=True)
class Entry:
    """One case's part of a commit: what `commit` takes, as a value."""

    opened: OpenedCase | None
    after: Case
    events: Sequence[object]
    actor: Actor
    now: datetime
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """An entry with everything computed that the transaction will write."""

    entry: Entry
    before: Case | None
    at: datetime
    sealed: tuple[Sealed, ...]
    leaves: tuple[NewLeaf, ...]
    columns: dict[str, Any]
    fresh_key: bytes | None
    taking: list[Remedy]
    releasing: list[Remedy]
    outbox: tuple[Effect, ...]
    words: str
    words_changed: bool
    erases: bool

    @property
    def head(self) -> str:
        return str(self.columns["head"])

    @property
    def receipt(self) -> Receipt:
        promises = tuple(leaf.promise for leaf in self.leaves)
        return Receipt(self.entry.after.number, int(self.columns["version"]), self.head, promises=promises)


class _Lost(Exception):
    """Somebody else was first."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def commit(
    opened: OpenedCase | None,
    after: Case,
    events: Sequence[object],
    *,
    actor: Actor,
    now: datetime,
    key: Key | None,
    also: Sequence[Callable[[], None]] = (),
) -> Receipt | Conflict:
    """Write one case's events and all that follows from them, and what `also` writes.

    Conflict says what was lost: `version` (somebody wrote to this case first), `entitlement` (the value is being
    given already), `number` (the new case's number is taken), `matter` (the matter was filed again meanwhile), `key` (the
    same request is being made twice).
    """
    ready = _prepare(Entry(opened, after, events, actor, now, key))
    try:
        with transaction.atomic():
            fault_point("commit.begun")
            _write([ready])
            for further in also:
                further()
    except _Lost as lost:
        return Conflict(lost.what)
    fault_point("commit.committed")
    return ready.receipt


def commit_many(entries: Sequence[Entry]) -> list[Receipt | Conflict]:
    """Write many cases in one transaction; a case that loses does not hold the others back."""
    ready = [_prepare(entry) for entry in entries]
    if not ready:
        return []
    try:
        with transaction.atomic():
            fault_point("commit.begun")
            _write(ready)
    except _Lost:
        return _each_in_its_savepoint(ready)
    fault_point("commit.committed")
    return [item.receipt for item in ready]


def _each_in_its_savepoint(ready: Sequence[_Ready]) -> list[Receipt | Conflict]:
    results: list[Receipt | Conflict] = []
    with transaction.atomic():
        for item in ready:
            try:
                with transaction.atomic():
                    _write([item])
                results.append(item.receipt)
            except _Lost as lost:
                results.append(Conflict(lost.what))
    return results


def _prepare(entry: Entry) -> _Ready:
    opened, after = entry.opened, entry.after
    if opened is not None and not isinstance(opened, ReadCase):
        raise TypeError("only a case opened by this store can be committed to it")
    before = opened.case if opened else None
    # Time never runs backwards within a case, whatever a clock says.
    at = max(entry.now, opened.at) if opened else entry.now
    fresh_key = None
    key = opened.key if opened else None
    if key is None and any(personal_fields(event) for event in entry.events):
        key = fresh_key = secrets.token_bytes(32)
    sealed = _seal(entry, at=at, key=key or b"")
    erases = any(isinstance(event, PersonalDataErased) for event in entry.events)
    shown = _erased(entry) if erases else after
    closes = any(isinstance(event, CaseClosed) for event in entry.events)
    closed_at = at if closes else opened.closed_at if opened else None
    columns = project(
        shown,
        playbook=opened.rules.playbook if opened else load_rulebook(after.rulebook).playbook,
        head=sealed[-1].hash if sealed else opened.head if opened else GENESIS,
        at=at if sealed or not opened else opened.at,
        closed_at=closed_at,
    )
    taking, releasing = entitlements.changed(before, after)
    words_changed = before is None or search.found_by(shown) != search.found_by(before)
    return _Ready(
        entry=entry,
        before=before,
        at=at,
        sealed=sealed,
        leaves=leaves_of(sealed, origin=current_origin()),
        columns=columns,
        fresh_key=fresh_key,
        taking=taking,
        releasing=releasing,
        outbox=effects(before, after, entry.events, at),
        words=search.search_text(shown) if words_changed else "",
        words_changed=words_changed,
        erases=erases,
    )


def _seal(entry: Entry, *, at: datetime, key: bytes) -> tuple[Sealed, ...]:
    version = entry.after.version - len(entry.events)
    previous = entry.opened.head if entry.opened else GENESIS
    sealed: list[Sealed] = []
    for event in entry.events:
        version += 1
        item = seal_event(
            event, case=entry.after.id, version=version, at=at, actor=entry.actor, previous=previous, key=key
        )
        sealed.append(item)
        previous = item.hash
    return tuple(sealed)


def _erased(entry: Entry) -> Case:
    """The case as it will be read once its key is gone."""
    id_ = entry.after.id
    past = read_events({id_: None})[id_]
    return fold_case(id_, [*(item.event for item in past), *entry.events])


@contextmanager
def _or_lost(what: str) -> Iterator[None]:
    """A broken constraint here means that somebody else was first; so does a deadlock."""
    try:
        yield
    except IntegrityError as error:
        raise _Lost(what) from error
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") not in {"40P01", "40001"}:
            raise
        raise _Lost("version") from error


def _write(batch: Sequence[_Ready]) -> None:
    with _or_lost("version"):
        _write_rows(batch)
        fault_point("commit.projected")
        _write_events(batch)
    _write_entitlements(batch)
    fault_point("commit.entitlements")
    jobs.enqueue(
        [
            jobs.NewJob(
                effect.kind,
                effect.key,
                {**effect.payload, "operator": item.entry.after.operator},
                effect.not_before,
            )
            for item in batch
            for effect in item.outbox
        ]
    )
    _write_news(batch)
    fault_point("commit.jobs")
    for item in batch:
        sealed_files = [event.blob for event in item.entry.events if isinstance(event, ExhibitAdded)]
        blob_keys.adopt(sealed_files, case_id=item.entry.after.id)
        if item.erases:
            destroy(item.entry.after)
        if item.words_changed:
            if item.before is not None:
                search.drop(item.entry.after.id)
            if item.words:
                search.put(item.entry.after.id, item.words)
    fault_point("commit.search")
    _write_keys(batch)
    fault_point("commit.key")


def _write_rows(batch: Sequence[_Ready]) -> None:
    new = [item for item in batch if item.before is None]
    with _or_lost("number"):
        rows.insert(
            "store_case_number",
            ("number", "case_id"),
            [(i.entry.after.number, i.entry.after.id) for i in new],
        )
    with _or_lost("matter"):
        matters.count_filings([i.entry.after for i in new])
    rows.insert("store_case", _CASE, [(i.entry.after.id, *(i.columns[c] for c in COLUMNS)) for i in new])
    people.write_newcomers([i.entry.after for i in new], now=batch[0].at)
    known = [
        [*(item.columns[name] for name in MOVING), item.entry.after.id, item.before.version]
        for item in batch
        if item.before is not None
    ]
    # A row that somebody else moved on makes the number fall short.
    if known and rows.change_each(_UPDATE, known) != len(known):
        raise _Lost("version")
    keys = [(i.entry.after.id, _wrapped(i)) for i in batch if i.fresh_key is not None]
    rows.insert("store_case_key", ("case_id", "wrapped"), keys)


def _wrapped(item: _Ready) -> bytes:
    return seal(item.fresh_key or b"", key=purpose_key("field"), about=f"case-key/{item.entry.after.id}")


def _write_events(batch: Sequence[_Ready]) -> None:
    sealed = [one for item in batch for one in item.sealed]
    rows.insert("store_event", EVENT_COLUMNS, [one[: len(EVENT_COLUMNS)] for one in sealed])
    fault_point("commit.events")
    private = [(one.case, one.version, one.private) for one in sealed if one.private is not None]
    rows.insert("store_private", ("case_id", "version", "fields"), private)
    fault_point("commit.private")
    write_leaves([leaf for item in batch for leaf in item.leaves])
    fault_point("commit.leaves")


def _write_entitlements(batch: Sequence[_Ready]) -> None:
    with _or_lost("entitlement"):
        for item in batch:
            after = item.entry.after
            entitlements.release(after, item.releasing, now=item.at)
            for remedy in item.taking:
                paid = item.entry.opened.facts.paid_fen if item.entry.opened else None
                try:
                    entitlements.take(after, remedy, paid_fen=paid, now=item.at)
                except entitlements.Taken:
                    raise _Lost("entitlement") from None


def request_mac(key: Key) -> str:
    """The digest of a request as it is kept: keyed, so that what was asked cannot be guessed from it."""
    return blind(key.fingerprint, about="request")


def _write_news(batch: Sequence[_Ready]) -> None:
    """Tell whoever listens; an operator without endpoints costs one look at a small table."""
    endpoints = webhooks.listening(item.entry.after.operator for item in batch)
    if not endpoints:
        return
    news = [
        (item.entry.after.operator, one, item.at)
        for item in batch
        for one in broadcast(item.entry.after, item.entry.events)
    ]
    webhooks.queue(endpoints, news, now=batch[0].at)


def _write_keys(batch: Sequence[_Ready]) -> None:
    columns = ("operator", "actor", "key", "fingerprint", "case_id", "number", "version", "head", "at")
    values = [
        (
            item.entry.actor.operator,
            item.entry.actor.id,
            item.entry.key.key,
            request_mac(item.entry.key),
            item.entry.after.id,
            item.entry.after.number,
            item.columns["version"],
            item.head,
            item.at,
        )
        for item in batch
        if item.entry.key is not None
    ]
    with _or_lost("key"):
        rows.insert("store_idempotency_key", columns, values)
