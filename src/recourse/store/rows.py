# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Plain multi-row inserts: one statement for all rows of a table, because round trips are what a commit costs."""

from collections.abc import Sequence
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
                [bound(value) for row in part for value in row],
            )


def bound(value: Any) -> Any:
    """A value as this engine's driver takes it: SQLite keeps instants as text in UTC."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
