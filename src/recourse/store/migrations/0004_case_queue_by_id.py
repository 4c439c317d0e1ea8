# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""The queue's index ends with the id, so that its pages follow each other without sorting what has no date."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("store", "0003_case_severity")]

    operations = [
        migrations.RemoveIndex(model_name="caserow", name="case_queue"),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                fields=["operator", "next_due_at", "id"],
                name="case_queue",
                condition=Q(closed_at__isnull=True),
            ),
        ),
    ]
