# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The case book: the port behind which actions open, commit and sweep cases."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from recourse.core.actor import Actor
from recourse.core.calendar import Calendar
from recourse.core.case.state import Case
from recourse.core.port import Clock, Conflict, Key, OpenedCase, ReadOnly, Receipt, key_reused
from recourse.core.problem import Problems
from recourse.store import access, foreign
from recourse.store.access import ReadCase
from recourse.store.commit import Entry, commit, commit_many, request_mac
from recourse.store.durability import may_be_lost
from recourse.store.log_leaves import promises_of
from recourse.store.matters import matter_of
from recourse.store.models import CaseRow
from recourse.store.register import MerchantRegister
from recourse.store.rows import select

# How long a worker that took a case off the due list may hold it before another one looks again.
SWEEP_LEASE = timedelta(minutes=2)
_REPLAY = (
    "SELECT fingerprint, number, version, head, case_id FROM store_idempotency_key "
    "WHERE operator = %s AND actor = %s AND key = %s"
)


class Cases:
    """`CaseBook` on the database. Facts are looked up anew for every opening."""

    def __init__(
        self,
        *,
        register: MerchantRegister,
        calendar: Callable[[], Calendar],
        closed: Callable[[], Problems | None] = lambda: None,
    ) -> None:
        self._register = register
        self._calendar = calendar
        self._closed = closed

    def by(self, clock: Clock) -> "Cases":
        """The same cases, with the facts of another clock's moments."""
        return Cases(register=self._register.by(clock), calendar=self._calendar, closed=self._closed)

    def open(self, actor: Actor, number: str) -> OpenedCase | None:
        """The case with its facts, or None when it is absent or forbidden. Raises CaseStopped."""
        read = access.read_case(actor, number)
        return None if read is None else self._with_facts([read])[0]

    def open_many(self, actor: Actor, numbers: Sequence[str]) -> list[OpenedCase]:
        """Those of the cases this actor may see; what they are made of is read in a fixed number of queries."""
        return self._with_facts(access.read_cases(actor, numbers))

    def matter(self, operator: str, number: str) -> Sequence[str]:
        """The numbers of all cases of one matter: the first filing and those filed again from it."""
        return matter_of(operator, number)

    def is_foreign(self, actor: Actor, number: str) -> bool:
        """Whether this number is a foreign record that this actor may read."""
        return bool(foreign.of_number(actor, number))

    def replay(self, actor: Actor, key: Key) -> Receipt | Problems | None:
        """The receipt of the same request made before; Problems when the key was used for another request."""
        found = select(_REPLAY, [actor.operator, actor.id, key.key])
        if not found:
            return None
        fingerprint, number, version, head, case = found[0]
        # An erased case forgot what was asked of it; its receipt holds nothing personal.
        if fingerprint and fingerprint != request_mac(key):
            return key_reused()
        return Receipt(number, version, head, replayed=True, promises=promises_of(case, version))

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
        """All of the command's consequences in one transaction, and what else belongs into it, or nothing. Raises ReadOnly."""
        self._must_be_open()
        return commit(opened, after, events, actor=actor, now=now, key=key, also=also)

    def commit_many(self, entries: Sequence[Entry]) -> list[Receipt | Conflict]:
        """Many cases in one transaction; one that loses does not hold the others back. Raises ReadOnly."""
        self._must_be_open()
        return commit_many(entries)

    def due(self, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
        """Take up to `limit` (operator, number) pairs whose next instant has come, the longest overdue first.

        Each is on lease: a commit ends the lease, and a worker that dies gives it back by its end.
        """
        ready = Q(sweep_lease__isnull=True) | Q(sweep_lease__lte=now)
        found = CaseRow.objects.filter(ready, next_due_at__lte=now).order_by("next_due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            # Only spares workers the wait; what makes them take different cases is the lease.
            found = found.select_for_update(skip_locked=True)
        # A lease that is lost with the power was held by a worker that is gone as well.
        with may_be_lost():
            taken = list(found.values_list("id", "operator", "number")[:limit])
            CaseRow.objects.filter(id__in=[id_ for id_, _, _ in taken]).update(sweep_lease=now + SWEEP_LEASE)
        return [(operator, number) for _, operator, number in taken]

    def _must_be_open(self) -> None:
        problems = self._closed()
        if problems is not None:
            raise ReadOnly(problems)

    def _with_facts(self, read: Sequence[ReadCase]) -> list[OpenedCase]:
        calendar = self._calendar()
        return [
            replace(one, facts=replace(facts, calendar=calendar))
            for one, facts in zip(read, self._register.facts(read), strict=True)
        ]
