# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""How PostgreSQL finds the rows: the plan of every statement that reads, and which of them read a whole table."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Tables that grow with every complaint. Reading one of them from end to end is a mistake; of a small one, no choice.
GROWING = frozenset(
    {
        *(
            "store_case",
            "store_search",
            "store_event",
            "store_private",
            "store_case_key",
            "store_case_number",
        ),
        *("store_job", "store_entitlement", "store_record", "store_person", "store_person_contact"),
        *("store_idempotency_key", "store_blob_key", "django_session", "store_rate_bucket"),
    }
)

FEW = 5000


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement and how it is run: the ways into its tables, in order, and the growing tables it reads whole."""

    statement: str
    ways: tuple[str, ...]
    whole: tuple[str, ...]


def plans_of(visit: Callable[[], object]) -> list[Plan]:
    """The plans of the statements that a visit runs; each statement once."""
    with CaptureQueriesContext(connection) as captured:
        visit()
    statements = dict.fromkeys(
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].lstrip().upper().startswith(("SELECT", "WITH"))
    )
    return [_plan(statement) for statement in statements]


def _plan(statement: str) -> Plan:
    with connection.cursor() as cursor:
        # Bound values stand in the statement already; without arguments no percent sign means anything.
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
    tree = json.loads(found) if isinstance(found, str) else found
    ways = tuple(_ways(tree[0]["Plan"]))
    whole = tuple(
        table for kind, table, _ in ways if kind == "Seq Scan" and table in GROWING and _rows(table) >= FEW
    )
    return Plan(statement, tuple(" ".join(filter(None, way)) for way in ways), whole)


def _rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return int(cursor.fetchone()[0])


def _ways(node: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if "Scan" in node["Node Type"]:
        yield node["Node Type"], node.get("Relation Name", ""), node.get("Index Name", "")
    for child in node.get("Plans", ()):
        yield from _ways(child)
