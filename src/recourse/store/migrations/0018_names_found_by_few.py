# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Complainants' names move to marked words of the full-text index: who sees them masked finds nobody by them.

The index is rewritten from itself. It held a case's fields in the order number, name, respondent, and so on.
"""

from typing import Any

from django.db import migrations

from recourse.store.search import words

_BREAK, _NAME = "zzfieldbreakzz", "名"
_STEP = 500
_READ = {
    "sqlite": "SELECT case_id, words, rowid FROM store_search WHERE rowid > %s ORDER BY rowid LIMIT %s",
    "postgresql": """
SELECT case_id, (
    SELECT string_agg(word.lexeme, ' ' ORDER BY place)
    FROM unnest(words) AS word, unnest(word.positions) AS place
), case_id FROM store_search WHERE case_id > %s ORDER BY case_id LIMIT %s""",
}
_WRITE = {
    "sqlite": "UPDATE store_search SET words = %s WHERE rowid = %s",
    "postgresql": "UPDATE store_search SET words = to_tsvector('simple', %s) WHERE case_id = %s",
}


def mark_names(apps: Any, editor: Any) -> None:
    """Batch by batch, in the order of the index."""
    rows, vendor = apps.get_model("store", "CaseRow").objects, editor.connection.vendor
    last: Any = "" if vendor == "postgresql" else -1
    with editor.connection.cursor() as cursor:
        while True:
            cursor.execute(_READ[vendor], [last, _STEP])
            indexed = cursor.fetchall()
            if not indexed:
                return
            last = indexed[-1][2]
            listed = rows.filter(pk__in=[case for case, *_ in indexed], erased=False)
            named = {row.pk: (words(row.number), words(row.complainant_name)) for row in listed}
            for case, text, place in indexed:
                if case in named and (moved := _moved(text or "", *named[case])) is not None:
                    cursor.execute(_WRITE[vendor], [moved, place])


def _moved(text: str, number: str, name: str) -> str | None:
    """The text with its name marked and at the end, as it is indexed from now on."""
    first, _, others = text.partition(f" {_BREAK} ")
    second, _, rest = others.partition(f" {_BREAK} ")
    # The row's own column may be cut short.
    if first != number or not name or not second.startswith(name):
        return None
    return f"{number} {_BREAK} {rest} {_BREAK} {' '.join(_NAME + word for word in second.split())}"


class Migration(migrations.Migration):
    """What is found stays found, by those who may."""

    dependencies = [("store", "0017_webhooks_at_rest")]
    operations = [migrations.RunPython(mark_names, migrations.RunPython.noop)]
