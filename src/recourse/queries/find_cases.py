# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which cases say this? Chinese full-text search of one operator's house; two characters are enough."""

from recourse.core.actor import Actor
from recourse.core.redaction import reads_names
from recourse.queries.desk_queue import PAGE, QueuePage, newest_first, page_of, read_cursor
from recourse.store.access import visible
from recourse.store.search import matching


def find_cases(actor: Actor, *, words: str, after: str = "", limit: int = PAGE) -> QueuePage:
    """Cases, open and closed, that hold every phrase; newest first. Words without a letter find nothing.

    Nobody finds a case by a name that they see masked.
    """
    said = matching(visible(actor), words, by_name=reads_names(actor.role))
    found = newest_first(said, read_cursor(after), limit)
    return page_of(actor, found, limit)
