# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""PostgreSQL: the desk's filters by index, so that a rare stage among a million open cases is found at once.

SQLite serves a house small enough to be read through; there every index would only make filing slower.
"""

from typing import Any

from django.db import migrations

_OPEN = "WHERE closed_at IS NULL"
_INDEXES = {
    **{
        f"case_open_{name}": f"(operator, {name}, next_due_at, id) {_OPEN}"
        for name in ("stage", "rung", "severity", "platform")
    },
    "case_closed": "(operator, filed_at DESC, id) WHERE closed_at IS NOT NULL",
}


def forwards(_apps: Any, editor: Any) -> None:
    """Make them where they are used."""
    if editor.connection.vendor == "postgresql":
        for name, what in _INDEXES.items():
            editor.execute(f"CREATE INDEX {name} ON store_case {what}")


def backwards(_apps: Any, editor: Any) -> None:
    """Take them away."""
    if editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    """Indexes of one engine."""

    dependencies = [("store", "0011_api_tokens_and_webhooks")]
    operations = [migrations.RunPython(forwards, backwards)]
