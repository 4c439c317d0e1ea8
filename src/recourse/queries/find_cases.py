# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which cases say this? Chinese full-text search of one operator's house; two characters are enough."""

from recourse.core.actor import Actor
from recourse.queries.desk_queue import PAGE, QueuePage, newest_first, page_of, read_cursor
from recourse.store.access import visible
from recourse.store.search import matching


def find_cases(actor: Actor, *, words: str, after: str = "", limit: int = PAGE) -> QueuePage:
    """Cases, open and closed, that hold every phrase; newest first. Words without a letter find nothing."""
    found = newest_first(matching(visible(actor), words), read_cursor(after), limit)
    return page_of(actor, found, limit)
