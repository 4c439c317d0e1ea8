# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The engine that the settings name: Django's own, whose transactions stand in line.

SQLite has one writer. Who finds it busy sleeps and asks again, up to a tenth of a second each time, in no order; eight
people filing at once spent half of the machine asleep. Here a transaction first takes its turn, so that SQLite itself
is hardly ever found busy. A single statement outside a transaction still asks as SQLite does.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoWrapper
from django.db.utils import OperationalError

from recourse.store.sqlite.turn import Turn

_MARK = re.compile("%s")


class DatabaseWrapper(DjangoWrapper):
    """One connection. Its turn begins before BEGIN and ends with the transaction, however that ends."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self._turn: Turn | None = None

    def run_plain(self, query: str, values: Sequence[Any]) -> Any:
        """Run one statement on the driver; its cursor."""
        return self.connection.execute(_with_question_marks(query), values)

    def run_plain_many(self, query: str, lists: Sequence[Sequence[Any]]) -> int:
        """Run one statement with many lists of values; how many rows they changed together."""
        return int(self.connection.executemany(_with_question_marks(query), lists).rowcount)

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()

    def _take_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._turn is None and not self.is_in_memory_db():
            patience = float(self.settings_dict["OPTIONS"].get("timeout", 5.0))
            self._turn = Turn.take(name, patience=patience)
            if self._turn is None:
                raise OperationalError("database is locked")

    def _end_turn(self) -> None:
        if self._turn is not None:
            turn, self._turn = self._turn, None
            turn.end()


@lru_cache(1024)
def _with_question_marks(query: str) -> str:
    """SQLite's marks for values. `%%` is a percent sign, as for Django."""
    return _MARK.sub("?", query).replace("%%", "%")
