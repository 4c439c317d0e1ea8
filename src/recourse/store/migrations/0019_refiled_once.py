# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which filing of its matter a case is, as a row that can be there once."""

from collections import Counter
from typing import Any

from django.db import migrations, models


def forwards(apps: Any, _editor: Any) -> None:
    """Number the cases that are here already in the order in which they were filed."""
    cases, refiled = apps.get_model("store", "CaseRow"), apps.get_model("store", "Refiled")
    found = cases.objects.exclude(refiled_from="").order_by("filed_at", "id")
    known = list(found.values_list("operator", "number", "refiled_from", "id"))
    above = {(operator, number): before for operator, number, before, _ in known}
    count: Counter[tuple[str, str]] = Counter()
    rows = []
    for operator, number, _, case_id in known:
        first = number
        while (operator, first) in above:
            first = above[operator, first]
        count[operator, first] += 1
        rows.append(refiled(operator=operator, matter=first, ordinal=count[operator, first], case_id=case_id))
    refiled.objects.bulk_create(rows, batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("store", "0018_names_found_by_few")]

    operations = [
        migrations.CreateModel(
            name="Refiled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("operator", models.CharField(max_length=40)),
                ("matter", models.CharField(max_length=24)),
                ("ordinal", models.PositiveIntegerField()),
                ("case_id", models.CharField(max_length=32)),
            ],
            options={
                "db_table": "store_refiled",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("operator", "matter", "ordinal"), name="refiled_ordinal_once"
                    )
                ],
            },
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True),
    ]
