# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The database as it is really opened, not as the settings ask for it."""

import pytest
from django.db import connection


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_is_opened_durable_and_forgetting():
    found = {}
    with connection.cursor() as cursor:
        for pragma in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {pragma}")
            found[pragma] = cursor.fetchone()[0]
    # synchronous 2 is FULL; busy_timeout is in milliseconds.
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 20000,
    }


@pytest.mark.django_db
def test_no_migration_is_missing():
    from django.core.management import call_command

    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)
