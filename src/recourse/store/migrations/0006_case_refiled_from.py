# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Which case a case was filed again from, as a column by which the cases of one matter are counted."""

import json
from typing import Any

from django.db import migrations, models
from django.db.models import Q


def forwards(apps: Any, _editor: Any) -> None:
    """Say it of the cases that are here already, as their first event does."""
    cases, events = apps.get_model("store", "CaseRow"), apps.get_model("store", "EventRow")
    filed = events.objects.filter(type="ComplaintFiled").exclude(body__contains='"refiled_from":""')
    for case_id, body in filed.values_list("case_id", "body").iterator(chunk_size=500):
        cases.objects.filter(pk=case_id).update(refiled_from=json.loads(body).get("refiled_from", ""))


class Migration(migrations.Migration):
    dependencies = [("store", "0005_whole_indexes")]

    operations = [
        migrations.AddField(
            model_name="caserow",
            name="refiled_from",
            field=models.CharField(blank=True, db_default="", max_length=24),
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                condition=Q(refiled_from__gt=""),
                fields=["operator", "refiled_from"],
                name="case_refiled",
            ),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
