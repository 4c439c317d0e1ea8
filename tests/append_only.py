# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Lets a transactional test empty the database: the triggers that protect events step aside for the flush alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from recourse.store.append_only import (
    FOREIGN_INSTALL,
    FOREIGN_REMOVE,
    INSTALL,
    LOG_INSTALL,
    LOG_REMOVE,
    REMOVE,
)


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_triggers() -> Iterator[None]:
    """Django empties the tables after a transactional test; it cannot know that events refuse."""
    plain = BaseDatabaseOperations.execute_sql_flush

    def flush(self: Any, statements: list[str]) -> None:
        if not any("store_event" in statement for statement in statements):
            plain(self, statements)
            return
        with connection.cursor() as cursor:
            for statement in (
                *REMOVE[connection.vendor],
                *LOG_REMOVE[connection.vendor],
                *FOREIGN_REMOVE[connection.vendor],
                "DELETE FROM store_search",
            ):
                cursor.execute(statement)
        plain(self, statements)
        with connection.cursor() as cursor:
            for statement in (
                *INSTALL[connection.vendor],
                *LOG_INSTALL[connection.vendor],
                *FOREIGN_INSTALL[connection.vendor],
            ):
                cursor.execute(statement)

    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = plain  # type: ignore[method-assign]
