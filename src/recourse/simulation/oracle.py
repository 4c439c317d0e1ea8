# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The oracle: it stands outside, keeps its own book of what really happened, and believes nothing the system says of itself.

It sees every commit as it becomes durable, every answer that a client got, every message that really arrived, every
payment that was really made, and true time.
"""

import copy
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from recourse.core.case.evolve import fold
from recourse.core.port import Receipt
from recourse.core.problem import Problems
from recourse.core.vocabulary import Stage
from recourse.simulation import safety
from recourse.simulation.book import Change, Fiction
from recourse.simulation.gateways import Posted
from recourse.simulation.invariants import Breach
from recourse.simulation.record import CaseRecord

if TYPE_CHECKING:
    from recourse.simulation.people import Deed

# Where a case may stand for good while everybody is silent: its end, or a step that only a person can take.
RESTING = frozenset({Stage.closed, Stage.outside, Stage.received, Stage.acknowledged})


@dataclass
class Book:
    """What the oracle knows of the system's stream; it is rewound when an old copy is put back."""

    cases: dict[str, CaseRecord] = field(default_factory=dict)
    held: dict[tuple[Any, ...], list[tuple[str, str, int | None]]] = field(default_factory=dict)
    by_key: dict[tuple[str, str], Receipt] = field(default_factory=dict)
    effects: dict[str, str] = field(default_factory=dict)  # key -> case number
    exhibits: list[tuple[str, str, str]] = field(default_factory=list)  # number, blob, digest


class Oracle:
    """Watches one run."""

    def __init__(self, village: Any) -> None:
        self.village = village
        self.breaches: list[Breach] = []
        self.book = Book()
        self.acknowledged: list[Receipt] = []
        self.gone: list[Receipt] = []  # acknowledged, then lost with an old copy
        self.asked: set[str] = set()  # every effect key that was ever asked for
        self.arrived: Counter[str] = Counter()
        self.posted: dict[tuple[str, str], list[datetime]] = {}  # (number, address) of notices that arrived
        self.uploaded: set[str] = set()
        self.commits_of: Counter[str] = Counter()
        self.numbers: dict[str, str] = {}  # case id -> number
        self.twisted: set[str] = set()  # keys under which a client sent two different requests
        self.erased: set[str] = set()  # also where an old copy put back what was erased: its files are gone
        self.events = 0
        self.slack = timedelta(milliseconds=village.options.clock_error_ms)

    def broken(self, invariant: str, number: str, seen: str) -> None:
        """Write a breach down."""
        self.breaches.append(Breach(invariant, number, seen))

    # What happens

    def committed(self, change: Change) -> None:
        """A commit is durable."""
        village, entry = self.village, change.entry
        running = village.engine.current
        if running is not None:
            self.commits_of[running.name] += 1
        if entry.key is not None:
            self._one_effect(change)
        record = self.book.cases.get(entry.after.number)
        if record is None:
            record = self.book.cases[entry.after.number] = CaseRecord(entry.after.number)
            self.numbers[entry.after.id] = entry.after.number
        before = change.before.version if change.before is not None else 0
        if before != record.version or before + len(entry.events) != entry.after.version:
            self.broken("stream_is_sound", entry.after.number, f"{record.version} -> {entry.after.version}")
        if change.before is not None and change.at < record.at:
            self.broken("time_runs_forward", entry.after.number, f"{record.at} then {change.at}")
        safety.look(self, record, change)
        record.at, record.version = change.at, entry.after.version
        self.events += len(entry.events)
        for key in change.asked:
            self.asked.add(key)
            self.book.effects[key] = entry.after.number
        village.poke()

    def _one_effect(self, change: Change) -> None:
        entry = change.entry
        assert entry.key is not None
        place = (entry.actor.id, entry.key.key)
        if place in self.book.by_key:
            self.broken(
                "one_request_one_effect", entry.after.number, f"{entry.key.key} was carried out twice"
            )
        self.book.by_key[place] = change.receipt

    def answered(self, name: str, deed: "Deed", outcome: Any, *, heard: bool) -> None:
        """A request came to an end; the client heard of it or not."""
        if isinstance(outcome, Problems) and self.commits_of[name]:
            self.broken("refused_leaves_nothing", deed.number, f"{deed.what}: {outcome.keys()}")
        if isinstance(outcome, Problems):
            safety.refused(self, deed, outcome.keys())
            keys = outcome.keys()
            if "idempotency_key_reused" in keys and deed.key not in self.twisted:
                self.broken(
                    "one_request_one_effect", deed.number, f"{deed.what} sent again counts as another"
                )
        if not isinstance(outcome, Receipt):
            return
        first = self.book.by_key.get((deed.actor.id, deed.key))
        plain = (outcome.number, outcome.version, outcome.head)
        if first is not None and plain != (first.number, first.version, first.head):
            self.broken("one_request_one_effect", outcome.number, f"{deed.key} got two answers")
        if heard:
            self.acknowledged.append(outcome)

    def surprised(self, name: str, error: Exception) -> None:
        """A story ended in an error."""
        kind = "stream_is_sound" if isinstance(error, Fiction) else "no_surprise"
        self.broken(kind, name, f"{type(error).__name__}: {error}")

    def posted_now(self, posted: Posted) -> None:
        """A message really arrived."""
        self.arrived[posted.key] += 1
        number = self.numbers.get(posted.key.partition(":")[0], "")
        if posted.key not in self.asked or self.arrived[posted.key] > 1:
            self.broken("messages_as_asked", number, posted.key)
        # A step takes time, and two clocks differ by minutes: ten of them are left at both ends.
        if not time(7, 50) <= posted.at.time() < time(22, 10):
            self.broken("nights_are_quiet", number, f"{posted.key} at {posted.at:%H:%M}")
        if ":notice:" in posted.key:
            self.posted.setdefault((number, posted.address), []).append(posted.at)

    def notice_at(self, record: CaseRecord, contact: str) -> datetime | None:
        """When a notice of this case first really arrived at this registered contact."""
        address = self.village.address_of(contact)
        arrived = self.posted.get((record.number, address))
        return arrived[0] if arrived else None

    # An old copy

    def snapshot(self) -> tuple[Book, int]:
        """What is known now, to go back to when an old copy of this moment is put back."""
        return copy.deepcopy(self.book), len(self.acknowledged)

    def rewind(self, kept: tuple[Book, int]) -> None:
        """An old copy was put back: what was acknowledged since is lost, and must be seen to be."""
        self.book, mark = copy.deepcopy(kept[0]), kept[1]
        self.gone += self.acknowledged[mark:]
        del self.acknowledged[mark:]

    # The end

    def close(self) -> None:
        """All is healed and everybody is silent: look at what must hold in the end."""
        village = self.village
        for receipt in self.acknowledged:
            if not village.book.proves(receipt):
                self.broken("acknowledged_is_kept", receipt.number, f"version {receipt.version} is not there")
        for receipt in self.gone:
            if village.book.proves(receipt) and not self._still_there(receipt):
                self.broken("old_copy_shows", receipt.number, f"version {receipt.version} still proves")
        for number, row in village.book.rows.items():
            self._at_rest(number, row)
        for number, blob, digest in self.book.exhibits:
            self._kept(number, blob, digest)
        self._outbox()

    def _still_there(self, receipt: Receipt) -> bool:
        """Whether the very commit that a receipt is about was in the old copy as well."""
        record = self.book.cases.get(receipt.number)
        return record is not None and receipt.head in record.heads

    def _at_rest(self, number: str, row: Any) -> None:
        if fold(item.event for item in row.history) != row.case:
            self.broken("stream_is_sound", number, "the row does not follow from the stream")
        now = self.village.engine.true_now()
        late = [d for d in row.case.deadlines if d.state == "running" and d.due_at and d.due_at <= now]
        for clock in late:
            self.broken("silence_is_carried_out", number, f"{clock.act} ran out at {clock.due_at}")
        if not late and row.case.stage not in RESTING:
            self.broken("comes_to_rest", number, f"stands at {row.case.stage}, {row.case.rung}")

    def _kept(self, number: str, blob: str, digest: str) -> None:
        found = self.village.vault.get(blob)
        if number in self.erased:
            return
        if found is None or self.village.digest(found) != digest or digest not in self.uploaded:
            self.broken("evidence_is_kept", number, blob[:12])

    def _outbox(self) -> None:
        outbox = self.village.outbox
        for row in outbox.jobs.values():
            if row.state != "done":
                number = self.book.effects.get(row.new.dedup, "")
                self.broken("outbox_empties", number, f"{row.new.dedup} is {row.state}")
        for key, number in self.book.effects.items():
            if key not in outbox.jobs:
                self.broken("effects_are_done", number, f"{key} was never queued")
