# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How sure a write must be. What a person was told is kept waits for the disk; some things need not.

Counters of visits, sessions, sign-in codes and the dropping of a filed draft survive the death of the program like
everything else, but the last of them may be lost when the power goes: then one signs in once more or asks for another
code. Waiting for the disk five times for one filing would make everybody wait.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from recourse.store import rows


@contextmanager
def may_be_lost() -> Iterator[None]:
    """One transaction that does not wait for the disk. Inside another transaction that one's promise holds."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # The pragma belongs to the connection and cannot change within a transaction.
        rows.run("PRAGMA synchronous=NORMAL")
        try:
            with transaction.atomic():
                yield
        finally:
            rows.run("PRAGMA synchronous=FULL")
    else:
        with transaction.atomic():
            rows.run("SET LOCAL synchronous_commit TO off")
            yield


# Asked of the row that is found, and in force until the statement's own transaction ends.
_LIGHTLY = " AND set_config('synchronous_commit', 'off', true) = 'off'"


def change_lightly(query: str, values: Sequence[Any]) -> int:
    """Run one statement that changes the rows its WHERE, which ends it, finds; how many. It may be lost.

    On PostgreSQL that is one trip to the server instead of four.
    """
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        return rows.change(query + _LIGHTLY, values)
    with may_be_lost():
        return rows.change(query, values)
