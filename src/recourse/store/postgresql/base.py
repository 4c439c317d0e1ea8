# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The engine that the settings name: Django's own, whose hot statements are prepared.

Django writes the values into each statement, so that the server reads and plans every one anew: of the price of a
filing that was a fifth. The statements of `store.rows` go with their values beside them and are prepared when they are
first met. They stand in our code, so a connection holds some hundred at most. Behind a pooler that gives every
transaction another connection and knows no prepared statements, `?prepare_threshold=none` in the address turns it off.
"""

import time
from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as DjangoWrapper
from psycopg import Cursor

# What one connection keeps prepared; the rarest one goes when there are more.
_PREPARED_MAX = 200
# A statement for a whole batch is as long as the batch and hardly met again: preparing it would be one trip more.
_VALUES_MAX = 100
# A connection that answered so many seconds ago is taken to be open; a visit that finds out otherwise fails once.
_FRESH_SECONDS = 2.0


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
        own = Cursor(self.connection)
        return own.execute(query, values, prepare=True if len(values) <= _VALUES_MAX else None)

    def run_plain_many(self, query: str, lists: Sequence[Sequence[Any]]) -> int:
        """Run one statement with many lists of values, sent in one go; how many rows they changed together."""
        own = Cursor(self.connection)
        own.executemany(query, lists)
        return own.rowcount
