# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Plain statements for the few hot paths: one insert for all rows of a table, and reads without a query builder.

Round trips are what a commit costs; building a query in Python costs more than running it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

# SQLite's oldest limit of bound values in one statement.
_VALUES_MAX = 999


def insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, once: bool = False) -> None:
    """Insert rows; with `once`, rows that a unique index already holds are left as they are.

    `table` and `columns` are names written in our code, never input.
    """
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in columns)
    marks = "(" + ", ".join(["%s"] * len(columns)) + ")"
    suffix = " ON CONFLICT DO NOTHING" if once else ""
    step = max(1, _VALUES_MAX // len(columns))
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), step):
            part = rows[begin : begin + step]
            values = ", ".join([marks] * len(part))
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) VALUES {values}{suffix}',
                bound_all(value for row in part for value in row),
            )


def select(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query. Instants come back as the driver gives them: compare them within the query."""
    with connection.cursor() as cursor:
        cursor.execute(query, bound_all(values))
        return list(cursor.fetchall())


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
    with connection.cursor() as cursor:
        cursor.execute(query, bound_all(values))
        return int(cursor.rowcount)


def bound_all(values: Iterable[Any]) -> list[Any]:
    """Values as this engine's driver takes them: SQLite keeps instants as text in UTC."""
    # Looked up once: finding it through Django's connection costs as much as using it.
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, datetime) else value for value in values]
