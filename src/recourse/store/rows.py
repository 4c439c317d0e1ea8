# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Plain statements for the few hot paths: one insert for all rows of a table, and reads without a query builder.

Round trips are what a commit costs; building a query in Python costs more than running it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

# SQLite's oldest limit of bound values in one statement.
_VALUES_MAX = 999


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, once: bool = False) -> None:
    """Insert rows; with `once`, rows that a unique index already holds are left as they are.

    `table` and `columns` are names written in our code, never input.
    """
    if not rows:
        return
    step = max(1, _VALUES_MAX // len(columns))
    for begin in range(0, len(rows), step):
        part = rows[begin : begin + step]
        run(_inserting(table, tuple(columns), len(part), once), [value for row in part for value in row])


def select(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query. Instants come back as the driver gives them: compare them within the query."""
    return list(run(query, values).fetchall())


def select_among(query: str, *lists: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query whose each `{}` is the list of an IN; nothing when one of the lists is empty.

    The lists together hold fewer values than an engine binds: those of one case, or of a sweep's batch.
    """
    given = [list(values) for values in lists]
    if not all(given):
        return []
    marks = (", ".join(["%s"] * len(values)) for values in given)
    return select(query.format(*marks), [value for values in given for value in values])


def change(query: str, values: Sequence[Any]) -> int:
    """Run one statement that changes rows; how many it changed."""
    return int(run(query, values).rowcount)


def change_each(query: str, lists: Sequence[Sequence[Any]]) -> int:
    """Run one statement for each list of values, sent in one go; how many rows they changed together."""
    database = connections[DEFAULT_DB_ALIAS]
    given = [_bound(database, values) for values in lists]
    if _watched(database):
        with database.cursor() as cursor:
            cursor.executemany(query, given)
            return int(cursor.rowcount)
    with database.wrap_database_errors:
        return int(database.run_plain_many(query, given))


def run(query: str, values: Sequence[Any] = ()) -> Any:
    """Run one statement; the driver's cursor.

    Django's cursor is five times the price of the statement: four layers that watch, log and translate. They are
    passed by where none of them has anything to do.
    """
    # Looked up once: finding it through Django's proxy costs as much as using it.
    database = connections[DEFAULT_DB_ALIAS]
    given = _bound(database, values)
    if _watched(database):
        cursor = database.cursor()
        cursor.execute(query, given)
        return cursor
    with database.wrap_database_errors:
        return database.run_plain(query, given)


def _watched(database: Any) -> bool:
    """Whether a statement has to go the whole way: a connection that is not open yet, a broken transaction, a counter."""
    return bool(
        database.connection is None
        or database.needs_rollback
        or database.queries_logged
        or database.execute_wrappers
    )


def _bound(database: Any, values: Iterable[Any]) -> list[Any]:
    if database.vendor != "sqlite":
        return list(values)
    return [_in_utc(value) if isinstance(value, datetime) else value for value in values]


@lru_cache(256)
def _in_utc(moment: datetime) -> str:
    """As Django writes it, at a fifth of its price: the zone of the connection is UTC (`USE_TZ`).

    The rows of one commit say the same few moments again and again.
    """
    return str(moment.astimezone(UTC).replace(tzinfo=None))


@lru_cache(1024)
def _inserting(table: str, columns: tuple[str, ...], rows: int, once: bool) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
    suffix = " ON CONFLICT DO NOTHING" if once else ""
    return f'INSERT INTO "{table}" ({names}) VALUES {", ".join([marks] * rows)}{suffix}'
