# SPDX-FileCopyrightText: The Recourse authors
# SPDX-License-Identifier: Apache-2.0
"""Every secret that still signs is kept, and how often nobody answered at an endpoint."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def keep_old_secrets(apps: Any, _editor: Any) -> None:
    """The one that was kept beside the newest moves to where several can stand."""
    old = apps.get_model("store", "WebhookOldSecret").objects
    rotated = apps.get_model("store", "WebhookEndpoint").objects.exclude(previous=None)
    for row in rotated.exclude(previous_until=None):
        old.create(endpoint=row, secret=row.previous, until=row.previous_until)


class Migration(migrations.Migration):
    """A table for what was two columns, and a counter."""

    dependencies = [("store", "0016_lanes")]
    operations = [
        migrations.CreateModel(
            "WebhookOldSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret", models.BinaryField()),
                ("until", models.DateTimeField()),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_secrets",
                        to="store.webhookendpoint",
                    ),
                ),
            ],
            options={"db_table": "store_webhook_old_secret"},
        ),
        migrations.RunPython(keep_old_secrets, migrations.RunPython.noop),
        migrations.RemoveField("webhookendpoint", "previous"),
        migrations.RemoveField("webhookendpoint", "previous_until"),
        migrations.AddField("webhookendpoint", "failures", models.PositiveIntegerField(db_default=0)),
    ]
