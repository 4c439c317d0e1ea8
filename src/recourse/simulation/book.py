# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case book in memory: the same gate, the same single door, the same conflicts, and stricter than the database.

What a commit brings is folded again here: events that do not lead to the case they claim are refused aloud. Nothing
is written before every constraint was looked at; each fault point of the real commit is passed in its order, so that
a run can be killed at any of them.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

import msgspec

from recourse.core.actor import STAFF, Actor, Role
from recourse.core.calendar import Calendar
from recourse.core.case.clocks import next_instant
from recourse.core.case.effect import effects
from recourse.core.case.event import personal_fields
from recourse.core.case.evolve import evolve, fold
from recourse.core.case.facts import Facts
from recourse.core.case.state import Case
from recourse.core.evidence import GENESIS
from recourse.core.port import Conflict, Key, OpenedCase, Receipt, Recorded, key_reused
from recourse.core.problem import Problems
from recourse.core.rulebook import Rulebook
from recourse.simulation.locks import FakeLocks
from recourse.simulation.outbox import FakeOutbox
from recourse.simulation.registry import FakeRegister
from recourse.store.book import SWEEP_LEASE
from recourse.store.commit import Entry
from recourse.store.entitlements import changed
from recourse.store.fault_point import NAMES, fault_point
from recourse.store.jobs import NewJob

# Those before the transaction is whole; a death there leaves nothing.
_BEFORE = NAMES[: NAMES.index("commit.committed")]


class Fiction(AssertionError):
    """What was handed to the store cannot be: the code under test is wrong, or the simulation is."""


@dataclass(frozen=True, slots=True)
class HeldCase(OpenedCase):
    """An opened case with when its last event was written."""

    at: datetime


@dataclass(slots=True)
class Row:
    """One case as it stands, with its whole stream."""

    case: Case
    head: str
    heads: tuple[str, ...]
    at: datetime
    history: tuple[Recorded, ...]
    due: datetime | None
    lease: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One commit as the journal sees it."""

    before: Case | None
    entry: Entry
    at: datetime
    receipt: Receipt
    asked: tuple[str, ...]  # the keys of the effects that it asked for


class Journal(Protocol):
    """Whoever watches the store from outside."""

    def committed(self, change: Change) -> None:
        """A commit is durable."""


class _Lost(Exception):
    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class FakeCases:
    """`CaseBook` in memory."""

    def __init__(
        self,
        *,
        register: FakeRegister,
        rulebook: Callable[[str], Rulebook],
        calendar: Callable[[], Calendar],
        outbox: FakeOutbox,
        journal: Journal | None = None,
    ) -> None:
        self._register = register
        self._rulebook = rulebook
        self._calendar = calendar
        self._outbox = outbox
        self._journal = journal
        self.locks = FakeLocks()
        self.rows: dict[str, Row] = {}
        self.keys: dict[tuple[str, str, str], tuple[str, Receipt]] = {}

    # Reading

    def open(self, actor: Actor, number: str) -> OpenedCase | None:
        """The case with its facts, or None when it is absent or forbidden."""
        row = self.rows.get(number)
        if row is None or not self.visible(actor, row.case):
            return None
        case = row.case
        rules = self._rulebook(case.rulebook)
        return HeldCase(case, rules, self._facts(case, rules), row.head, row.history, row.at)

    def open_many(self, actor: Actor, numbers: Sequence[str]) -> list[OpenedCase]:
        """Those of the cases this actor may see."""
        found = (self.open(actor, number) for number in numbers)
        return [one for one in found if one is not None]

    def visible(self, actor: Actor, case: Case) -> bool:
        """The read gate: own house, then own case or served seat."""
        if actor.operator != case.operator:
            return False
        if actor.role in STAFF or actor.role is Role.system:
            return True
        if actor.role is Role.complainant:
            return actor.id == case.complainant.id
        seat = self._register.seat(case.operator, actor.id)
        return (
            actor.role is Role.respondent
            and seat is not None
            and seat == case.respondent.registered
            and any(notice.served_at is not None for notice in case.notices)
        )

    def _facts(self, case: Case, rules: Rulebook) -> Facts:
        return Facts(
            checks=self._register.checks(case, rules),
            locked=self.locks.held(case),
            contacts=self._register.contacts(case.operator, case.respondent.registered),
            paid_fen=self._register.paid(case),
            calendar=self._calendar(),
        )

    def is_foreign(self, actor: Actor, number: str) -> bool:
        """Nothing comes into this world from elsewhere."""
        return False

    def matter(self, operator: str, number: str) -> tuple[str, ...]:
        """The first filing and all that were filed again from it."""
        known = {n: row.case for n, row in self.rows.items() if row.case.operator == operator}
        first = number
        while first in known and known[first].refiled_from:
            first = known[first].refiled_from
        found, grown = {first}, True
        while grown:
            more = {n for n, case in known.items() if case.refiled_from in found} - found
            found, grown = found | more, bool(more)
        return tuple(sorted(found))

    def replay(self, actor: Actor, key: Key) -> Receipt | Problems | None:
        """The receipt of the same request; Problems when the key was used for another one."""
        found = self.keys.get((actor.operator, actor.id, key.key))
        if found is None:
            return None
        if found[0] != key.fingerprint:
            return key_reused()
        return replace(found[1], replayed=True)

    def due(self, now: datetime, limit: int) -> list[tuple[str, str]]:
        """Take cases whose next instant has come, the longest overdue first, on lease."""
        ready = [
            row
            for row in self.rows.values()
            if row.due is not None and row.due <= now and (row.lease is None or row.lease <= now)
        ]
        ready.sort(key=lambda row: (row.due, row.case.id))
        for row in ready[:limit]:
            row.lease = now + SWEEP_LEASE
        return [(row.case.operator, row.case.number) for row in ready[:limit]]

    def open_cases(self, *, after: str, limit: int) -> list[tuple[str, str, str]]:
        """Up to `limit` triples (id, number, operator) of open cases, in the order of their ids."""
        cases = sorted((row.case for row in self.rows.values()), key=lambda case: case.id)
        found = [(c.id, c.number, c.operator) for c in cases if c.id > after and not c.closed]
        return found[:limit]

    # Writing

    def commit(
        self,
        opened: OpenedCase | None,
        after: Case,
        events: Sequence[object],
        *,
        actor: Actor,
        now: datetime,
        key: Key | None,
        also: Sequence[Callable[[], None]] = (),
    ) -> Receipt | Conflict:
        """All of it, or nothing."""
        entry = Entry(opened, after, tuple(events), actor, now, key)
        try:
            self._check(entry)
        except _Lost as lost:
            return Conflict(lost.what)
        for point in _BEFORE:
            fault_point(point)
        receipt = self._write(entry)
        for further in also:
            further()
        fault_point("commit.committed")
        return receipt

    def commit_many(self, entries: Sequence[Entry]) -> list[Receipt | Conflict]:
        """Many at once; one that loses does not hold the others back."""
        if not entries:
            return []
        results: list[Receipt | Conflict | None] = []
        for point in _BEFORE:
            fault_point(point)
        for entry in entries:
            try:
                self._check(entry)
            except _Lost as lost:
                results.append(Conflict(lost.what))
            else:
                results.append(self._write(entry))
        fault_point("commit.committed")
        return [result for result in results if result is not None]

    def _check(self, entry: Entry) -> None:
        """Every constraint, in the order in which the database comes upon them. Raises _Lost."""
        if not entry.events:
            raise Fiction("a commit without events")
        if entry.now.tzinfo is None:
            raise Fiction("a moment without its zone")
        before = self._before(entry)
        if before is None and self._filed_meanwhile(entry.after):
            raise _Lost("matter")
        taking, releasing = changed(before, entry.after)
        paid = entry.opened.facts.paid_fen if entry.opened else None
        if not self.locks.room(entry.after, taking, releasing=releasing, paid_fen=paid):
            raise _Lost("entitlement")
        if self._used(entry):
            raise _Lost("key")
        folded = before
        for event in entry.events:
            folded = evolve(folded, event)
        if folded != entry.after:
            raise Fiction(f"the events of {entry.after.number} do not lead to the case that was decided")

    def _filed_meanwhile(self, case: Case) -> bool:
        """Whether another case is this filing of its matter already; the database has one row for each."""
        if not case.refiled_from:
            return False
        return len(self.matter(case.operator, case.refiled_from)) != case.refilings

    def _used(self, entry: Entry) -> bool:
        key, actor = entry.key, entry.actor
        return key is not None and (actor.operator, actor.id, key.key) in self.keys

    def _moment(self, entry: Entry, row: Row | None) -> datetime:
        """Time never runs backwards within a case, whatever a clock says."""
        return max(entry.now, row.at) if row is not None else entry.now

    def _before(self, entry: Entry) -> Case | None:
        number = entry.after.number
        row = self.rows.get(number)
        if entry.opened is None:
            if row is not None:
                raise _Lost("number")
            return None
        if not isinstance(entry.opened, HeldCase):
            raise Fiction("only a case opened by this store can be committed to it")
        if row is None or row.case.version != entry.opened.case.version:
            raise _Lost("version")
        return row.case

    def _write(self, entry: Entry) -> Receipt:
        after = entry.after
        row = self.rows.get(after.number) if entry.opened is not None else None
        before = row.case if row is not None else None
        at = self._moment(entry, row)
        head, heads = (row.head, row.heads) if row is not None else (GENESIS, ())
        version = before.version if before is not None else 0
        links, recorded = [], []
        for event in entry.events:
            version += 1
            head = _link(head, after.id, version, at, entry.actor, event)
            links.append(head)
            recorded.append(Recorded(version, at, entry.actor.role, entry.actor.id, event))
        history = (*(row.history if row is not None else ()), *recorded)
        shown = after
        if after.erased and not (before is not None and before.erased):
            history = tuple(replace(item, event=_blank(item.event)) for item in history)
            shown = fold(item.event for item in history)
        self.rows[after.number] = Row(shown, head, (*heads, *links), at, history, next_instant(shown))
        receipt = Receipt(after.number, after.version, head)
        taking, releasing = changed(before, after)
        paid = entry.opened.facts.paid_fen if entry.opened else None
        self.locks.change(after, taking=taking, releasing=releasing, paid_fen=paid)
        if entry.key is not None:
            self.keys[entry.actor.operator, entry.actor.id, entry.key.key] = (entry.key.fingerprint, receipt)
        wanted = effects(before, after, entry.events, at)
        self._outbox.enqueue(
            [
                NewJob(item.kind, item.key, {**item.payload, "operator": after.operator}, item.not_before)
                for item in wanted
            ]
        )
        if self._journal is not None:
            asked = tuple(item.key for item in wanted)
            self._journal.committed(Change(before, entry, at, receipt, asked))
        return receipt

    def proves(self, receipt: Receipt) -> bool:
        """Whether the stream still holds what a receipt says: the party's own check."""
        row = self.rows.get(receipt.number)
        return row is not None and row.heads[receipt.version - 1 : receipt.version] == (receipt.head,)


def _link(previous: str, case: str, version: int, at: datetime, actor: Actor, event: Any) -> str:
    body = msgspec.json.encode(event)
    text = f"{previous}/{case}/{version}/{at.isoformat()}/{actor.id}/{type(event).__name__}/".encode()
    return hashlib.sha256(text + body).hexdigest()


def _blank(event: Any) -> Any:
    """An event as it is read once the key of its personal fields is gone."""
    personal = personal_fields(event)
    if not personal:
        return event
    plain = msgspec.to_builtins(event, str_keys=True)
    return msgspec.convert({**plain, **personal}, type(event))
