# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""What may be lost in a power cut does not wait for the disk; everything else does, also right afterwards."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection, transaction

from recourse.store import rows
from recourse.store.durability import change_lightly, may_be_lost
from recourse.store.sessions import SessionStore

_ASK = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
_WAITS = {"sqlite": 2, "postgresql": "on"}
_HURRIES = {"sqlite": 1, "postgresql": "off"}
_ON_POSTGRESQL = connection.vendor == "postgresql"


def promise() -> object:
    with connection.cursor() as cursor:
        cursor.execute(_ASK[connection.vendor])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_only_what_may_be_lost_does_not_wait_for_the_disk() -> None:
    assert promise() == _WAITS[connection.vendor]
    with may_be_lost():
        assert promise() == _HURRIES[connection.vendor]
        assert connection.in_atomic_block
    assert promise() == _WAITS[connection.vendor]


@pytest.mark.django_db(transaction=True)
def test_a_failure_within_takes_its_writes_back_and_restores_the_promise() -> None:
    store = SessionStore()
    with pytest.raises(RuntimeError), may_be_lost():
        store.create()
        raise RuntimeError
    assert not SessionStore().exists(store.session_key)
    assert promise() == _WAITS[connection.vendor]


@pytest.mark.django_db(transaction=True)
def test_inside_another_transaction_that_ones_promise_holds() -> None:
    with transaction.atomic():
        with may_be_lost():
            assert promise() == _WAITS[connection.vendor]
        assert promise() == _WAITS[connection.vendor]


@pytest.mark.django_db
def test_a_session_is_kept_changed_and_ended() -> None:
    first = SessionStore()
    first["portal"] = {"person": "p1"}
    first.create()
    again = SessionStore(first.session_key)
    assert again["portal"] == {"person": "p1"}
    again["portal"] = {"person": "p2"}
    again.save()
    assert SessionStore(first.session_key)["portal"] == {"person": "p2"}
    again.flush()
    assert SessionStore(first.session_key).get("portal") is None
    with pytest.raises(UpdateError):
        first.save()


@pytest.mark.django_db(transaction=True)
def test_one_statement_may_be_lost_and_the_next_may_not() -> None:
    store = SessionStore()
    store.create()
    query = "UPDATE django_session SET session_data = {} WHERE session_key = %s"
    asked = query.format("current_setting('synchronous_commit')") if _ON_POSTGRESQL else query.format("'off'")
    assert change_lightly(asked, ["nobody"]) == 0
    assert change_lightly(asked, [store.session_key]) == 1
    assert rows.select(
        "SELECT session_data FROM django_session WHERE session_key = %s", [store.session_key]
    ) == [("off",)]
    assert promise() == _WAITS[connection.vendor]
    with transaction.atomic():
        assert change_lightly(query.format("'on'"), [store.session_key]) == 1
        assert promise() == _WAITS[connection.vendor]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["f" * 32, "a\x00" * 8])
def test_a_session_that_never_was_is_empty_and_nameless(name: str) -> None:
    store = SessionStore(name)
    assert dict(store.load()) == {} and store.session_key is None


@pytest.mark.django_db
def test_an_expired_session_is_empty() -> None:
    store = SessionStore()
    store["portal"] = {"person": "p1"}
    store.set_expiry(-1)
    store.create()
    assert SessionStore(store.session_key).load() == {}
