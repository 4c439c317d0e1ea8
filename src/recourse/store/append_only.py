# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The triggers that keep events as they were written, on both engines, whoever asks: code, a shell or a migration."""

_SQLITE_INSTALL = (
    """
    CREATE TRIGGER store_event_no_update BEFORE UPDATE ON store_event
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """,
    """
    CREATE TRIGGER store_event_no_delete BEFORE DELETE ON store_event
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """,
)
_SQLITE_REMOVE = ("DROP TRIGGER store_event_no_update", "DROP TRIGGER store_event_no_delete")

_POSTGRESQL_INSTALL = (
    """
    CREATE OR REPLACE FUNCTION store_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER store_event_no_change BEFORE UPDATE OR DELETE ON store_event
    FOR EACH ROW EXECUTE FUNCTION store_event_append_only()
    """,
    """
    CREATE TRIGGER store_event_no_truncate BEFORE TRUNCATE ON store_event
    FOR EACH STATEMENT EXECUTE FUNCTION store_event_append_only()
    """,
)
_POSTGRESQL_REMOVE = (
    "DROP TRIGGER store_event_no_change ON store_event",
    "DROP TRIGGER store_event_no_truncate ON store_event",
)

INSTALL = {"sqlite": _SQLITE_INSTALL, "postgresql": _POSTGRESQL_INSTALL}
REMOVE = {"sqlite": _SQLITE_REMOVE, "postgresql": _POSTGRESQL_REMOVE}
