# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The triggers that keep events, the log and foreign records as they were written, on both engines, whoever asks: code
or a shell."""

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

# What a leaf consists of beside its position, which is given once.
_LEAF = ("id", "kind", "case_id", "version", "at", "data", "salt", "hash", "promise")
_SAME_LEAF = " AND ".join(f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in _LEAF)
_NUMBERED = f"OLD.position IS NULL AND NEW.position IS NOT NULL AND {_SAME_LEAF}"
_KEPT = ("store_log_tile", "store_log_checkpoint", "store_log_cosignature", "store_log_timestamp")


def _sqlite_log() -> tuple[str, ...]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
    numbered = _NUMBERED.replace("IS NOT DISTINCT FROM", "IS")
    return (
        f"CREATE TRIGGER store_log_leaf_no_update BEFORE UPDATE ON store_log_leaf WHEN NOT ({numbered}) {refuse}",
        f"CREATE TRIGGER store_log_leaf_no_delete BEFORE DELETE ON store_log_leaf {refuse}",
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {refuse}"
            for table in _KEPT
            for verb in ("update", "delete")
        ),
    )


def _postgresql_log() -> tuple[str, ...]:
    call = "EXECUTE FUNCTION store_event_append_only()"
    return (
        f"CREATE TRIGGER store_log_leaf_no_update BEFORE UPDATE ON store_log_leaf "
        f"FOR EACH ROW WHEN (NOT ({_NUMBERED})) {call}",
        f"CREATE TRIGGER store_log_leaf_no_delete BEFORE DELETE ON store_log_leaf FOR EACH ROW {call}",
        *(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}"
            for table in _KEPT
        ),
        *(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}"
            for table in ("store_log_leaf", *_KEPT)
        ),
    )


def _dropped(statements: tuple[str, ...], *, named_with_table: bool) -> tuple[str, ...]:
    found = []
    for statement in statements:
        words = statement.split()
        table = f" ON {words[words.index('ON') + 1]}" if named_with_table else ""
        found.append(f"DROP TRIGGER {words[2]}{table}")
    return tuple(found)


LOG_INSTALL = {"sqlite": _sqlite_log(), "postgresql": _postgresql_log()}
LOG_REMOVE = {
    "sqlite": _dropped(LOG_INSTALL["sqlite"], named_with_table=False),
    "postgresql": _dropped(LOG_INSTALL["postgresql"], named_with_table=True),
}

# A foreign record is forgotten whole: its own row goes first, and only then may its chain and its files go.
_FOREIGN_PARTS = ("store_foreign_event", "store_foreign_file")
_FOREIGN = ("store_foreign_record", *_FOREIGN_PARTS)
_RECORD_STANDS = "EXISTS (SELECT 1 FROM store_foreign_record WHERE id = OLD.record_id)"


def _sqlite_foreign() -> tuple[str, ...]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'foreign records are append-only'); END"
    return (
        *(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}" for table in _FOREIGN),
        *(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {_RECORD_STANDS} {refuse}"
            for table in _FOREIGN_PARTS
        ),
    )


# A condition of a trigger may not ask another table on PostgreSQL, so that the function does.
_FOREIGN_PART_STAYS = f"""
    CREATE OR REPLACE FUNCTION store_foreign_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT {_RECORD_STANDS} THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'foreign records are append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """


def _postgresql_foreign() -> tuple[str, ...]:
    call = "EXECUTE FUNCTION store_event_append_only()"
    return (
        *(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {call}"
            for table in _FOREIGN
        ),
        *(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION store_foreign_part_stays()"
            for table in _FOREIGN_PARTS
        ),
        *(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}"
            for table in _FOREIGN
        ),
    )


FOREIGN_REMOVE = {
    "sqlite": _dropped(_sqlite_foreign(), named_with_table=False),
    "postgresql": _dropped(_postgresql_foreign(), named_with_table=True),
}
FOREIGN_INSTALL = {
    "sqlite": _sqlite_foreign(),
    "postgresql": (_FOREIGN_PART_STAYS, *_postgresql_foreign()),
}
