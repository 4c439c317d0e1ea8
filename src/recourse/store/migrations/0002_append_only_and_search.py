# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What Django's models cannot say: events are append-only, and the full-text index of each engine."""

from typing import Any

from django.db import migrations

from recourse.store.append_only import INSTALL, REMOVE

_SEARCH = {
    # unicode61 takes every hanzi that stands alone as a word; diacritics stay, as they do on PostgreSQL.
    "sqlite": (
        "CREATE VIRTUAL TABLE store_search USING fts5"
        "(words, case_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        "CREATE TABLE store_search (case_id varchar(32) PRIMARY KEY, words tsvector NOT NULL)",
        "CREATE INDEX store_search_words ON store_search USING gin (words)",
    ),
}


def forwards(_apps: Any, editor: Any) -> None:
    """Make triggers and index."""
    vendor = editor.connection.vendor
    for statement in (*INSTALL[vendor], *_SEARCH[vendor]):
        editor.execute(statement)


def backwards(_apps: Any, editor: Any) -> None:
    """Take them away."""
    for statement in (*REMOVE[editor.connection.vendor], "DROP TABLE store_search"):
        editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers and search index."""

    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
