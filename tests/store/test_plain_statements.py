# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Statements that go without Django's cursor: the same answers and errors, prepared on PostgreSQL, and a lost server."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from recourse.store import rows
from recourse.store.models import RateBucket
from tests.store.house import START

_COLUMNS = ("bucket", "count", "ends_at")
_COUNT = "UPDATE store_rate_bucket SET count = %s WHERE bucket = %s AND count = %s"


def _put(*names: str) -> None:
    rows.insert("store_rate_bucket", _COLUMNS, [(name, 1, START) for name in names])


def _prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.mark.django_db
def test_each_list_of_values_changes_its_row_and_the_whole_is_counted() -> None:
    _put("a", "b", "c")
    assert rows.change_each(_COUNT, [(5, "a", 1), (6, "b", 1), (7, "c", 9)]) == 2
    assert dict(RateBucket.objects.values_list("bucket", "count")) == {"a": 5, "b": 6, "c": 1}


@pytest.mark.django_db
def test_a_watched_connection_answers_the_same(django_assert_num_queries: object) -> None:
    _put("a")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert rows.change_each(_COUNT, [(5, "a", 1)]) == 1
        assert rows.select("SELECT count FROM store_rate_bucket WHERE bucket = %s", ["a"]) == [(5,)]


@pytest.mark.django_db
def test_a_broken_constraint_is_djangos_error() -> None:
    _put("a")
    with pytest.raises(IntegrityError), transaction.atomic():
        _put("a")
    assert RateBucket.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_statement_is_prepared_and_one_for_a_long_batch_is_not() -> None:
    _put("a")
    _put("a2")
    insert = 'INSERT INTO "store_rate_bucket"'
    found = [statement for statement in _prepared() if statement.startswith(insert)]
    assert len(found) == 1 and "$3" in found[0]
    _put(*(f"b{index}" for index in range(60)))
    assert [statement for statement in _prepared() if statement.startswith(insert)] == found


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_server_that_went_away_costs_one_visit_at_most() -> None:
    connection.ensure_connection()
    assert connection.is_usable()
    lost = connection.connection.info.backend_pid
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [lost])
    other.close()
    # It answered a moment ago and is taken for open; the visit that finds out ends it.
    assert connection.is_usable()
    with pytest.raises(DatabaseError):
        rows.select("SELECT 1", [])
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()
    assert rows.select("SELECT 1", []) == [(1,)]
