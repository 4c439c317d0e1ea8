# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The database: SQLite in the data folder, or PostgreSQL by address. The same suite runs on both."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# WAL lets readers go on while one writes; FULL survives a power cut; secure_delete makes erasure real on the disk.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
)


def database(*, url: str, data: Path) -> dict[str, Any]:
    """Django's DATABASES["default"]. `url` is empty for SQLite or postgresql://user:password@host:port/name?option=value.

    Raises ValueError when the address is not one of PostgreSQL.
    """
    return _postgresql(url) if url else _sqlite(data)


def _sqlite(data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "recourse.store.sqlite",
        "NAME": data / "recourse.sqlite3",
        # Each thread keeps its connection: opening one costs more than most of our queries.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A deferred transaction that turns into a write fails at once when another writes; an immediate one waits.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": _SQLITE_PRAGMAS,
        },
        "TEST": {"NAME": data / "test.sqlite3"},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("RECOURSE_DATABASE_URL must look like postgresql://user:password@host:5432/name")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    prepared = options.pop("prepare_threshold", "5")
    return {
        "ENGINE": "recourse.store.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket folder is given as ?host=/var/run/postgresql.
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | {"prepare_threshold": int(prepared) if prepared.isdigit() else None},
    }
