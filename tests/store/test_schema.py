# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What the tables promise: case tables can be distributed by case, and migrations are complete."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db

# These hold rows of one case each.
CASE_TABLES = {
    "store_case": "id",
    "store_case_key": "case_id",
    "store_event": "case_id",
    "store_private": "case_id",
    "store_inspection": "case_id",
    "store_rendition": "case_id",
    "store_masked_rendition": "case_id",
    "store_reading_order": "case_id",
    "store_thread": "case_id",
}

# These are global: one row may stand for many cases, or for none. The log is one for the installation.
GLOBAL_TABLES = frozenset(
    [
        "api_answer",
        "api_token",
        "blob_key",
        "case_number",
        "draft",
        "draft_reading",
        "entitlement",
        "foreign_event",
        "foreign_file",
        "foreign_record",
        "hand_over",
        "hand_over_use",
        "idempotency_key",
        "job",
        "log_checkpoint",
        "log_cosignature",
        "log_leaf",
        "log_tile",
        "log_timestamp",
        "operator",
        "operator_setting",
        "person",
        "person_contact",
        "rate_bucket",
        "record",
        "refiled",
        "register_contact",
        "respondent",
        "respondent_alias",
        "rulebook",
        "sign_in_code",
        "staff",
        "vault_round",
        "webhook_delivery",
        "webhook_endpoint",
        "webhook_old_secret",
        "webhook_try",
    ]
)


def test_every_table_is_of_one_case_or_global() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("store").get_models()}
    assert tables == set(CASE_TABLES) | {f"store_{name}" for name in GLOBAL_TABLES}


def test_every_unique_index_of_a_case_table_contains_the_case() -> None:
    with connection.cursor() as cursor:
        for table, column in CASE_TABLES.items():
            found = connection.introspection.get_constraints(cursor, table).values()
            unique = [item["columns"] for item in found if item["unique"] or item["primary_key"]]
            assert unique and all(column in columns for columns in unique), table


def test_the_migrations_make_exactly_the_models() -> None:
    call_command("makemigrations", "store", check=True, dry_run=True, stdout=StringIO())


def test_every_model_names_its_table() -> None:
    names = {model._meta.db_table for model in apps.get_app_config("store").get_models()}
    assert all(name.startswith("store_") and name == name.lower() for name in names)


@pytest.mark.sqlite
def test_sqlite_writes_through_and_overwrites_what_is_deleted() -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    with connection.cursor() as cursor:
        for pragma, value in wanted.items():
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone()[0] == value, pragma
