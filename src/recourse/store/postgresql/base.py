# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The engine that the settings name: Django's own, whose hot statements are prepared.

Django writes the values into each statement, so that the server reads and plans every one anew: of the price of a
filing that was a fifth. The statements of `store.rows` go with their values beside them and are prepared when they are
first met. They stand in our code, so a connection holds some hundred at most. Behind a pooler that gives every
transaction another connection and knows no prepared statements, `?prepare_threshold=none` in the address turns it off.
"""

import re
import time
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as DjangoWrapper
from psycopg import RawCursor

# What one connection keeps prepared; the rarest one goes when there are more.
_PREPARED_MAX = 200
# A statement for a whole batch is as long as the batch and hardly met again: preparing it would be one trip more.
_VALUES_MAX = 100
# A connection that answered so many seconds ago is taken to be open; a visit that finds out otherwise fails once.
_FRESH_SECONDS = 2.0
_MARK = re.compile("%[s%]")


class DatabaseWrapper(DjangoWrapper):
    """One connection."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self._answered = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that remembers its prepared statements."""
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = _PREPARED_MAX
        return connection

    def is_usable(self) -> bool:
        """Whether the server still answers: asked at each visit, which would be one trip more for each."""
        now = time.monotonic()
        if not self.errors_occurred and now - self._answered < _FRESH_SECONDS:
            return True
        usable: bool = super().is_usable()
        self._answered = now if usable else 0.0
        return usable

    def run_plain(self, query: str, values: Sequence[Any]) -> Any:
        """Run one statement on the driver; its cursor."""
        own = RawCursor(self.connection)
        return own.execute(_with_numbers(query), values, prepare=True if len(values) <= _VALUES_MAX else None)

    def run_plain_many(self, query: str, lists: Sequence[Sequence[Any]]) -> int:
        """Run one statement with many lists of values, sent in one go; how many rows they changed together."""
        own = RawCursor(self.connection)
        own.executemany(_with_numbers(query), lists)
        return own.rowcount

    def copy_rows(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows as one stream; triggers and constraints hold as for any insert."""
        names = ", ".join(f'"{name}"' for name in columns)
        with RawCursor(self.connection).copy(f'COPY "{table}" ({names}) FROM STDIN') as stream:
            for row in rows:
                stream.write_row(row)


@lru_cache(1024)
def _with_numbers(query: str) -> str:
    """PostgreSQL's own marks for values. The driver would look for ours in a long statement each time anew.

    `%%` is a percent sign, as for Django.
    """
    numbers = count(1)
    return _MARK.sub(lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", query)
